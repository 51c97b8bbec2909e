"""
What do searching and reindexing take beside another version, as both are used?

    python benchmarks/versions.py ARTICLES OUT --before TELUSUR --judgments FOLDER

TELUSUR is the command of the other version, installed in an environment of its own. Both index the articles as they
come, in turn; then both answer the same questions over HTTP, in turn, each round by servers that were just started.
"""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import command_line, turns
from benchmarks.corpus import Corpus, as_they_come
from benchmarks.crowds import parted
from benchmarks.engines import servers
from benchmarks.engines.figures import Built
from benchmarks.engines.telusur import PROGRAM
from benchmarks.over_http_tables import times
from benchmarks.questions import Question
from benchmarks.reindexing import reindexed
from benchmarks.report import Cell, Run, Table, ratio
from benchmarks.turns import Pass, in_turns, joined, turned
from benchmarks.typed_questions import typed
from search.reviewing.judgments import read_judgments

_BEFORE, _NOW = "before", "now"
_NOTES = (
    "Every question is asked once, of a server of each version in turn, and every answer was good and marked. A ratio "
    "below 1 is faster, cheaper or smaller than the version before. Processor time is that of all processes of a "
    "server, less what it takes at rest."
)


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.set_defaults(questions=3_600)
    parser.add_argument("--before", required=True, help="the command `telusur` of the version before")
    parser.add_argument("--label", default="another version", help="which version that is")
    parser.add_argument("--judgments", type=Path, required=True, help="a folder with queries, as readers type them")
    parser.add_argument("--rounds", type=int, default=3, help="into how many rounds the questions are parted")
    parser.add_argument("--builds", type=int, default=3, help="how often each version indexes the articles")
    parser.add_argument("--jobs", type=int, default=1, help="the processes that index")
    given = parser.parse_args()
    programs = {_BEFORE: (given.before,), _NOW: PROGRAM}
    corpus = as_they_come(given.articles, given.out / "corpus", given.count)
    builds = _builds(given, programs, corpus)
    queries = read_judgments(given.judgments).queries.values()
    titles = (str(record["title"]) for record in corpus.records())
    rounds = list(parted(typed(queries, titles, given.questions // 2), given.rounds))
    asked = [_asked(given, programs, questions) for questions in rounds]
    passes = {name: joined([one[name] for one in asked]) for name in programs}
    Run(
        name="versions",
        question=f"What do searching and reindexing take beside another version, over {corpus.articles:,} articles?",
        versions={_BEFORE: given.label},
        notes=[_NOTES],
        tables=[
            times("Searching over HTTP, with marks", passes, beside=_BEFORE),
            Table("Processor time a request, ms", ("version", "a request", "/ before"), _costs(passes)),
            Table(f"Reindexing, {given.jobs}", ("version", "articles/s", "/ before", "MB", "/ before"), _built(builds)),
        ],
        raw={
            "searching": [{name: [one.times, one.cpu] for name, one in of.items()} for of in asked],
            "reindexing": builds,
        },
    ).record(given.runs)


def _builds(given: Namespace, programs: Mapping[str, Sequence[str]], corpus: Corpus) -> dict[str, list[Built]]:
    """Have each version index the articles several times, taking turns in being first."""
    builds: dict[str, list[Built]] = {name: [] for name in programs}
    for number in range(given.builds):
        for name in turned(list(programs), number):
            builds[name].append(reindexed(corpus, given.out / name, given.jobs, program=programs[name]))
    return builds


def _asked(given: Namespace, programs: Mapping[str, Sequence[str]], questions: Sequence[Question]) -> dict[str, Pass]:
    """Ask *questions* of a server of each version that was just started."""
    with ExitStack() as stack:
        standing = {
            name: stack.enter_context(servers.telusur(given.out / name, 1, program))
            for name, program in programs.items()
        }
        return in_turns(standing, questions, turns.idle(standing))


def _costs(passes: Mapping[str, Pass]) -> list[tuple[Cell, ...]]:
    before = passes[_BEFORE].cost
    return [(name, one.cost, ratio(one.cost, before)) for name, one in passes.items()]


def _built(builds: Mapping[str, Sequence[Built]]) -> list[tuple[Cell, ...]]:
    """Return what the middle build of each version took."""
    middle = {name: sorted(of, key=lambda one: one.rate)[len(of) // 2] for name, of in builds.items()}
    before = middle[_BEFORE]
    return [
        (name, one.rate, ratio(before.rate, one.rate), one.bytes / 1e6, ratio(one.bytes, before.bytes))
        for name, one in middle.items()
    ]


if __name__ == "__main__":
    main()
