"""
What a server stands up to: a steady load, all that it can take, a crowd, and the dearest questions beside it.

    python benchmarks/load.py ARTICLES OUT

The load comes from processes of its own over loopback, on connections that stay open; the questions are drawn from
2,000 by Zipf's law. Where it has a rate, times count from when a request was due, so that one that waits counts too.
"""

import time
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import accumulate
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from benchmarks import command_line, serving
from benchmarks.clients import Asking, asking, beside
from benchmarks.corpus import prepared
from benchmarks.memory_use import private_bytes
from benchmarks.questions import SEED, questions
from benchmarks.report import Cell, Run, Table
from benchmarks.rounds import indexes
from benchmarks.wire import Address, get

QUESTIONS = 2_000
CONNECTIONS = 16
CROWD = 400
"""Connections that ask without a pause: what is refused asks again at once, ten times as often as can be answered."""

RATE = 200  # requests a second of the steady load
DEAR = (
    {"q": " ".join(f"{letter}*{other}" for letter in "kmpbt" for other in "naik"), "explain": "true"},
    {"q": " ".join(f"{word}~2" for word in ("makan", "perkara", "banjar", "kerja", "bahasa")), "per_page": "100"},
    {"q": " ".join(f"{first}{second}*" for first in "bdkmpst" for second in "aeiou"), "facets": "source,author"},
    {"q": '"yang di"~50 "dan di"~50 "di yang"~50 "dari yang"~50', "per_page": "100", "explain": "true"},
)
"""The dearest questions that were found, one for each of four clients."""


def drawn(requests: Sequence[bytes], count: int) -> list[bytes]:
    """Return *count* of *requests* by Zipf's law: the first is asked for twice as often as the second."""
    weights = list(accumulate(1 / rank for rank in range(1, len(requests) + 1)))
    return Random(SEED).choices(requests, cum_weights=weights, k=count)  # noqa: S311 - repeatable is what is wanted


def main() -> None:
    """Record the run."""
    parser = command_line.parser(__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="how long each load lasts")
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has, where it is")
    given = parser.parse_args()
    corpus = prepared(given.articles, given.out / "corpus", None)
    engines, _ = command_line.chosen(given)
    folders, _ = indexes(
        [engine for engine in engines if engine.name == "telusur"], corpus, given.out, reuse=given.reuse
    )
    made = questions(corpus.documents(), corpus.articles, total=QUESTIONS)
    requests = [get(serving.path(question)) for question in made]
    rows, raw = _loads(folders["telusur"], drawn(requests, 100_000), given.seconds)
    assert not any(failed for _, _, _, failed, *_ in rows), rows
    columns = ("load", "answers/s", "refused", "failed", "p50 ms", "p99 ms", "longest ms")
    Run(
        name="load",
        question="What does a server stand up to?",
        versions={"telusur": engines[0].version()},
        tables=[Table("Loads", columns, rows)],
        raw=raw,
        notes=[f"{CONNECTIONS} connections, {QUESTIONS:,} questions by Zipf's law, with highlights"],
    ).record(given.runs)


def _loads(folder: Path, requests: list[bytes], seconds: float) -> tuple[list[tuple[Cell, ...]], dict[str, object]]:
    rows: list[tuple[Cell, ...]] = []
    raw: dict[str, object] = {}
    for workers in (1, 2):
        with serving.server(folder, workers) as (process, connection):
            address = (connection.host, connection.port)
            name = f"{workers} workers" if workers > 1 else "1 worker"
            asking(address, requests[-2_000:], Asking(CONNECTIONS, seconds / 3))
            before = private_bytes(process.pid)
            steady = asking(address, requests, Asking(CONNECTIONS, seconds, RATE))
            most = asking(address, requests, Asking(CONNECTIONS, seconds))
            rows += [steady.row(f"{name}, {RATE} a second"), most.row(f"{name}, all that it can take")]
            rows += _hard(address, requests, seconds, name)
            raw[name] = {"private bytes": [before, private_bytes(process.pid)], "figures": _figures(connection)}
    return rows, raw


def _hard(address: Address, requests: list[bytes], seconds: float, name: str) -> list[tuple[Cell, ...]]:
    """Return the rows of many more clients than can be served, of health meanwhile and the time after; of dear ones."""
    with beside(address, [get("/healthz")], Asking(1, seconds, 20)) as health:
        over = asking(address, requests, Asking(CROWD, seconds))
    time.sleep(5)
    after = asking(address, requests, Asking(CONNECTIONS, seconds / 3, RATE / 2))
    dear = [get(f"/v1/search?{urlencode(parameters)}&page={page}") for page in range(1, 100) for parameters in DEAR]
    with beside(address, dear, Asking(len(DEAR), seconds)) as dearest:
        normal = asking(address, requests, Asking(CONNECTIONS, seconds, RATE / 4))
    alone = asking(address, requests, Asking(CONNECTIONS, seconds, RATE / 4))
    return [
        over.row(f"{name}, {CROWD} connections without a pause"),
        health.result().row(f"{name}, health meanwhile"),
        after.row(f"{name}, 5 s later"),
        alone.row(f"{name}, {RATE // 4} a second"),
        normal.row(f"{name}, the same beside four clients of the dearest"),
        dearest.result().row(f"{name}, these"),
    ]


def _figures(connection: HTTPConnection) -> list[str]:
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    return [line for line in lines if line.startswith(("telusur_deadlines", "telusur_answers", "telusur_workers"))]


if __name__ == "__main__":
    main()
