"""A question as asked over HTTP or in the terminal -> the answer: hits with marks, totals, counts."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from indexer.analysis import short_forms
from indexer.article import Article
from search.asking import Asking
from search.curating.curation import NO_CURATION, Curation
from search.cursors import Cursor, place_of
from search.errors import ArticleNotFound
from search.explaining.explanation import Explanation, explanation
from search.found import Found
from search.live import CuratedIndex, FixedIndex, LiveIndex, OpenIndex
from search.passages.highlight import Highlighter
from search.query import AllWords, Expansions, Newness, leaves, parse, patterns, typed
from search.questions import Question
from search.relaxing import let_go
from search.results import Hit, Page
from search.showing import Showing, Shown, shown_by
from search.suggesting.completing import Suggestion, suggestions
from search.suggesting.past_queries import NO_PAST_QUERIES, PastQueries
from search.suggesting.similar import similar
from search.tuning import Highlighting

State = tuple[str, str, str, int, str]
"""What an answer depends on beside its question: how answers are made, lists, generation, its last change, the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What was found.

    *terms* are the stems that were looked for. *relaxed* has the words that were let go: where few articles hold all,
    each need hold some. *dropped* has those that were not looked for, as the query has too many, *cut* those that
    stand for so many words of the index that only the commonest were looked for: more articles may match than the page
    says, or fewer where they were excluded. *corrected* is the query as it may have been meant; where *is_corrected*,
    the hits are those of that one, as what was typed has none. *following* is the cursor of the page after this one.
    *took_ms* is the time from the question to here.
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
    following: Cursor | None
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
        curation: Callable[[], Curation] = lambda: NO_CURATION,
    ) -> None:
        """
        Answer from *live*, with passages as *highlighting* says.

        *past* has what others asked, *clock* the time, and *curation* what the editors' lists say.
        """
        self.live, self._clock, self.curated = live, clock, CuratedIndex(live, curation)
        self.analyzer = live.analyzer
        self._asking = Asking(live.analyzer, Newness(live.ranking.recency, live.ranking.recency_days), clock)
        self._highlighting = highlighting
        self._way = repr((highlighting, live.ranking, live.analyzer.fingerprint))
        self.past = past

    def search(self, question: Question) -> Answer:
        """
        Return the answer to *question*.

        Raises:
            CursorGone: it goes on with a page of another generation.
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        started = time.perf_counter()
        with self.curated.open() as index:
            question = replace(question, moment=self._asking.moment(question, index))
            found = self._asking.meant(question, index, index.engine.search, offers=True)
            asked, page, is_relaxed = found.asked, found.page, found.is_relaxed
            ids = [hit.article.id for hit in page.hits if not hit.is_pinned]
            show = shown_by(asked.query, page.hits, index.engine, self.analyzer, self._showing(question))
            return Answer(
                question=question,
                page=page,
                hits=tuple(map(show, page.hits)),
                terms=tuple(dict.fromkeys(leaf.text for leaf in leaves(asked.query.tree, bonus=False))),
                relaxed=let_go(asked.query.tree, ids, index.engine) if is_relaxed else (),
                dropped=asked.dropped,
                cut=tuple(map(typed, index.engine.cut(dict.fromkeys(patterns(asked.query.tree))))),
                corrected=found.corrected,
                is_corrected=found.is_corrected,
                following=_following(question, index, found),
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
        with self.curated.open() as index:
            return self._asking.meant(question, index, index.engine.ids, offers=False).page.ids

    def explain(self, question: Question, article_id: str) -> Explanation:
        """
        Return why the article of this id is on the page that *question* asks for, or not.

        Raises:
            ArticleNotFound: there is no such article.
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        article = self.article(article_id)
        with self.live.open() as whole:
            index = whole.curated(self.curated.curation())
            found = self._asking.meant(question, index, index.engine.ids, offers=False)
            return explanation(article, found, whole.engine, index.curation.hidden.value, self.analyzer)

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """
        Return what may be offered to who has typed *text* so far, *limit* at most.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        with self.curated.open() as index:
            return suggestions(text, index.engine.offering, limit, self.past())

    def similar(self, article_id: str, limit: int) -> list[Hit]:
        """
        Return the articles that are most like the one of this id, *limit* at most.

        Raises:
            ArticleNotFound: there is none.
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        article = self.article(article_id)
        with self.curated.open() as index:
            return similar(article, index.engine, self.analyzer, limit)

    def count(self, text: str) -> int:
        """
        Return how many articles `search` finds for the query *text*, taken as it is typed.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        question = Question(text=text, page=1, per_page=1, correct=False)
        with self.curated.open() as index:
            return self._asking.meant(question, index, index.engine.ids, offers=False).page.total

    def state(self) -> State:
        """
        Return what answers depend on now: equal questions have equal answers while it stays.

        Raises:
            IndexUnavailable: there is no index.
        """
        with self.curated.open() as index:
            return self._state(index)

    def _state(self, index: OpenIndex) -> State:
        hour = self._clock().astimezone(UTC).strftime("%Y-%m-%d %H")  # a new day begins in no zone within an hour
        return self._way, index.curation.state, index.generation.name, index.engine.through, hour

    def _showing(self, question: Question) -> Showing:
        fields = question.fields if question.highlight else ()
        own = self._highlighting
        fragments = own.fragments if question.fragments is None else question.fragments
        return Showing(fields, fragments, own.fragment_length, question.explain)

    def article(self, article_id: str) -> Article:
        """
        Return the article of this id.

        Raises:
            ArticleNotFound: there is none.
        """
        with self.live.open() as index:
            return _article(index, article_id)

    def articles(self, article_ids: Iterable[str]) -> Iterator[Article]:
        """
        Yield those articles of these ids that there are, and that are not hidden.

        Raises:
            IndexUnavailable, EngineUnavailable: there is no index, or it cannot answer now.
        """
        with self.curated.open() as index:
            yield from filter(None, map(index.engine.article, article_ids))

    def highlighter(self, text: str) -> Highlighter:
        """Return what marks the words of the query *text*; short forms are known by the written lists alone."""
        written = self._written.with_synonyms(self.curated.curation().synonyms.value)
        return Highlighter(parse(text, self.analyzer, written, vocabulary=AllWords()), self.analyzer)

    @cached_property
    def _written(self) -> Expansions:
        return Expansions(short_forms(), self.analyzer)


def _article(index: OpenIndex, article_id: str) -> Article:
    article = index.engine.article(article_id)
    if article is None:
        raise ArticleNotFound(f"no article has the id {article_id!r}: ids are those that /v1/search gives")
    return article


def _following(question: Question, index: OpenIndex, found: Found[Page]) -> Cursor | None:
    """Return the cursor after the last hit that was *found* for *question*, if more follow."""
    if not (found.page.more and found.page.hits and question.moment):
        return None
    return Cursor(
        generation=index.generation.name,
        through=index.engine.through,
        asked=question.asked,
        page=question.page + 1,
        moment=question.moment,
        is_relaxed=found.is_relaxed,
        is_corrected=found.is_corrected,
        corrected=found.corrected,
        place=place_of(found.page.hits[-1]),
    )
