"""
How long a new process takes to open an index and answer its first question, at several sizes.

    python benchmarks/opening.py ARTICLES OUT --sizes 10000,120000 --lucene JARS

The files are in the page cache, as they are after indexing. What imports take is said apart; Java's start is not timed.
"""

from benchmarks import command_line
from benchmarks.corpus import prepared
from benchmarks.engines.figures import First
from benchmarks.engines.process import Engine
from benchmarks.questions import Question, questions
from benchmarks.report import Cell, Run, Table, percentile
from benchmarks.rounds import indexes

_COLUMNS = ("articles", "engine", "open p50", "first answer p50", "together p50", "together worst", "imports p50")


def main() -> None:
    """Record the run."""
    parser = command_line.with_sizes(command_line.parser(__doc__), "1000,10000,120000")
    parser.add_argument(
        "--processes", type=int, default=9, help="how many new processes, each with a question of its own"
    )
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    firsts: dict[tuple[int, str], list[First]] = {}
    for count in given.sizes:
        corpus = prepared(given.articles, given.out / "corpus", count)
        asking = [one for one in questions(corpus.documents(), count, total=given.questions) if one.kind == "or"]
        folders, _ = indexes(engines, corpus, given.out)
        for engine in engines:
            opening = [engine.first(folders[engine.name], question) for question in asking[: given.processes]]
            _check(engine, asking, opening)
            firsts[count, engine.name] = opening
    Run(
        name="opening",
        question="How long does a new process take to open an index and answer its first question?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        tables=[Table("Milliseconds", _COLUMNS, [_row(*key, found) for key, found in firsts.items()])],
        raw={f"{name} {count}": found for (count, name), found in firsts.items()},
    ).record(given.runs)


def _check(engine: Engine, asking: list[Question], firsts: list[First]) -> None:
    """Assert that the questions, which are made of titles that are there, were answered."""
    stopped = engine.name == "lucene"  # its analyzer takes function words away, and nothing may be left
    assert stopped or all(first.found for first in firsts), f"{engine.name} found nothing for one of {asking}"


def _row(count: int, name: str, firsts: list[First]) -> tuple[Cell, ...]:
    together = [first.opening + first.answer for first in firsts]
    return (
        count,
        name,
        percentile([first.opening for first in firsts], 0.5),
        percentile([first.answer for first in firsts], 0.5),
        percentile(together, 0.5),
        max(together),
        percentile([first.imports for first in firsts], 0.5),
    )


if __name__ == "__main__":
    main()
