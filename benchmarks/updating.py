"""
How soon a change is acknowledged and found, and what changes and a reindex cost the searches that run meanwhile.

    python benchmarks/updating.py ARTICLES OUT

A server is asked a steady number of questions a second over HTTP, each timed from the moment at which it was due, so
that one that waits for another counts as late. Beside that nothing happens; then one article is put in each second;
then all articles are indexed anew. All the while a second server runs on the same index, and it is the one that has the
right to apply changes.
"""

import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from json import dumps, loads
from pathlib import Path
from threading import Event

from benchmarks import command_line, serving
from benchmarks.corpus import prepared
from benchmarks.engines.telusur import PROGRAM
from benchmarks.questions import Question, questions
from benchmarks.report import Cell, Run, Table, percentile
from benchmarks.rounds import indexes
from indexer.keys import Keys

_CONNECTIONS = 4  # over which questions are asked in turn


@dataclass(slots=True)
class Asked:
    """The seconds that each question took, and how many were answered with an error."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0


@dataclass(slots=True)
class Put:
    """The seconds until each change was acknowledged, and until a search found it."""

    acknowledged: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--rate", type=int, default=50, help="questions a second")
    parser.add_argument("--changes", type=int, default=60, help="articles that are put in, one a second")
    given = parser.parse_args()
    engines, _ = command_line.chosen(given)
    corpus = prepared(given.articles, given.out / "corpus", given.count)
    asking = questions(corpus.documents(), corpus.articles, total=given.questions)
    folders, _ = indexes(engines[:1], corpus, given.out)
    root = folders["telusur"]
    key = Keys(root).create(f"benchmark {time.time_ns()}")
    with serving.server(root) as (_, other), serving.server(root) as (_, connection):
        _change(other, key, 1, Put())
        for question in asking:
            serving.total(connection, question)  # so that no phase meets words that another has made known

        def during(action: Callable[[], object]) -> Asked:
            return _during(action, connection, asking, given.rate)

        put = Put()
        asked = {
            "nothing else": during(lambda: time.sleep(given.changes)),
            "one change a second": during(lambda: _change(connection, key, given.changes, put)),
            "a reindex of all": during(lambda: _reindex(root, corpus.lines)),
        }
    assert not sum(phase.errors for phase in asked.values()), "searches failed"
    Run(
        name="updating",
        question=f"What do changes and a reindex cost the searches over {corpus.articles:,} articles?",
        versions={"telusur": engines[0].version()},
        missing={},
        tables=[_searches(asked), _changes(put)],
        raw={"asked": asked, "put": put},
    ).record(given.runs)


def _during(action: Callable[[], object], connection: HTTPConnection, asking: Sequence[Question], rate: int) -> Asked:
    """Ask *rate* questions a second for as long as *action* runs."""
    ended, asked = Event(), Asked()
    connections = [HTTPConnection(connection.host, connection.port, timeout=60) for _ in range(_CONNECTIONS)]
    with ThreadPoolExecutor(_CONNECTIONS) as pool, ThreadPoolExecutor(1) as other:
        running = other.submit(action)
        running.add_done_callback(lambda _: ended.set())
        due = time.perf_counter()
        for question, own in zip(cycle(asking), cycle(connections), strict=False):
            if ended.wait(max(0, due - time.perf_counter())):
                break
            pool.submit(_ask, own, question, due, asked)
            due += 1 / rate
        running.result()
    return asked


def _ask(connection: HTTPConnection, question: Question, due: float, asked: Asked) -> None:
    try:
        serving.total(connection, question)
    except (AssertionError, OSError):
        asked.errors += 1
        connection.close()
    asked.seconds.append(time.perf_counter() - due)


def _change(connection: HTTPConnection, key: str, count: int, put: Put) -> None:
    """Put *count* articles in, one a second, and wait for each until a search finds it."""
    own = HTTPConnection(connection.host, connection.port, timeout=60)
    for number in range(count):
        started = time.perf_counter()
        word = f"perubahan{number}x{time.time_ns()}"
        body = {"title": f"Kabar {word}", "body": "Panen padi berjalan lancar di kecamatan itu.", "language": "id"}
        own.request("PUT", f"/v1/articles/{word}", dumps(body), {"Authorization": f"Bearer {key}"} | _JSON)
        answer = own.getresponse()
        assert answer.status == 202, answer.read()
        answer.read()
        put.acknowledged.append(time.perf_counter() - started)
        while not _finds(own, word):
            time.sleep(0.005)
        put.found.append(time.perf_counter() - started)
        time.sleep(max(0, started + 1 - time.perf_counter()))


def _finds(connection: HTTPConnection, word: str) -> bool:
    connection.request("GET", f"/v1/search?q={word}&mode=all")
    return bool(loads(connection.getresponse().read())["total"])


def _reindex(root: Path, lines: Path) -> None:
    command = (*PROGRAM, "reindex", str(lines), "--index", str(root), "--jobs", "1")
    subprocess.run(command, check=True, capture_output=True)


def _searches(asked: dict[str, Asked]) -> Table:
    calm = asked["nothing else"]
    columns = ("meanwhile", "asked", "errors", "p50 ms", "p95 ms", "p99 ms", "p50 x", "p95 x")
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            len(phase.seconds),
            phase.errors,
            *(1e3 * percentile(phase.seconds, share) for share in (0.5, 0.95, 0.99)),
            *(percentile(phase.seconds, share) / percentile(calm.seconds, share) for share in (0.5, 0.95)),
        )
        for name, phase in asked.items()
    ]
    return Table("Searches over HTTP, ten hits with passages", columns, rows)


def _changes(put: Put) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, len(times), *(1e3 * percentile(times, share) for share in (0.5, 0.95)), 1e3 * max(times))
        for name, times in (("acknowledged", put.acknowledged), ("found by a search", put.found))
    ]
    return Table("A change, from the request on", ("until", "changes", "p50 ms", "p95 ms", "worst ms"), rows)


_JSON = {"Content-Type": "application/json"}


if __name__ == "__main__":
    main()
