"""
How time and size grow with the number of articles.

    python benchmarks/growth.py ARTICLES OUT --sizes 10000,30000,120000,1000000 --lucene JARS

Where ARTICLES has fewer they are repeated with changed words, as `corpus.documents` says. The questions are made of the
smallest corpus, and are the same at every size. An engine that is slow stays out of the larger sizes.
"""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from benchmarks import command_line
from benchmarks.corpus import Corpus, prepared
from benchmarks.engines.figures import Built
from benchmarks.engines.process import Engine
from benchmarks.hit_counts import checked
from benchmarks.questions import KINDS, Question, questions
from benchmarks.report import Cell, Run, Table, ratio
from benchmarks.rounds import SLOW, Timings, asked, first_and_best, indexes, opened

_NOTES = (
    "Whole searches, from the query tree to ten ids: “first” when a question is asked for the first time, else in the "
    "best round. Articles beyond those that there are repeat them: every eighth word has other vowels, which differ "
    "from copy to copy. Counts are held to a reading of all articles at the smallest size."
)


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one number of articles."""

    articles: int
    built: dict[str, Built]
    timings: dict[str, Timings]


def main() -> None:
    """Record the run."""
    parser = command_line.with_sizes(command_line.parser(__doc__), "10000,30000,120000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20, help="give a question up after so long")
    parser.add_argument("--slow-up-to", type=int, default=120_000, help="stock Whoosh stays out of larger sizes")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    asking: list[Question] = []
    sizes = []
    for count in sorted(given.sizes):
        here = [engine for engine in engines if count <= given.slow_up_to or engine.name not in SLOW]
        corpus = prepared(given.articles, given.out / "corpus", count)
        if not asking:
            asking = questions(corpus.documents(), count, total=given.questions)
            _check(here, corpus, asking, given.out)
        sizes.append(_measured(here, corpus, asking, given))
    Run(
        name="growth",
        question="How do time and size grow with the articles?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        notes=[_NOTES],
        tables=[_building(sizes), _searching(sizes), _growing(sizes)],
        raw={str(size.articles): _raw(size) for size in sizes},
    ).record(given.runs)


def _check(engines: list[Engine], corpus: Corpus, asking: list[Question], out: Path) -> None:
    folders, _ = indexes(engines, corpus, out)
    with opened(engines, folders) as talks:
        checked(corpus, asking, talks)


def _measured(engines: list[Engine], corpus: Corpus, asking: list[Question], given: Namespace) -> Size:
    folders, built = indexes(engines, corpus, given.out)
    with opened(engines, folders) as talks:
        return Size(corpus.articles, built, asked(talks, asking, given.rounds, seconds=given.seconds))


def _building(sizes: list[Size]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (size.articles, name, one.rate, one.bytes / 1e6, one.peak.resident / 1e6, one.peak.private / 1e6, one.seconds)
        for size in sizes
        for name, one in size.built.items()
    ]
    return Table("Indexing", ("articles", "engine", "articles/s", "MB", "peak MB", "private MB", "seconds"), rows)


def _searching(sizes: list[Size]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (kind, size.articles, name, *first_and_best(timing, kind))
        for kind in KINDS
        for size in sizes
        for name, timing in size.timings.items()
    ]
    columns = ("kind", "articles", "engine", "first p50 ms", "first p95 ms", "best p50 ms", "best p95 ms")
    return Table("Searching", columns, rows)


def _growing(sizes: list[Size]) -> Table:
    """Return what the last step of the sizes, and the whole way, multiply the p95 by."""
    rows: list[tuple[Cell, ...]] = []
    last = sizes[-1]
    for earlier in sizes[:-1]:
        for name in last.timings:
            for kind in KINDS:
                before, after = (first_and_best(size.timings[name], kind) for size in (earlier, last))
                grown = (ratio(after[1], before[1]), ratio(after[3], before[3]))
                rows.append((kind, name, earlier.articles, last.articles / earlier.articles, *grown))
    columns = ("kind", "engine", f"from … to {last.articles:,}", "articles x", "first p95 x", "best p95 x")
    return Table("Growth", columns, rows)


def _raw(size: Size) -> dict[str, object]:
    return {name: {"built": one, "answers": size.timings[name].raw()} for name, one in size.built.items()}


if __name__ == "__main__":
    main()
