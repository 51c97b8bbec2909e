"""
A question -> what an engine is asked: for all words or any, as typed or as meant, with what its words of time prefer.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from indexer.analysis import Analyzer
from search.cursors import Cursor
from search.errors import CursorGone
from search.found import Asked, Found, Hits
from search.live import OpenIndex
from search.query import (
    NO_FILTERS,
    Everything,
    Kept,
    Meanings,
    Moment,
    Newness,
    Node,
    Query,
    Sort,
    Vocabulary,
    in_time,
    parse_with,
    times_of,
    within_budget,
)
from search.questions import FACETS, Mode, Question
from search.relaxing import has_enough
from search.suggesting.correcting import Corrector


class Asking:
    """Asks an index; safe to share between threads."""

    def __init__(self, analyzer: Analyzer, newness: Newness, clock: Callable[[], datetime]) -> None:
        """Read questions with *analyzer*, and prefer what is new as *newness* says; *clock* tells now."""
        self._analyzer, self._newness, self._clock = analyzer, newness, clock

    def meant(self, question: Question, index: OpenIndex, search: Callable[..., Hits], *, offers: bool) -> Found[Hits]:
        """*search* as asked, or as it may have been meant if that finds nothing; *offers*: whether it is said else."""
        if question.cursor:
            return self._continued(question, question.cursor, index, search)
        found = self._found(question, index, search)
        if found.page.total and not offers:
            return found
        corrected = self._corrected(question, index)
        if corrected is None or found.page.total or not question.correct:
            return replace(found, corrected=corrected)
        meant = self._found(replace(question, text=corrected), index, search)
        return replace(meant, corrected=corrected, is_corrected=True) if meant.page.total else found

    def _continued(
        self, question: Question, cursor: Cursor, index: OpenIndex, search: Callable[..., Hits]
    ) -> Found[Hits]:
        """*search* from the place of *cursor* on, as it was decided when the first page was asked for."""
        if cursor.generation != index.generation.name:
            raise CursorGone(
                f"the generation {cursor.generation!r} does not answer any more: ask again without a cursor"
            )
        meant = replace(question, text=cursor.corrected) if cursor.is_corrected and cursor.corrected else question
        is_loose = cursor.is_relaxed or question.mode is Mode.ANY
        asked = self._asked(meant, index, require_all=not is_loose)
        query = replace(asked.query, after=cursor.place)
        page = search(query, offset=0, limit=question.per_page)
        return Found(replace(asked, query=query), page, cursor.is_relaxed, cursor.corrected, cursor.is_corrected)

    def _corrected(self, question: Question, index: OpenIndex) -> str | None:
        def hits(text: str) -> int:
            asked = replace(question, text=text, filters=NO_FILTERS)
            return index.engine.count(self._asked(asked, index, require_all=True).query)

        return Corrector(self._analyzer, index.engine, index.expansions, hits).corrected(question.text)

    def _found(self, question: Question, index: OpenIndex, search: Callable[..., Hits]) -> Found[Hits]:
        """*search* for all words or for any, as the mode says; in between for any where few articles have all."""
        if question.mode is not Mode.AUTO:
            asked = self._asked(question, index, require_all=question.mode is not Mode.ANY)
            return Found(asked, _page(asked.query, question, search))
        asked, looser = self._read(question, index, (True, False))
        if looser.query != asked.query and not has_enough(asked.query, index.engine):
            return Found(looser, _page(looser.query, question, search), is_relaxed=True)
        return Found(asked, _page(asked.query, question, search))

    def moment(self, question: Question, index: OpenIndex) -> Moment:
        """Return when *question* is asked."""
        return question.moment or Moment(self._clock(), index.engine.newest)

    def _asked(self, question: Question, index: OpenIndex, *, require_all: bool) -> Asked:
        (asked,) = self._read(question, index, (require_all,))
        return asked

    def _read(self, question: Question, index: OpenIndex, ways: Sequence[bool]) -> list[Asked]:
        """Return what *index* is asked, each of *ways* being whether for all words; what these mean is found once."""
        times = times_of(question.text, self.moment(question, index), self._newness)

        def read(words: Vocabulary) -> list[Kept]:
            parsed = partial(parse_with, meanings=Meanings(self._analyzer, index.expansions, words))
            timed = partial(in_time, times, parsed, is_time_enough=question.mode is Mode.ANY)
            return [within_budget(timed(require_all=require_all), words.holding) for require_all in ways]

        is_dated = question.filters.since or question.filters.until
        facets = tuple(FACETS[name] for name in question.facets)
        timeliness = None if is_dated else times.timeliness
        pinned = index.curation.pinned(question.text, self._analyzer)

        def query(tree: Node) -> Query:
            ranked = question.sort is not Sort.RELEVANCE or not isinstance(tree, Everything)
            sort = question.sort if ranked else Sort.NEWEST
            return Query(tree, question.filters, sort, facets, timeliness, question.collapse, pinned=pinned)

        return [Asked(query(tree), dropped) for tree, dropped in index.engine.reading(read)]


def _page(query: Query, question: Question, search: Callable[..., Hits]) -> Hits:
    return search(query, offset=(question.page - 1) * question.per_page, limit=question.per_page)
