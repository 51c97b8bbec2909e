"""A question as asked over HTTP or in the terminal -> the answer: hits with marks, totals, counts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property, partial

from indexer.analysis import short_forms
from indexer.article import Article
from search.deadline import checkpoint
from search.engines import Engine
from search.errors import ArticleNotFound
from search.found import Asked, Found, Hits
from search.live import FixedIndex, LiveIndex, OpenIndex
from search.passages.highlight import Highlighter, Passage
from search.query import (
    NO_FILTERS,
    AllWords,
    Everything,
    Expansions,
    Filters,
    Moment,
    Newness,
    Query,
    Sort,
    in_time,
    leaves,
    parse,
    patterns,
    times_of,
    typed,
    within_budget,
)
from search.relaxing import has_enough, let_go
from search.results import Contribution, Hit, Page
from search.suggesting.completing import Suggestion, suggestions
from search.suggesting.correcting import Corrector
from search.suggesting.past_queries import NO_PAST_QUERIES, PastQueries
from search.tuning import Highlighting

FACETS = {
    "source": "source_key",
    "author": "author_key",
    "category": "category_key",
    "language": "language_key",
    "year": "year_key",
}
"""The names by which a question filters and counts, and the key fields behind them."""

EXPLAINED = 10
"""Hits of a page whose scores are explained."""

State = tuple[str, str, int, str]
"""What an answer depends on beside its question: how answers are made, the generation, its last change, the hour."""


class Mode(StrEnum):
    """Which of the words must be found: all; any; or all, and any where few articles hold all."""

    AUTO = "auto"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What somebody wants to know.

    *page* counts from 1. *facets* are names of `FACETS`. *explain* asks what each term adds to the scores, of the
    first ten hits of the page. *correct*: whether a query without hits is answered as it may have been meant.
    *collapse*: whether of the articles that are one release only one is a hit.
    """

    text: str
    page: int
    per_page: int
    mode: Mode = Mode.AUTO
    sort: Sort = Sort.RELEVANCE
    filters: Filters = NO_FILTERS
    facets: tuple[str, ...] = ()
    highlight: bool = True
    explain: bool = False
    correct: bool = True
    collapse: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as shown: with its title and the best passages of its body, marked, and what makes up its score."""

    hit: Hit
    title: Passage | None = None
    body: tuple[Passage, ...] = ()
    explanation: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What was found.

    *terms* are the stems that were looked for. *relaxed* has the words that were let go: where few articles hold all,
    each need hold some. *dropped* has those that were not looked for, as the query has too many, *cut* those that
    stand for so many words of the index that only the commonest were looked for: more articles may match than the page
    says, or fewer where they were excluded. *corrected* is the query as it may have been meant; where *is_corrected*,
    the hits are those of that one, as what was typed has none. *took_ms* is the time from the question to here.
    """

    question: Question
    page: Page
    hits: tuple[Shown, ...]
    terms: tuple[str, ...]
    relaxed: tuple[str, ...]
    dropped: tuple[str, ...]
    cut: tuple[str, ...]
    corrected: str | None
    is_corrected: bool
    generation: str
    took_ms: float
    state: State


class Answers:
    """Answers questions from the live generation; safe to share between threads."""

    def __init__(
        self,
        live: LiveIndex | FixedIndex,
        highlighting: Highlighting,
        past: Callable[[], PastQueries] = lambda: NO_PAST_QUERIES,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Answer from *live*, with passages as *highlighting* says; *past* has what others asked, *clock* the time."""
        self.live, self._clock = live, clock
        self._newness = Newness(live.ranking.recency, live.ranking.recency_days)
        self.analyzer = live.analyzer
        self._highlighting = highlighting
        self._way = repr((highlighting, live.ranking, live.analyzer.fingerprint))
        self.past = past

    def search(self, question: Question) -> Answer:
        """
        Return the answer to *question*.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        started = time.perf_counter()
        with self.live.open() as index:
            found = self._meant(question, index, index.engine.search, offers=True)
            asked, page, is_relaxed = found.asked, found.page, found.is_relaxed
            ids = [hit.article.id for hit in page.hits]
            show = self._shown_by(asked.query, question, index.engine, page)
            return Answer(
                question=question,
                page=page,
                hits=tuple(show(hit) for hit in page.hits),
                terms=tuple(dict.fromkeys(leaf.text for leaf in leaves(asked.query.tree, bonus=False))),
                relaxed=let_go(asked.query.tree, ids, index.engine) if is_relaxed else (),
                dropped=asked.dropped,
                cut=tuple(map(typed, index.engine.cut(dict.fromkeys(patterns(asked.query.tree))))),
                corrected=found.corrected,
                is_corrected=found.is_corrected,
                generation=index.generation.name,
                took_ms=round((time.perf_counter() - started) * 1000, 3),
                state=self._state(index),
            )

    def ids(self, question: Question) -> tuple[str, ...]:
        """
        Return the ids of the articles that `search` shows, in their order, without reading them.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        with self.live.open() as index:
            return self._meant(question, index, index.engine.ids, offers=False).page.ids

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """
        Return what may be offered to who has typed *text* so far, *limit* at most.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        with self.live.open() as index:
            return suggestions(text, index.engine.offering, limit, self.past())

    def count(self, text: str) -> int:
        """
        Return how many articles `search` finds for the query *text*, taken as it is typed.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        with self.live.open() as index:
            return self._found(Question(text=text, page=1, per_page=1), index, index.engine.ids).page.total

    def state(self) -> State:
        """
        Return what answers depend on now: equal questions have equal answers while it stays.

        Raises:
            IndexUnavailable: there is no index.
        """
        with self.live.open() as index:
            return self._state(index)

    def _state(self, index: OpenIndex) -> State:
        hour = self._clock().astimezone(UTC).strftime("%Y-%m-%d %H")  # a new day begins in no zone within an hour
        return self._way, index.generation.name, index.engine.through, hour

    def article(self, article_id: str) -> Article:
        """
        Return the article of this id.

        Raises:
            ArticleNotFound: there is none.
        """
        with self.live.open() as index:
            article = index.engine.article(article_id)
        if article is None:
            raise ArticleNotFound(f"no article has the id {article_id!r}: ids are those that /v1/search gives")
        return article

    def highlighter(self, text: str) -> Highlighter:
        """Return what marks the words of the query *text*; short forms are known by the written lists alone."""
        return Highlighter(parse(text, self.analyzer, self._written, vocabulary=AllWords()), self.analyzer)

    @cached_property
    def _written(self) -> Expansions:
        return Expansions(short_forms(), self.analyzer)

    def _meant(self, question: Question, index: OpenIndex, search: Callable[..., Hits], *, offers: bool) -> Found[Hits]:
        """*search* as asked, or as it may have been meant if that finds nothing; *offers*: whether it is said else."""
        found = self._found(question, index, search)
        if found.page.total and not offers:
            return found
        corrected = self._corrected(question, index)
        if corrected is None or found.page.total or not question.correct:
            return replace(found, corrected=corrected)
        meant = self._found(replace(question, text=corrected), index, search)
        return replace(meant, corrected=corrected, is_corrected=True) if meant.page.total else found

    def _corrected(self, question: Question, index: OpenIndex) -> str | None:
        def hits(text: str) -> int:
            asked = replace(question, text=text, filters=NO_FILTERS)
            return index.engine.count(self._asked(asked, index, require_all=True).query)

        return Corrector(self.analyzer, index.engine, index.expansions, hits).corrected(question.text)

    def _found(self, question: Question, index: OpenIndex, search: Callable[..., Hits]) -> Found[Hits]:
        """*search* for all words or for any, as the mode says; in between for any where few articles have all."""
        asked = self._asked(question, index, require_all=question.mode is not Mode.ANY)
        if question.mode is Mode.AUTO:
            looser = self._asked(question, index, require_all=False)
            if looser.query != asked.query and not has_enough(asked.query, index.engine):
                return Found(looser, _page(looser.query, question, search), is_relaxed=True)
        return Found(asked, _page(asked.query, question, search))

    def _asked(self, question: Question, index: OpenIndex, *, require_all: bool) -> Asked:
        times = times_of(question.text, Moment(self._clock(), index.engine.newest), self._newness)
        parsed = partial(parse, analyzer=self.analyzer, expansions=index.expansions, vocabulary=index.engine)
        tree = in_time(times, parsed, require_all=require_all, is_time_enough=question.mode is Mode.ANY)
        tree, dropped = within_budget(tree, index.engine.holding)
        ranked = question.sort is not Sort.RELEVANCE or not isinstance(tree, Everything)
        sort = question.sort if ranked else Sort.NEWEST
        is_dated = question.filters.since or question.filters.until
        facets = tuple(FACETS[name] for name in question.facets)
        timeliness = None if is_dated else times.timeliness
        return Asked(Query(tree, question.filters, sort, facets, timeliness, question.collapse), dropped)

    def _shown_by(self, query: Query, question: Question, engine: Engine, page: Page) -> Callable[[Hit], Shown]:
        """Return what makes a hit of *page* into what is shown of it."""
        highlighter = Highlighter(query.tree, self.analyzer)
        count, length = self._highlighting.fragments, self._highlighting.fragment_length
        explained = [hit.article.id for hit in page.hits[:EXPLAINED]] if question.explain else []
        explanations = dict(zip(explained, engine.explain(query, explained), strict=True)) if explained else {}

        def shown(hit: Hit) -> Shown:
            checkpoint()
            explanation = explanations.get(hit.article.id, ())
            if not question.highlight:
                return Shown(hit, explanation=explanation)
            passages = highlighter.passages(hit.article.body, count=count, length=length)
            return Shown(hit, highlighter.title(hit.article.title), tuple(passages), explanation)

        return shown


def _page(query: Query, question: Question, search: Callable[..., Hits]) -> Hits:
    return search(query, offset=(question.page - 1) * question.per_page, limit=question.per_page)
