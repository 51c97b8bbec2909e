"""
As it is used: how long does an answer take over HTTP, from words to ten hits with marks, and what does it cost?

    python benchmarks/over_http.py ARTICLES OUT --judgments FOLDER --opensearch DIST --java JDK

Telusur is built by `telusur reindex` from the articles as they come, and asked through `telusur serve`; beside it stand
a node of OpenSearch, and tantivy and FTS5 behind the same Falcon and waitress.
"""
# It cannot be called http.py: a script's folder comes first where Python looks for modules, and who wants the library's
# would find that one.

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import compress, islice
from pathlib import Path
from random import Random
from shutil import rmtree
from time import perf_counter

from benchmarks import command_line, turns
from benchmarks import over_http_tables as tables
from benchmarks.corpus import Corpus, as_they_come
from benchmarks.counting import sampled
from benchmarks.crowds import CONNECTIONS, once, over_and_over, parted, rates
from benchmarks.engines import opensearch, servers, telusur
from benchmarks.engines.opensearch_node import NAME as OPENSEARCH
from benchmarks.engines.opensearch_node import Distribution
from benchmarks.engines.process import Engine, size
from benchmarks.engines.servers import Server
from benchmarks.hit_counts import agreeing
from benchmarks.memory_use import private_bytes, resident_bytes
from benchmarks.over_http_tables import Standing, Used
from benchmarks.questions import SEED, Question, questions
from benchmarks.reindexing import reindexed
from benchmarks.report import Run, Table
from benchmarks.rounds import indexes
from benchmarks.typed_questions import typed
from benchmarks.wire import Connection
from search.reviewing.judgments import read_judgments

_TELUSUR = "telusur"
_NOTES = (
    (
        "Every answer was good, held as many hits as it should, had marks in them, and was the same again. “Questions” "
        "and “titles” are as readers type them; the others are made of the articles' words. OpenSearch counts to "
        "10,000 and leaves stop words out, the others count all hits; it and Telusur show three passages, the others "
        "one; tantivy marks no prefixes. OpenSearch was warmed up before, as Java needs it. “In part” are "
        "prefixes that stand for so many words that Telusur looked for the commonest only, and said so."
    ),
    (
        "Times are from the request to the last byte, on one connection to each server, each question put to all of "
        f"them before the next; again is after {turns.BLOCK} questions at most. Processor time is that of all "
        "processes of a server by their own clocks, less what it takes at rest. Private memory is Pss_Anon, what "
        "belongs to no file; resident is VmRSS of all processes."
    ),
)


def main() -> None:
    """Record the run."""
    given = _arguments()
    engines, missing = command_line.chosen(given)
    distribution = command_line.distribution(given, missing)
    corpus = as_they_come(given.articles, given.out / "corpus", given.count)
    asked = _asked(given, corpus)
    built = _indexes(given, engines, distribution, corpus)
    versions = {engine.name: engine.version() for engine in engines}
    if distribution:
        versions[distribution.name] = distribution.version()
    with _standing(given, engines, distribution, asked.warm) as standing:
        found, raw = _measured(given, corpus, asked, standing, built)
    Run(
        name="over_http",
        question=f"How long does an answer take over HTTP, with marks, over {corpus.articles:,} articles?",
        versions=versions,
        missing=missing,
        notes=_NOTES,
        tables=found,
        raw=raw,
    ).record(given.runs)


def _measured(
    given: Namespace, corpus: Corpus, asked: "_Asked", standing: dict[str, Standing], built: Mapping[str, int]
) -> tuple[list[Table], dict[str, object]]:
    """Ask all servers all that is to be asked, once they find what is there; return what came of it."""
    alone = {one.server.name: one.server for one in standing.values() if one.workers == min(given.workers)}
    counts = _counts(given, corpus, alone, asked.warm)
    _warm(given, standing, asked.warm)
    rest = turns.idle(alone)
    first, again = turns.first_and_again(alone, asked.timed, rest)
    everyone = {label: one.server for label, one in standing.items()}
    answered = rates(everyone, list(parted(asked.fresh, given.rounds)), asked.again, given.seconds)
    used = {label: _used(one, asked.many, built) for label, one in standing.items()}
    return [
        tables.times("First time, ms", first),
        tables.times("Again, ms", again),
        tables.processors(first, again, rest),
        tables.rates(f"{CONNECTIONS} connections", answered),
        tables.memory(used, standing, len(asked.many)),
        tables.starting(standing),
        counts,
    ], tables.raw(first, again, answered, used)


def _arguments() -> Namespace:
    parser = command_line.with_count(command_line.parser(__doc__))
    command_line.with_opensearch(parser, ("tantivy", "fts5"))
    parser.set_defaults(questions=2_000)
    parser.add_argument("--judgments", type=Path, help="a folder with queries, as readers type them")
    parser.add_argument("--typed", type=int, default=1_000, help="how many questions as typed, and how many titles")
    parser.add_argument("--warm", type=int, default=3_000, help="how many others are asked before anything is timed")
    parser.add_argument("--warming", type=float, default=90, help="for how many seconds OpenSearch is asked these")
    parser.add_argument("--sample", type=int, default=4, help="of how many questions of each kind hits are counted")
    parser.add_argument("--workers", type=command_line.numbers, default=[1, 2], help="numbers of processes, as 1,2")
    parser.add_argument("--rounds", type=int, default=2, help="how often each server is asked by many at once")
    parser.add_argument("--fresh", type=int, default=1_000, help="how many questions a round that nobody asked before")
    parser.add_argument("--again", type=int, default=300, help="how many questions are asked over and over")
    parser.add_argument("--seconds", type=float, default=8, help="for how long they are")
    parser.add_argument("--asked", type=int, default=20_000, help="after how many requests the memory is looked at")
    parser.add_argument("--reuse", action="store_true", help="take the indexes that OUT has, where they are")
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that is asked, each question for one purpose only: *many* alone may come twice, and again."""

    timed: list[Question]
    warm: list[Question]
    fresh: list[Question]
    again: list[Question]
    many: list[Question]


def _asked(given: Namespace, corpus: Corpus) -> _Asked:
    def made(count: int, seed: int) -> list[Question]:
        return questions(corpus.documents(), corpus.articles, total=count, seed=seed)

    lengths = (given.questions, given.warm, given.rounds * given.fresh, given.again)
    different = iter(dict.fromkeys(made(3 * sum(lengths), SEED)))
    timed, warm, fresh, again = (list(islice(different, length)) for length in lengths)
    assert len(again) == given.again, f"{corpus.articles:,} articles are too few for so many questions"
    queries = read_judgments(given.judgments).queries.values() if given.judgments else ()
    timed += typed(queries, (str(one["title"]) for one in corpus.records()), given.typed)
    Random(SEED).shuffle(timed)  # noqa: S311 - repeatable is what is wanted
    return _Asked(timed, warm, fresh, again, made(given.asked, SEED + 1))


def _indexes(
    given: Namespace, engines: Sequence[Engine], distribution: Distribution | None, corpus: Corpus
) -> dict[str, int]:
    """Have everyone index *corpus* below OUT; return the bytes of each index."""
    peers = [engine for engine in engines if engine.name != _TELUSUR]
    if not (given.reuse and (given.out / _TELUSUR).exists()):
        reindexed(corpus, given.out / _TELUSUR, jobs=0)
    folders, _ = indexes(peers, corpus, given.out, reuse=given.reuse)
    bytes_of = {name: size(folder) for name, folder in {**folders, _TELUSUR: given.out / _TELUSUR}.items()}
    if distribution:
        home = given.out / distribution.name
        if not given.reuse:
            rmtree(home, ignore_errors=True)
        with distribution.node(home) as node:
            there = opensearch.count(node)
            if there != corpus.articles:
                there = opensearch.load(node, corpus)
            assert there == corpus.articles, f"{distribution.name} has {there:,} of {corpus.articles:,} articles"
            bytes_of[distribution.name] = opensearch.size(node)
    return bytes_of


@contextmanager
def _standing(
    given: Namespace, engines: Sequence[Engine], distribution: Distribution | None, warm: Sequence[Question]
) -> Iterator[dict[str, Standing]]:
    """Give out all servers, each asked one question, by their names and the number of their workers."""
    with ExitStack() as stack:
        standing: dict[str, Standing] = {}
        for label, workers, opened in _servers(given, engines, distribution):
            began = perf_counter()
            server = stack.enter_context(opened)
            seconds = perf_counter() - began
            with Connection(server.address) as line:
                reply = line.ask(server.request(warm[0]))
            standing[label] = Standing(server, workers, seconds, reply.ms, private_bytes(server.pid))
        yield standing


def _servers(
    given: Namespace, engines: Sequence[Engine], distribution: Distribution | None
) -> Iterator[tuple[str, int, AbstractContextManager[Server]]]:
    for workers in given.workers:
        for engine in engines:
            label = f"{engine.name}, {workers} worker{'s' if workers > 1 else ''}"
            folder = given.out / engine.name
            start = servers.telusur(folder, workers) if engine.name == _TELUSUR else None
            yield label, workers, start or servers.peer(engine.name, folder, workers)
    if distribution:
        yield distribution.name, min(given.workers), opensearch.served(distribution, given.out / distribution.name)


def _counts(given: Namespace, corpus: Corpus, alone: Mapping[str, Server], warm: Sequence[Question]) -> Table:
    """Hold what servers count to what is there, where Telusur does not say itself that there may be more."""
    candidates = sampled(warm, given.sample)
    whole = [one.is_whole for one in turns.found(alone[_TELUSUR], candidates)]
    sample = list(compress(candidates, whole))
    index = telusur.Opened(given.out / _TELUSUR)
    trees = [index.served_tree(question) for question in sample]
    columns = {name: [one.total for one in turns.found(server, sample)] for name, server in alone.items()}
    return agreeing(corpus, sample, columns, trees)


def _warm(given: Namespace, standing: Mapping[str, Standing], warm: Sequence[Question]) -> None:
    """
    Ask all servers the questions *warm*, and OpenSearch over and over.

    Java translates what it runs often while it runs: over 5,000 articles OpenSearch took 23 ms of the processors a
    request at first, 7 after 15 s with all that two cores can do, and less than 3 only after 75 s.
    """
    for one in standing.values():
        once(one.server, warm)
        if one.server.name == OPENSEARCH:
            over_and_over(one.server, warm, given.warming)


def _used(one: Standing, many: Sequence[Question], built: Mapping[str, int]) -> Used:
    """Ask a server *many* questions, and return what memory it takes then, and what its index takes on the disk."""
    once(one.server, many)
    return Used(private_bytes(one.server.pid), resident_bytes(one.server.pid), built[one.server.name])


if __name__ == "__main__":
    main()
