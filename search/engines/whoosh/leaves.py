"""The terms of a query in one segment: which documents hold them, and what that counts."""

from collections.abc import Mapping, Sequence

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.found import Slots, slots_of
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh.matches import UNIT, Matches, nothing
from search.engines.whoosh.statistics import Statistics
from search.ranking import idf
from search.settings import Ranking


class TermScorer:
    """Scores the terms of one segment by BM25F, with the statistics of the whole index."""

    def __init__(self, segment: OpenSegment, live: Array | None, statistics: Statistics, ranking: Ranking) -> None:
        """Read *segment*, of whose documents those count that *live* says, or all."""
        self._segment, self._live = segment, live
        self._statistics, self._ranking = statistics, ranking
        self._factors: Mapping[str, float] = {schema.EXACT: ranking.exact_weight}
        self._norms: dict[str, Array] = {}

    def matches(self, field: str, text: str, boost: float) -> Matches:
        """Return the documents that hold the term *text* in *field*, scored by what it tells, times *boost*."""
        parts = slots_of(self._segment, field, text.encode())
        if not parts:
            return nothing(self._segment.articles)
        documents, weights = self._alive(*joined(parts))
        factor = boost * self._factors.get(field, 1.0) * self._idf(field, text)
        if field in schema.WORD_FIELDS:
            weights = weights / (weights + self._norm(field).take(documents))
        return Matches(self._segment.articles, documents, whole(weights * np.float32(factor * UNIT)))

    def _idf(self, field: str, text: str) -> float:
        if field not in schema.WORD_FIELDS:
            return 0.0
        return idf(self._statistics.articles, self._statistics.holding(field, text.encode()))

    def _alive(self, documents: Array, weights: Array) -> tuple[Array, Array]:
        if self._live is None:
            return documents, weights
        kept = np.flatnonzero(self._live.take(documents))
        return documents.take(kept), weights.take(kept)

    def _norm(self, field: str) -> Array:
        """Return what BM25 adds to the weight of a term for the length of each document (float32)."""
        if field not in self._norms:
            k1, b = self._ranking.k1, self._ranking.b
            average = self._statistics.average_length(field)
            lengths = self._segment.columns.lengths(field).whole().astype(np.float32)
            self._norms[field] = np.float32(k1) * (1 - b + b * lengths / average) if average else lengths * 0 + k1
        return self._norms[field].astype(np.float32, copy=False)


def joined(parts: Sequence[Slots]) -> tuple[Array, Array]:
    """Return the documents of *parts* in order, each once, and the weight of all of its slots (float32)."""
    if len(parts) == 1 and parts[0].skip is None:
        return parts[0].documents, parts[0].weights
    documents = np.concatenate([part.documents for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    order = documents.argsort(kind="stable")
    documents, weights = documents.take(order), weights.take(order)
    if len(parts) == 1:
        return documents, weights
    starts = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    return documents.take(starts), np.add.reduceat(weights, starts)


def whole(scores: Array) -> Array:
    """Return *scores* in units as whole numbers, 1 at least, since 0 says that there is no match."""
    return np.maximum(np.rint(scores), 1).astype(np.int32)
