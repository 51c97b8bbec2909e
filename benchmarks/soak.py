"""
What half an hour of steady load leaves behind: nothing that failed, and as much memory as before.

    python benchmarks/soak.py ARTICLES OUT

The load is that of `load.py`, some of it asked over and over, all of it with highlights. Each part of the time has a
row of its own: what grows shows.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import command_line, serving
from benchmarks.clients import Asking, asking
from benchmarks.corpus import prepared
from benchmarks.load import CONNECTIONS, QUESTIONS, RATE, drawn
from benchmarks.memory_use import private_bytes
from benchmarks.questions import questions
from benchmarks.report import Cell, Run, Table
from benchmarks.rounds import indexes
from benchmarks.wire import get

PARTS = 6
MINUTES = 30


def main() -> None:
    """Record the run."""
    parser = command_line.parser(__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long the load lasts")
    parser.add_argument("--workers", type=int, default=1, help="the processes that answer")
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has, where it is")
    given = parser.parse_args()
    corpus = prepared(given.articles, given.out / "corpus", None)
    engines, _ = command_line.chosen(given)
    own = [engine for engine in engines if engine.name == "telusur"]
    folders, _ = indexes(own, corpus, given.out, reuse=given.reuse)
    made = questions(corpus.documents(), corpus.articles, total=QUESTIONS)
    requests = drawn([get(serving.path(question)) for question in made], 100_000)
    rows = list(_parts(folders["telusur"], requests, given.workers, 60 * given.minutes / PARTS))
    assert not any(refused or failed for _, _, refused, failed, *_ in rows), rows
    columns = ("load", "answers/s", "refused", "failed", "p50 ms", "p99 ms", "longest ms", "private MB")
    Run(
        name="soak",
        question="What does half an hour of load leave behind?",
        versions={"telusur": engines[0].version()},
        tables=[Table("Parts of the load", columns, rows)],
        raw={"rows": rows},
        notes=[f"{CONNECTIONS} connections, {RATE} requests a second, {given.workers} worker(s), with highlights"],
    ).record(given.runs)


def _parts(folder: Path, requests: list[bytes], workers: int, seconds: float) -> Iterator[tuple[Cell, ...]]:
    with serving.server(folder, workers) as (process, connection):
        address = (connection.host, connection.port)
        for part in range(PARTS):
            own = requests[part * len(requests) // PARTS :]
            found = asking(address, own, Asking(CONNECTIONS, seconds, RATE))
            label = f"{part * seconds / 60:.0f} to {(part + 1) * seconds / 60:.0f} minutes"
            yield (*found.row(label), round(private_bytes(process.pid) / 1e6))


if __name__ == "__main__":
    main()
