"""
The tables of `over_http.py`: what it measured, by server, and how often what OpenSearch takes goes into that.

`times` has any server beside the others, as that of another version in `versions.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.crowds import Answered
from benchmarks.engines.opensearch_node import NAME as BESIDE
from benchmarks.engines.servers import Server
from benchmarks.report import Cell, Table, percentile, ratio
from benchmarks.turns import Pass, kinds

_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A server that runs with so many *workers*: how it began.

    That is *seconds* until it answered, the milliseconds of its *first* answer, and its *private* bytes after that.
    """

    server: Server
    workers: int
    seconds: float
    first: float
    private: int


@dataclass(frozen=True, slots=True)
class Used:
    """What a server takes after many questions: bytes of memory, private and in all, and bytes of its index."""

    private: int
    resident: int
    disk: int


def times(title: str, passes: Mapping[str, Pass], beside: str = BESIDE) -> Table:
    """Return the percentiles of the milliseconds by kind of question and server, and how often *beside* takes them."""
    lines: list[tuple[Cell, ...]] = []
    for kind in (*kinds(next(iter(passes.values())).questions), None):
        figures = {name: _percentiles(one.of(kind)) for name, one in passes.items()}
        others = figures.get(beside, [None] * len(_SHARES))
        for name, own in figures.items():
            lines.append((kind or "all", name, *own, *map(ratio, own, others), passes[name].in_part(kind)))
    columns = (*(f"{p} ms" for p in _SHARES), *(f"{p} / {beside}" for p in _SHARES))
    return Table(title, ("kind", "server", *columns, "in part"), lines)


def processors(first: Mapping[str, Pass], again: Mapping[str, Pass], rest: Mapping[str, float]) -> Table:
    """Return the milliseconds of the processors a request by server, and a second at rest."""
    rows: list[tuple[Cell, ...]] = []
    for name in first:
        own = (first[name].cost, again[name].cost)
        beside = (first[BESIDE].cost, again[BESIDE].cost) if BESIDE in first else (None, None)
        rows.append((name, *own, *map(ratio, own, beside), 1e3 * rest[name]))
    columns = ("server", "first", "again", f"first / {BESIDE}", f"again / {BESIDE}", "at rest, a second")
    return Table("Processor time a request, ms", columns, rows)


def rates(title: str, answered: Mapping[str, Answered]) -> Table:
    """Return the answers a second by server, and what one cost its processors."""
    rows: list[tuple[Cell, ...]] = []
    for name, own in answered.items():
        beside = answered.get(BESIDE)
        cells: list[Cell] = []
        for one, other in ((own.fresh, beside and beside.fresh), (own.again, beside and beside.again)):
            cells += (one.rate, ratio(one.rate, other.rate if other else None), one.cost)
        rows.append((name, *cells))
    parts = ("never asked", "again")
    columns = [column for part in parts for column in (f"{part} /s", f"{part} / {BESIDE}", f"{part}, processors ms")]
    return Table(f"Requests a second, {title}", ("server", *columns), rows)


def memory(used: Mapping[str, Used], standing: Mapping[str, Standing], asked: int) -> Table:
    """Return the megabytes of each server at first and after so many questions were *asked*, and of its index."""
    beside = used.get(BESIDE)
    rows: list[tuple[Cell, ...]] = []
    for name, own in used.items():
        began, workers = standing[name].private, standing[name].workers
        memory = (began, own.private, own.private / workers, own.resident)
        disk = (own.disk / 1e6, ratio(own.disk, beside.disk if beside else None))
        rows.append((name, *(one / 1e6 for one in memory), *disk))
    columns = ("server", "private, at first", "private", "private, a worker", "resident", "index", f"index / {BESIDE}")
    return Table(f"Memory after {asked:,} requests, and the index, MB", columns, rows)


def starting(standing: Mapping[str, Standing]) -> Table:
    """Return how long each server takes to start, and to answer its first question."""
    rows: list[tuple[Cell, ...]] = [(name, one.seconds, one.first) for name, one in standing.items()]
    return Table("Starting", ("server", "seconds until it answers", "first answer ms"), rows)


def raw(
    first: Mapping[str, Pass], again: Mapping[str, Pass], answered: Mapping[str, Answered], used: Mapping[str, Used]
) -> dict[str, object]:
    """Return all numbers; the words of the questions are those of somebody's articles, and stay with these."""
    return {
        "times": {name: _answers(first[name], again[name]) for name in first},
        "answered": dict(answered),
        "used": dict(used),
    }


def _answers(first: Pass, again: Pass) -> list[object]:
    """Return for each question its kind, all hits, those shown, the marks, and the milliseconds, first and again."""
    return [
        [question.kind, found.total, len(found.ids), found.marks, round(one, 3), round(other, 3)]
        for question, found, one, other in zip(first.questions, first.found, first.times, again.times, strict=True)
    ]


def _percentiles(values: Sequence[float]) -> list[float]:
    return [percentile(values, share) for share in _SHARES.values()]
