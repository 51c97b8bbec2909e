"""
How many articles a second are indexed, with how much memory, into how many bytes, by one process and by several.

    python benchmarks/indexing.py ARTICLES OUT --jobs 1,2 --lucene JARS --opensearch DIST --java JDK

Telusur's figure is of the command `telusur reindex` over the articles as they come, from its start to its end: reading
JSON, telling languages, analysis, writing, checking, syncing. Beside it stands the same within a process where every
article says its language. OpenSearch is sent the same JSON by one client. The other peers read a table and write, each
in a process of its own, whose clock runs from the first article to the finished index.
"""

from itertools import product
from pathlib import Path
from shutil import rmtree
from time import perf_counter

from benchmarks import command_line
from benchmarks.corpus import Corpus, as_they_come, prepared
from benchmarks.engines import opensearch
from benchmarks.engines.figures import Built
from benchmarks.engines.opensearch_node import Distribution, Node
from benchmarks.memory_use import watched
from benchmarks.reindexing import reindexed
from benchmarks.report import Cell, Run, Table, ratio

_BESIDE = ("opensearch", "whoosh")
"""The engines that the ratios of rates are to."""

_COLUMNS = (
    *("engine, jobs", "articles/s", *(f"/ {name}" for name in _BESIDE), "/ one job"),
    *("MB", "/ lucene", "peak MB", "private MB", "seconds"),
)
_NOTES = (
    "Peak memory is that of all processes together, looked at 20 times a second: pages of files count in each process "
    "that has them; “private MB” leaves files out. Jobs are processes of Telusur and threads of tantivy. OpenSearch is "
    "sent 5 MB at a time, and refreshed and merged into one segment in the end: cold the first time after its start, "
    "else the third time, when Java has translated what it needs."
)
_GIVEN = "telusur, language given"

_LOADS = ("opensearch, cold", "", "opensearch")
"""The loads into one node, those that count by their names."""

_Builds = dict[tuple[str, int], Built]


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    command_line.with_opensearch(parser, command_line.PEERS)
    parser.add_argument("--jobs", type=command_line.numbers, default=[1, 2], help="numbers of processes, as 1,2")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    distribution = command_line.distribution(given, missing)
    corpus = as_they_come(given.articles, given.out / "as-they-come", given.count)
    told = prepared(given.articles, given.out / "corpus", given.count)
    telusur, *peers = engines
    built = {("telusur", jobs): reindexed(corpus, given.out / f"reindexed-{jobs}", jobs) for jobs in given.jobs}
    built |= {(_GIVEN, jobs): telusur.build(told, given.out / f"telusur-{jobs}", jobs) for jobs in given.jobs}
    built |= {
        (engine.name, jobs): engine.build(corpus, given.out / f"{engine.name}-{jobs}", jobs)
        for engine, jobs in product(peers, given.jobs)
        if jobs == 1 or engine.parallel
    }
    versions = {engine.name: engine.version() for engine in engines}
    if distribution:
        built |= _loaded(distribution, corpus, given.out / distribution.name)
        versions[distribution.name] = distribution.version()
    Run(
        name="indexing",
        question=f"How fast are {corpus.articles:,} articles indexed, and how large is the index?",
        versions=versions,
        missing=missing,
        notes=[_NOTES, f"The articles have {corpus.table.stat().st_size / 1e6:,.1f} MB of text."],
        tables=[Table("Indexing", _COLUMNS, [_row(name, jobs, built) for name, jobs in built])],
        raw={f"{name} {jobs}": one for (name, jobs), one in built.items()},
    ).record(given.runs)


def _loaded(distribution: Distribution, corpus: Corpus, home: Path) -> _Builds:
    """Have a node index *corpus* several times."""
    rmtree(home, ignore_errors=True)
    with distribution.node(home) as node:
        loads = {(name, 1): _load(node, corpus) for name in _LOADS}
    return {key: one for key, one in loads.items() if key[0]}


def _load(node: Node, corpus: Corpus) -> Built:
    with watched(node.pid) as peak:
        started = perf_counter()
        articles = opensearch.load(node, corpus)
        seconds = perf_counter() - started
    assert articles == corpus.articles, f"opensearch has {articles:,} of {corpus.articles:,} articles"
    return Built(articles, seconds, peak, opensearch.size(node))


def _row(name: str, jobs: int, built: _Builds) -> tuple[Cell, ...]:
    own = built[name, jobs]
    rates = {engine: one.rate for (engine, of_jobs), one in built.items() if of_jobs == 1}
    sizes = {engine: one.bytes for (engine, _), one in built.items()}
    return (
        f"{name}, {jobs}",
        own.rate,
        *(ratio(own.rate, rates.get(peer)) for peer in _BESIDE),
        ratio(own.rate, rates.get(name)),
        own.bytes / 1e6,
        ratio(own.bytes, sizes.get("lucene")),
        own.peak.resident / 1e6,
        own.peak.private / 1e6,
        own.seconds,
    )


if __name__ == "__main__":
    main()
