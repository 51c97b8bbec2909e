"""
How many articles a second are indexed, with how much memory, into how many bytes, by one process and by several.

    python benchmarks/indexing.py ARTICLES OUT --jobs 1,2 --lucene JARS

Telusur's figure is of the whole of `reindex`: reading JSON, analysis, writing, checking, syncing. The peers read a
table and write. Every one has a process of its own, whose clock runs from the first article to the finished index.
"""

from itertools import product

from benchmarks import command_line
from benchmarks.corpus import prepared
from benchmarks.engines.figures import Built
from benchmarks.report import Cell, Run, Table, ratio

_COLUMNS = ("engine, jobs", "articles/s", "/ whoosh", "/ one job", "MB", "/ lucene", "peak MB", "private MB", "seconds")
_NOTES = (
    "Peak memory is that of all processes together, looked at 20 times a second: pages of files count in each process "
    "that has them; “private MB” leaves files out. Jobs are processes of Telusur and threads of tantivy."
)


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--jobs", type=command_line.numbers, default=[1, 2], help="numbers of processes, as 1,2")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    corpus = prepared(given.articles, given.out / "corpus", given.count)
    built = {
        (engine.name, jobs): engine.build(corpus, given.out / f"{engine.name}-{jobs}", jobs)
        for engine, jobs in product(engines, given.jobs)
        if jobs == 1 or engine.parallel
    }
    Run(
        name="indexing",
        question=f"How fast are {corpus.articles:,} articles indexed, and how large is the index?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        notes=[_NOTES, f"The articles have {corpus.table.stat().st_size / 1e6:,.1f} MB of text."],
        tables=[Table("Indexing", _COLUMNS, [_row(name, jobs, built) for name, jobs in built])],
        raw={f"{name} {jobs}": one for (name, jobs), one in built.items()},
    ).record(given.runs)


def _row(name: str, jobs: int, built: dict[tuple[str, int], Built]) -> tuple[Cell, ...]:
    own = built[name, jobs]
    rates = {engine: one.rate for (engine, of_jobs), one in built.items() if of_jobs == 1}
    sizes = {engine: one.bytes for (engine, _), one in built.items()}
    return (
        f"{name}, {jobs}",
        own.rate,
        ratio(own.rate, rates.get("whoosh")),
        ratio(own.rate, rates.get(name)),
        own.bytes / 1e6,
        ratio(own.bytes, sizes.get("lucene")),
        own.peak.resident / 1e6,
        own.peak.private / 1e6,
        own.seconds,
    )


if __name__ == "__main__":
    main()
