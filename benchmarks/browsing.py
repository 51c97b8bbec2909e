"""
What do similar articles, counts by value and deep pages cost, of which readers ask for more once they have results?

    python benchmarks/browsing.py ARTICLES OUT

Similar: articles drawn alike, five others for each. Counts and pages: the first two words of titles, any of which is
enough, the way that finds most articles, without marks. A page is asked for by its number, as far as pages have one,
and by the cursor of the page before it; both must be the same hits.
"""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from random import Random
from time import perf_counter, thread_time
from typing import TypeVar

from benchmarks import command_line
from benchmarks.engines.telusur import Opened, version
from benchmarks.judged import records
from benchmarks.questions import SEED
from benchmarks.report import Cell, Run, Table, percentile
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.settings import IndexSettings
from search.answers import Answer, Answers
from search.questions import FACETS, Mode, Question

_LIKE = 5
_DEPTHS = (1, 2, 10, 100)
_PER_PAGE = 10
_NOTES = "Milliseconds of `Answers.search` and `Answers.similar`, in one process: by the clock, and of the processor."

Result = TypeVar("Result")
Times = list[tuple[float, float]]
"""Milliseconds by the clock and of the processor."""


def main() -> None:
    """Record the run."""
    given = _arguments()
    root = given.out / "telusur"
    if not given.reuse:
        reindex([str(given.articles)], IndexSettings(root, "whoosh", 2, 2), Analyzer())
    answers, random = Opened(root).answers, Random(SEED)  # noqa: S311 - repeatable is what is wanted
    articles = list(records(given.articles, given.count))
    chosen = random.sample(articles, min(given.questions, len(articles)))
    similar = _similar([str(one["id"]) for one in chosen], answers)
    questions = [_question(str(one["title"])) for one in chosen]
    counted = [(name, _asked(questions, answers, facets)) for name, facets in (("none", ()), ("all", tuple(FACETS)))]
    pages = list(_pages(questions, answers))
    with answers.live.open() as index:
        held = index.engine.articles
    answers.live.close()
    columns = ("p50", "p95", "p50 CPU", "p95 CPU")
    Run(
        name="browsing",
        question=f"What do similar articles, counts and deep pages cost, over {held:,} articles?",
        versions={"telusur": version()},
        notes=[_NOTES],
        tables=[
            Table("Similar articles", ("asked for", "articles", *columns), [(str(_LIKE), *_row(similar))]),
            Table("Counts", ("facets", "questions", *columns), [(name, *_row(times)) for name, times in counted]),
            Table("Pages", ("page", "questions", *columns), [(name, *_row(times)) for name, times in pages]),
        ],
        raw={"similar": similar, "counts": dict(counted), "pages": dict(pages)},
    ).record(given.runs)


def _arguments() -> Namespace:
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has")
    return parser.parse_args()


def _question(title: str) -> Question:
    text = " ".join(title.split()[:2])
    return Question(text=text, page=1, per_page=_PER_PAGE, mode=Mode.ANY, highlight=False)


def _timed(work: Callable[[], Result], times: Times) -> Result:
    started, worked = perf_counter(), thread_time()
    result = work()
    times.append((1e3 * (perf_counter() - started), 1e3 * (thread_time() - worked)))
    return result


def _similar(ids: Sequence[str], answers: Answers) -> Times:
    times: Times = []
    for name in ids:
        hits = _timed(partial(answers.similar, name, _LIKE), times)
        assert len(hits) <= _LIKE
        assert name not in [hit.article.id for hit in hits]
    return times


def _asked(questions: Sequence[Question], answers: Answers, facets: tuple[str, ...]) -> Times:
    times: Times = []
    for question in questions:
        answer = _timed(partial(answers.search, replace(question, facets=facets)), times)
        languages = answer.page.facets.get(FACETS["language"], ())
        assert not facets or sum(one.count for one in languages) == answer.page.total
    return times


def _pages(questions: Sequence[Question], answers: Answers) -> Iterator[tuple[str, Times]]:
    """Yield the times of each depth by number and by cursor."""
    by_number: dict[int, Times] = {depth: [] for depth in _DEPTHS}
    by_cursor: dict[int, Times] = {depth: [] for depth in _DEPTHS[1:]}
    for question in questions:
        for answer, times in islice(_walked(question, answers), max(_DEPTHS)):
            depth = answer.question.page
            if depth in by_cursor:
                by_cursor[depth] += times
            if depth in by_number:
                same = _timed(partial(answers.search, replace(question, page=depth)), by_number[depth])
                assert [shown.hit for shown in same.hits] == [shown.hit for shown in answer.hits], question.text
    for depth in _DEPTHS:
        yield f"{depth}, by number", by_number[depth]
        if depth in by_cursor:
            yield f"{depth}, by cursor", by_cursor[depth]


def _walked(question: Question, answers: Answers) -> Iterator[tuple[Answer, Times]]:
    """Yield the answers to *question*, page after page, and the time that each took."""
    asked: Question | None = question
    while asked:
        times: Times = []
        answer = _timed(partial(answers.search, asked), times)
        yield answer, times
        asked = question.continued(answer.following) if answer.following else None


def _row(times: Times) -> tuple[Cell, ...]:
    if not times:
        return 0, None, None, None, None
    clock, processor = zip(*times, strict=True)
    return len(times), *(percentile(own, share) for own in (clock, processor) for share in (0.5, 0.95))


if __name__ == "__main__":
    main()
