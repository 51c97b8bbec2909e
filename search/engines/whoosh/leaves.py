"""The terms of a query in one segment: which documents hold them, and what that counts."""

from collections.abc import Mapping, Sequence

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.found import Slots, slots_of
from indexer.engines.whoosh.codec.postings import Form, Postings
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh.matches import UNIT, DenseMatches, Matches, matches_of, nothing
from search.engines.whoosh.statistics import Statistics
from search.query import Term
from search.ranking import idf
from search.settings import Ranking


class TermScorer:
    """
    Scores the terms of one segment by BM25F, with the statistics of the whole index.

    Deleted documents are among the matches; the caller takes them out.
    """

    def __init__(self, segment: OpenSegment, statistics: Statistics, ranking: Ranking) -> None:
        """Read *segment*."""
        self._segment, self._statistics, self._ranking = segment, statistics, ranking
        self._factors: Mapping[str, float] = {schema.EXACT: ranking.exact_weight}
        self._norms: dict[str, Array] = {}

    def matches(self, term: Term, boost: float) -> Matches:
        """Return the documents that hold *term*, scored by what it tells, times *boost*."""
        text = term.text.encode()
        if term.field == schema.STEM:
            return self._formed(term, self._segment.term(schema.STEM, text), boost)
        if term.field == schema.EXACT and len(forms := self._segment.forms_of(text)) == 1:
            return self._formed(None, forms[0].term, 0, forms[0], self._factor(term, boost))
        return self._joined(term, boost)

    def word(self, stem: Term, exact: Term, boost: float, weight: float) -> Matches | None:
        """
        Return the documents that hold *stem*, with *weight* times the score of its form *exact* where they hold that.

        One pass over the postings does for both. None if *exact* is no form, or not only one of *stem*.
        """
        number = self._segment.term(schema.STEM, stem.text.encode())
        forms = self._segment.forms_of(exact.text.encode())
        if [form.term for form in forms] != [number]:
            return None
        return self._formed(stem, number, boost, forms[0], self._factor(exact, boost * weight))

    def _formed(
        self, stem: Term | None, number: int | None, boost: float, form: Form | None = None, form_factor: float = 0
    ) -> Matches:
        """Return the documents of the stem *number*, scored as *stem* if it is asked for, and as its *form*."""
        if number is None:
            return nothing(self._segment.articles)
        postings = self._segment.postings(number)
        counted = saturated(postings.weights(), self._norm_of(postings))
        scores = units(counted * np.float32(self._factor(stem, boost))) if stem else np.zeros(len(counted), np.int32)
        if form:
            self._add_form(scores, counted, postings, form, np.float32(form_factor))
        return _as_matches(self._segment.articles, postings, scores)

    def _add_form(self, scores: Array, counted: Array, postings: Postings, form: Form, factor: np.float32) -> None:
        if postings.codes is None:
            scores += units(counted * factor)
            return
        scores += units(counted * (postings.codes == form.code) * factor)
        if form.first_mixed < form.last_mixed:
            mixed = self._segment.mixed(form)
            norm = self._norm_of(postings)[mixed.slots]
            scores[mixed.slots] += units(saturated(mixed.weights(), norm) * factor)

    def _joined(self, term: Term, boost: float) -> Matches:
        parts = slots_of(self._segment, term.field, term.text.encode())
        if not parts:
            return nothing(self._segment.articles)
        documents, weights = joined(parts)
        if term.field in schema.WORD_FIELDS:
            weights = saturated(weights, self._norm(term.field).take(documents))
        return matches_of(self._segment.articles, documents, units(weights * np.float32(self._factor(term, boost))))

    def _factor(self, term: Term, boost: float) -> float:
        """Return what the saturated weight of *term* is multiplied by, in units; whole values count nearly nothing."""
        if term.field not in schema.WORD_FIELDS:
            return 1.0
        holding = self._statistics.holding(term.field, term.text.encode())
        return boost * self._factors.get(term.field, 1.0) * idf(self._statistics.articles, holding) * UNIT

    def _norm_of(self, postings: Postings) -> Array:
        norm = self._norm(schema.STEM)
        return norm if postings.documents is None else norm.take(postings.documents)

    def _norm(self, field: str) -> Array:
        """Return what BM25 adds to the weight of a term for the length of each document (float32)."""
        if field not in self._norms:
            k1, b = self._ranking.k1, self._ranking.b
            average = self._statistics.average_length(field) or 1.0
            lengths = self._segment.columns.lengths(field).whole().astype(np.float32)
            self._norms[field] = (k1 * (1 - b + b * lengths / average)).astype(np.float32)
        return self._norms[field]


def saturated(weights: Array, norms: Array) -> Array:
    """Return how much terms of *weights* count, below 1 (float32); 0 for a weight of 0, whatever its norm."""
    counted: Array = weights / np.maximum(weights + norms, np.float32(1e-9))
    return counted


def joined(parts: Sequence[Slots]) -> tuple[Array, Array]:
    """Return the documents of *parts* in order, each once, and the weight of all of its slots (float32)."""
    if len(parts) == 1 and parts[0].skip is None:
        return parts[0].documents, parts[0].weights
    documents = np.concatenate([part.documents for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    order = documents.argsort(kind="stable")
    documents, weights = documents.take(order), weights.take(order)
    starts = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    return documents.take(starts), np.add.reduceat(weights, starts)


def units(scores: Array) -> Array:
    """Return *scores* as whole numbers (int32): at least 1 where they are above 0, since 0 says "no match"."""
    rounded: Array = np.rint(scores).astype(np.int32)
    return np.maximum(rounded, scores > 0, out=rounded)


def _as_matches(articles: int, postings: Postings, scores: Array) -> Matches:
    """Return the slots of *postings* whose *scores* are above 0."""
    if postings.documents is None:
        return DenseMatches(scores)
    kept = np.flatnonzero(scores)
    if len(kept) == len(scores):
        return matches_of(articles, postings.documents, scores)
    return matches_of(articles, postings.documents.take(kept), scores.take(kept))
