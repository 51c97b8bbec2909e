"""Evaluates query trees over one segment, array by array."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.schema import MISSING_DATE
from search.deadline import checkpoint
from search.engines.whoosh.cache import RecentlyUsed
from search.engines.whoosh.combining import all_of, any_of, preferring, scores_at, without
from search.engines.whoosh.expanding import documents_of
from search.engines.whoosh.leaves import TermScorer
from search.engines.whoosh.matches import UNIT, Matches, SparseMatches, matches_of, nothing
from search.engines.whoosh.phrases import PlaceMap, following
from search.engines.whoosh.statistics import Statistics
from search.query import (
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Node,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
)
from search.settings import Ranking

_OFTEN = 4
"""A word with so many times the documents of a rarer one is only looked for in these."""


class SegmentSearcher:
    """
    One segment, ready for queries; safe to share between threads.

    Deleted documents are found too, so that what is remembered stays true when more of them are deleted.
    """

    def __init__(self, segment: OpenSegment, statistics: Statistics, ranking: Ranking, cache: RecentlyUsed) -> None:
        """Search *segment*; what is read of single words, and found of them, is kept in *cache*."""
        self.segment = segment
        self.newest: Array = segment.columns.newest.whole()
        self._statistics = statistics
        self._terms = TermScorer(segment, statistics, ranking)
        self._map = PlaceMap(segment)
        self._cache = cache

    @cached_property
    def latest(self) -> int:
        """The latest moment of publication, in seconds since 1970."""
        return int(self.segment.columns.published.whole().max(initial=MISSING_DATE))

    def matches(self, node: Node, boost: float = 1.0) -> Matches:
        """
        Return the documents that *node* matches, with their scores times *boost*.

        Raises:
            DeadlinePassed: there is no time left for another leaf.
        """
        checkpoint()
        match node:
            case (
                Prefer(Term(schema.STEM), Term(schema.EXACT))
                | Term()
                | Prefix()
                | Wildcard()
                | Fuzzy()
                | Range()
                | Phrase()
                | Everything()
            ):
                return self._cache.get((self, node, boost), lambda: self._read(node, boost))
            case All(nodes):
                return all_of([self.matches(child, boost) for child in nodes])
            case AnyOf(nodes):
                return any_of([self.matches(child, boost) for child in nodes])
            case Prefer(child, bonus, weight):
                return preferring(self.matches(child, boost), self.matches(bonus, boost * weight))
            case Except(child, excluded):
                return without(self.matches(child, boost), self.matches(excluded))
            case Nothing():
                return nothing(self.segment.articles)

    def _read(self, node: Node, boost: float) -> Matches:
        """Return the matches of a leaf, a word or everything."""
        match node:
            case Term():
                return self._terms.matches(node, boost)
            case Prefer(Term(schema.STEM) as stem, Term(schema.EXACT) as exact, weight):
                word = self._terms.word(stem, exact, boost, weight)
                return word or preferring(self._read(stem, boost), self._read(exact, boost * weight))
            case Phrase(field, terms, slop):
                return self._phrase(field, terms, slop, boost)
            case Prefix() | Wildcard() | Fuzzy() | Range():
                return self._constant(documents_of(self.segment, node), boost)
        return self._constant(np.arange(self.segment.articles), boost)

    def _phrase(self, field: str, terms: Sequence[str], slop: int, boost: float) -> Matches:
        documents = self._map.documents(field, following(self._words(field, terms), slop))
        scores = np.zeros(len(documents), np.int32)
        for term in terms:
            scores += self._scores_at(Term(field, term), boost, documents)
        return SparseMatches(self.segment.articles, documents, scores)

    def _scores_at(self, term: Term, boost: float, documents: Array) -> Array:
        if len(documents) * _OFTEN < self._holding(term.field, term.text) and not self._cache.known(
            (self, term, boost)
        ):
            return self._terms.scores_at(term, boost, documents)
        return scores_at(self.matches(term, boost), documents)

    def _words(self, field: str, terms: Sequence[str]) -> list[Array]:
        """Return the places of each of *terms*; those of frequent ones within the documents of the rarest alone."""
        rarest, *others = sorted(set(terms), key=lambda term: self._holding(field, term))
        found = {rarest: self._places(field, rarest)}
        documents = self._map.documents(field, found[rarest])
        for term in others:
            if self._holding(field, term) < _OFTEN * len(documents) or self._cache.known((self, field, term)):
                found[term] = self._places(field, term)
            else:
                found[term] = self._map.places_within(field, term.encode(), documents)
        return [found[term] for term in terms]

    def _places(self, field: str, term: str) -> Array:
        return self._cache.get((self, field, term), lambda: self._map.places(field, term.encode())).places

    def _holding(self, field: str, term: str) -> int:
        return self._statistics.holding(field, term.encode())

    def _constant(self, documents: Array, boost: float) -> Matches:
        scores = np.full(len(documents), max(1, round(boost * UNIT)))
        return matches_of(self.segment.articles, documents, scores)
