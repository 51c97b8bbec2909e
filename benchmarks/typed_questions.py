"""
How long does a question take as readers type it, from its words to the ids of the ten best?

    python benchmarks/typed_questions.py ARTICLES OUT --judgments FOLDER

Half of the questions are those of FOLDER, half the first three or four words of titles in small letters. Everything
counts that a question needs: reading its words, widening them, ranking, the ids. What readers are shown of the articles
does not, though tantivy has to load them for their ids.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from random import Random

from benchmarks import command_line
from benchmarks.engines.figures import Row
from benchmarks.engines.process import Conversation, Engine
from benchmarks.judged import judged_sets, records
from benchmarks.questions import SEED, Question
from benchmarks.report import Cell, Run, Table, percentile, ratio
from benchmarks.rounds import Timings, in_rounds, indexes

MODES = ("any", "auto")
KINDS = ("questions", "titles")
BESIDE = ("tantivy", "fts5")
"""The engines that the ratios are to."""

Opening = AbstractContextManager[Conversation]

_NOTES = "From the text to ten ids. Peers find any of the words. A ratio below 1 is faster than the named engine."


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.set_defaults(peers=BESIDE, questions=2000)
    parser.add_argument("--judgments", type=Path, required=True, help="a folder with queries, qrels, perhaps passages")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20, help="give a question up after so long")
    parser.add_argument("--reuse", action="store_true", help="take the indexes that OUT has, where they are")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    (judged,) = judged_sets(given.articles, given.count, [given.judgments], given.out)
    titles = (one["title"] for one in records(given.articles, given.count))
    asking = typed(judged.judgments.queries.values(), titles, given.questions // 2)
    folders, _ = indexes(engines, judged.corpus, given.out / "indexes", reuse=given.reuse)
    with ExitStack() as stack:
        ways = {name: _way(stack.enter_context(opened), mode) for name, opened, mode in _ways(engines, folders)}
        timings = in_rounds(ways, asking, given.rounds, given.seconds)
    _check(timings)
    Run(
        name="typed_questions",
        question=f"How long does a question as typed take, over {judged.corpus.articles:,} articles?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        notes=[_NOTES],
        tables=[
            _table("First time", {name: timing.rounds[0] for name, timing in timings.items()}, asking),
            _table("Again", {name: timing.rounds[-1] for name, timing in timings.items()}, asking),
        ],
        raw={name: timing.raw() for name, timing in timings.items()},
    ).record(given.runs)


def typed(queries: Iterable[str], titles: Iterable[str], each: int) -> list[Question]:
    """Return *each* of *queries*, and of the beginnings of *titles*, in an order that is the same every time."""
    random = Random(SEED)  # noqa: S311 - repeatable is what is wanted
    begun = [" ".join(title.lower().split()[: random.choice((3, 4))]) for title in titles if len(title.split()) > 2]
    made = [
        Question(kind, " ".join(text.split()))
        for kind, texts in zip(KINDS, (list(queries), sorted(set(begun))), strict=True)
        for text in random.sample(texts, min(each, len(texts)))
    ]
    random.shuffle(made)
    return made


def _ways(engines: Sequence[Engine], folders: Mapping[str, Path]) -> Iterator[tuple[str, Opening, str]]:
    """Yield who is asked: Telusur in each mode by a process of its own, as what it remembers would help the other."""
    for engine in engines:
        for mode in MODES if engine.name == "telusur" else ("any",):
            name = f"telusur, {mode}" if engine.name == "telusur" else engine.name
            yield name, engine.opened(folders[engine.name]), mode


def _way(talk: Conversation, mode: str) -> Callable[..., list[Row]]:
    def asked(questions: Sequence[Question], *, seconds: float) -> list[Row]:
        return talk.typed([question._replace(kind=mode) for question in questions], seconds=seconds)

    return asked


def _check(timings: Mapping[str, Timings]) -> None:
    """Assert that everyone finds something for nearly every question, and the same when it is asked again."""
    for name, timing in timings.items():
        for question, *rows in zip(timing.questions, *timing.rounds, strict=True):
            assert len({row.ids for row in rows if not row.is_late}) <= 1, f"{name} answers {question} now so, now so"
        empty = sum(not row.ids for row in timing.rounds[0])
        assert empty * 20 < len(timing.questions), f"{name} finds nothing for {empty} of {len(timing.questions)}"


def _table(title: str, rounds: Mapping[str, Sequence[Row]], asking: Sequence[Question]) -> Table:
    beside = [name for name in BESIDE if name in rounds]
    columns = ("kind", "engine", "p50 ms", "p95 ms", *(f"{p} / {name}" for name in beside for p in ("p50", "p95")))
    lines: list[tuple[Cell, ...]] = []
    for kind in KINDS:
        figures = {name: _percentiles(rows, asking, kind) for name, rows in rounds.items()}
        for name, own in figures.items():
            ratios = [ratio(one, other) for peer in beside for one, other in zip(own, figures[peer], strict=True)]
            lines.append((kind, name, *own, *ratios))
    return Table(title, columns, lines)


def _percentiles(rows: Sequence[Row], asking: Sequence[Question], kind: str) -> tuple[float, float]:
    times = [row.whole for question, row in zip(asking, rows, strict=True) if question.kind == kind]
    return percentile(times, 0.5), percentile(times, 0.95)


if __name__ == "__main__":
    main()
