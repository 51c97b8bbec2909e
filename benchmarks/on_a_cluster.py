"""
What does the same service take on an OpenSearch cluster, beside the index in a folder: to build, to answer, to find?

    python benchmarks/on_a_cluster.py ARTICLES OUT --judgments FOLDER --opensearch DIST --java JDK

Both are built by `telusur reindex` and asked through `telusur serve`, in the same run. The passages of FOLDER are
indexed beside the articles, and a sample of its questions says how well each answers.
"""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random
from shutil import rmtree
from time import perf_counter

from benchmarks import command_line, turns
from benchmarks.cpu_use import cpu_seconds
from benchmarks.engines import servers
from benchmarks.engines.figures import Built
from benchmarks.engines.opensearch_node import Node
from benchmarks.engines.servers import Server
from benchmarks.engines.telusur import version
from benchmarks.judged import JudgedSet, judged_sets, records
from benchmarks.questions import SEED, Question
from benchmarks.reindexing import reindexed
from benchmarks.report import Cell, Run, Table, percentile
from benchmarks.turns import Pass
from benchmarks.typed_questions import typed
from benchmarks.wire import Connection
from indexer import settings
from search.answers import Answers
from search.commands.opening import reader
from search.live import LiveIndex
from search.questions import Mode
from search.reviewing.evaluation import evaluated
from search.reviewing.judgments import Judgments
from search.reviewing.measures import MEASURES
from search.reviewing.runs import run_of
from search.tuning import Highlighting, Ranking

_FOLDER, _CLUSTER, _NODE = "in a folder", "in a cluster", "the node"
_SHARES = (0.5, 0.95, 0.99)
_BUILDING = ("", "s", "articles/s", "ratio of times", "node's processor s", "bytes")
_NOTE = (
    "One node, one shard, no copies. It was cold when it took the articles for the first time: Java translates what "
    "runs often. Every answer was good and had marks in it. Times are from the request to the last byte; processor "
    "time is that of the service and of the node together, less what they take at rest. “Again” is after all other "
    "questions, and mostly from what the service remembers."
)


@dataclass(slots=True)
class _Build:
    """A reindex of an engine by so many processes; of the node how long it worked for it, in seconds."""

    name: str
    jobs: int
    is_cold: bool = False
    built: Built = field(init=False)
    worked: float = 0.0


def main() -> None:
    """Record the run."""
    given = _arguments()
    distribution = command_line.distribution(given, {})
    assert distribution, "--opensearch and --java are needed"
    (judged,) = judged_sets(given.articles, given.count, [given.judgments], given.out)
    sample = _sample(given, judged.judgments)
    home = given.out / "node"
    rmtree(home, ignore_errors=True)
    with distribution.node(home) as node:
        builds = _built(given, judged, node)
        quality = {name: _quality(given.out / name, sample) for name in (_FOLDER, _CLUSTER)}
        passes = _answered(given, judged, node)
    tables = [_building(builds), *(_times(title, one) for title, one in passes.items())]
    Run(
        name="on_a_cluster",
        question=f"What does the service take on a cluster, over {judged.corpus.articles:,} articles?",
        versions={"telusur": version(), distribution.name: distribution.version()},
        notes=[_NOTE],
        tables=[*tables, _answering_well(quality, len(sample.queries))],
        raw={
            "builds": list(map(asdict, builds)),
            "times": {title: {name: own.times for name, own in one.items()} for title, one in passes.items()},
        },
    ).record(given.runs)


def _arguments() -> Namespace:
    parser = command_line.with_count(command_line.parser(__doc__))
    command_line.with_opensearch(parser, ())
    parser.set_defaults(questions=1_000)
    parser.add_argument("--judgments", type=Path, required=True, help="a folder with queries, qrels, perhaps passages")
    parser.add_argument("--judged", type=int, default=1_000, help="how many of its questions are judged")
    parser.add_argument("--jobs", type=command_line.numbers, default=[1, 2], help="numbers of processes, as 1,2")
    parser.add_argument("--warm", type=int, default=3_000, help="how many others of both are there to be asked before")
    parser.add_argument("--warming", type=float, default=60, help="for how many seconds each is asked these")
    return parser.parse_args()


def _built(given: Namespace, judged: JudgedSet, node: Node) -> "list[_Build]":
    """Build both by each number of processes, and the cluster's once before; the last two stay to be asked."""
    host, port = node.address
    reached = {"ENGINE": "opensearch", "HOSTS": f"http://{host}:{port}", "REPLICAS": "0"}
    cluster = {f"TELUSUR_{'INDEX' if name == 'ENGINE' else 'OPENSEARCH'}_{name}": own for name, own in reached.items()}
    builds = [_Build(_CLUSTER, given.jobs[-1], is_cold=True)]
    builds += [_Build(name, jobs) for jobs in given.jobs for name in (_FOLDER, _CLUSTER)]
    for build in builds:
        if build.name == _CLUSTER:
            for index in node.call("GET", "/_alias"):
                node.call("DELETE", f"/{index}")
        before = cpu_seconds(node.pid)
        environment = cluster if build.name == _CLUSTER else {}
        build.built = reindexed(judged.corpus, given.out / build.name, build.jobs, environment)
        build.worked = cpu_seconds(node.pid) - before
        if build.name == _CLUSTER:
            build.built = replace(build.built, bytes=_size(node))
    return builds


def _size(node: Node) -> int:
    """Return the bytes of all indexes of *node* on the disk."""
    return int(node.call("GET", "/_all/_stats/store")["_all"]["total"]["store"]["size_in_bytes"])


def _quality(folder: Path, judgments: Judgments) -> dict[str, float]:
    """Return the mean of each measure over *judgments*, as the index at *folder* answers."""
    document = settings.load(environment={})
    ranking = settings.section(document, "ranking", Ranking)
    highlighting = settings.section(document, "highlight", Highlighting)
    answers = Answers(LiveIndex(folder, ranking, reader(document, folder)), highlighting)
    try:
        found = evaluated(folder.name, run_of(answers, judgments, Mode.AUTO), judgments)
    finally:
        answers.live.close()
    return {name: mean.value for name, mean in found.means.items()}


def _sample(given: Namespace, judgments: Judgments) -> Judgments:
    random = Random(SEED)  # noqa: S311 - repeatable is what is wanted
    asked = random.sample(sorted(judgments.queries), min(given.judged, len(judgments.queries)))
    texts = {query: judgments.queries[query] for query in asked}
    return replace(judgments, queries=texts, grades={query: judgments.grades[query] for query in asked})


def _answered(given: Namespace, judged: JudgedSet, node: Node) -> dict[str, dict[str, Pass]]:
    """Ask both services the same questions in turns, first and again; the node's work counts as the cluster's."""
    titles = (one["title"] for one in records(given.articles, given.count))
    asked = typed(judged.judgments.queries.values(), titles, given.questions + given.warm)
    warm, timed = asked[given.questions :], asked[: given.questions]
    with ExitStack() as stack:
        both = {name: stack.enter_context(servers.telusur(given.out / name, 1)) for name in (_FOLDER, _CLUSTER)}
        for server in both.values():
            _warm(server, warm, given.warming)
        rest = turns.idle({**both, _NODE: replace(both[_CLUSTER], pid=node.pid)})
        passes = {}
        for title in ("First time, ms", "Again, ms"):
            before, began = cpu_seconds(node.pid), perf_counter()
            found = turns.in_turns(both, timed, rest)
            worked = cpu_seconds(node.pid) - before - rest[_NODE] * (perf_counter() - began)
            found[_CLUSTER] = replace(found[_CLUSTER], cpu=found[_CLUSTER].cpu + worked)
            passes[title] = found
    return passes


def _warm(server: Server, questions: Sequence[Question], seconds: float) -> None:
    """
    Ask *server* different *questions*, one after the other, for so many *seconds*, and take whatever it answers.

    A node that was never asked does not answer many at once in time, and what is kept would not be asked of it.
    """
    end = perf_counter() + seconds
    with Connection(server.address) as line:
        for question in questions:
            if perf_counter() > end:
                return
            line.ask(server.request(question))


def _building(builds: "Sequence[_Build]") -> Table:
    rows: list[tuple[Cell, ...]] = []
    for build in builds:
        beside = next(one.built for one in builds if (one.name, one.jobs) == (_FOLDER, build.jobs))
        own = build.built
        label = f"{build.name}{', cold' if build.is_cold else ''}, {build.jobs}"
        rows.append((label, own.seconds, own.rate, own.seconds / beside.seconds, build.worked, own.bytes))
    return Table("Reindex, by so many processes", _BUILDING, rows)


def _times(title: str, passes: Mapping[str, Pass]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, *(percentile(own.times, share) for share in _SHARES), own.cost) for name, own in passes.items()
    ]
    return Table(title, ("", "p50", "p95", "p99", "processor ms a request"), rows)


def _answering_well(quality: Mapping[str, Mapping[str, float]], count: int) -> Table:
    rows: list[tuple[Cell, ...]] = [(name, *own.values()) for name, own in quality.items()]
    return Table(f"{count:,} judged questions", ("", *MEASURES), rows)


if __name__ == "__main__":
    main()
