"""The terms of a query in one segment: which documents hold them, and what that counts."""

from collections.abc import Mapping, Sequence

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.found import Slots, slots_of, slots_of_form, slots_within
from indexer.engines.whoosh.codec.postings import Form, Postings
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh import compiled
from search.engines.whoosh.compiled import Factors
from search.engines.whoosh.matches import UNIT, DenseMatches, Matches, matches_of, nothing
from search.engines.whoosh.statistics import Statistics
from search.query import Term, Word
from search.tuning import Ranking


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

    def matches(self, term: Term, boost: float, like: Term | None = None) -> Matches:
        """Return the documents that hold *term*, scored by what it tells, or by what *like* tells, times *boost*."""
        text = term.text.encode()
        if term.field == schema.STEM:
            return self._formed(term, self._segment.term(schema.STEM, text), boost)
        if term.field == schema.EXACT and len(forms := self._segment.forms_of(text)) == 1:
            return self._formed(None, forms[0].term, 0, forms, self._factor(term, boost, like))
        return self._joined(term, boost, like)

    def alike(self, field: str, documents: Array, weights: Array, told: float) -> Array:
        """Return the scores of *documents* in which a word that tells *told* occurs with *weights* (float32)."""
        return units(saturated(weights, self._norm(field).take(documents)), told * UNIT)

    def bound(self, word: Word, boost: float) -> int:
        """Return a score that no document exceeds by *word*, in units."""
        most = self._factor(word.stem, boost) + self._factor(word.exact, boost * word.weight, word.stem)
        return int(most) + 2  # each of both may be rounded up

    def word_at(self, word: Word, boost: float, documents: Array) -> Array:
        """Return what `word` gives *documents*, which are ascending, without reading all that hold it."""
        number = self._segment.term(schema.STEM, word.stem.text.encode())
        forms = self._segment.forms_of(word.exact.text.encode())
        if number is None:
            return np.zeros(len(documents), np.int32)
        if not forms or [form.term for form in forms] == [number]:
            factor = self._factor(word.exact, boost * word.weight, word.stem)
            factors = Factors(self._factor(word.stem, boost), forms, factor)
            found = compiled.scores_at(self._segment, number, self._norm(schema.STEM), factors, documents)
            if found is not None:
                return found
        form = self.scores_at(word.exact, boost * word.weight, documents, like=word.stem)
        stem = self.scores_at(word.stem, boost, documents)
        scores: Array = (stem + form) * (stem > 0)
        return scores

    def scores_at(self, term: Term, boost: float, documents: Array, like: Term | None = None) -> Array:
        """Return what `matches` would give *documents*, which are ascending, without reading all that hold *term*."""
        found = self._compiled_at(term, self._factor(term, boost, like), documents)
        if found is not None:
            return found
        weights = np.zeros(len(documents), np.float32)
        for part in slots_within(self._segment, term.field, term.text.encode(), documents):
            weights[documents.searchsorted(part.documents)] += part.weights
        return units(saturated(weights, self._norm(term.field).take(documents)), self._factor(term, boost, like))

    def _compiled_at(self, term: Term, factor: float, documents: Array) -> Array | None:
        text = term.text.encode()
        if term.field == schema.STEM and (number := self._segment.term(term.field, text)) is not None:
            return compiled.scores_at(self._segment, number, self._norm(term.field), Factors(factor), documents)
        if term.field == schema.EXACT and len(forms := self._segment.forms_of(text)) == 1:
            factors = Factors(None, forms, factor)
            return compiled.scores_at(self._segment, forms[0].term, self._norm(schema.STEM), factors, documents)
        return None

    def word(self, word: Word, boost: float) -> Matches | None:
        """
        Return the documents that hold the stem of *word*, with the score of its exact form where they hold that.

        The form counts by what its stem tells: by itself "kawin" may be rarer than all that is of its stem, and would
        outweigh it. One pass over the postings does for both. None if the form is none of the stem.
        """
        number = self._segment.term(schema.STEM, word.stem.text.encode())
        forms = self._segment.forms_of(word.exact.text.encode())
        if number not in [form.term for form in forms]:
            return None
        return self._formed(word.stem, number, boost, forms, self._factor(word.exact, boost * word.weight, word.stem))

    def _formed(
        self, stem: Term | None, number: int | None, boost: float, forms: Sequence[Form] = (), form_factor: float = 0
    ) -> Matches:
        """Return the documents of the stem *number*, scored as *stem* if it is asked for, and as holding *forms*."""
        if number is None:
            return nothing(self._segment.articles)
        if all(form.term == number for form in forms):
            factors = Factors(self._factor(stem, boost) if stem else None, forms, form_factor)
            found = compiled.matches(self._segment, number, self._norm(schema.STEM), factors)
            if found is not None:
                return found
        postings = self._segment.postings(number)
        weights, norms = postings.weights(), self._norms_of(postings)
        scores = np.zeros(len(weights), np.int32)
        if stem:
            scores += units(saturated(weights, norms), self._factor(stem, boost))
        if forms:
            scores += units(saturated(self._form_weights(postings, weights, number, forms), norms), form_factor)
        return _as_matches(self._segment.articles, postings, scores)

    def _form_weights(self, postings: Postings, weights: Array, number: int, forms: Sequence[Form]) -> Array:
        """Return for each slot of the stem *number* the weight of the occurrences that are of *forms*."""
        (form,) = (form for form in forms if form.term == number)
        own = weights
        if postings.codes is not None:
            own = weights * (postings.codes == form.code)
            mixed = self._segment.mixed(form)
            own[mixed.slots] = mixed.weights()
        for other in forms:  # the same form of another stem, as "dua" and "kedua" have "kedua"
            if other is not form:
                own = _with_added(own, weights, postings, slots_of_form(self._segment, other))
        return own

    def _joined(self, term: Term, boost: float, like: Term | None) -> Matches:
        parts = slots_of(self._segment, term.field, term.text.encode())
        if not parts:
            return nothing(self._segment.articles)
        documents, weights = joined(parts)
        if term.field in schema.WORD_FIELDS:
            weights = saturated(weights, self._norm(term.field).take(documents))
        return matches_of(self._segment.articles, documents, units(weights, self._factor(term, boost, like)))

    def _factor(self, term: Term, boost: float, like: Term | None = None) -> float:
        """
        Return what the saturated weight of *term* is multiplied by, in units; whole values count nearly nothing.

        It tells what *like* does, if that is given.
        """
        if term.field not in schema.WORD_FIELDS:
            return 1.0
        return boost * self._factors.get(term.field, 1.0) * self._statistics.rarity(like or term) * UNIT

    def _norms_of(self, postings: Postings) -> Array:
        norms = self._norm(schema.STEM)
        return norms if postings.documents is None else norms.take(postings.documents)

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


def units(counted: Array, factor: float) -> Array:
    """Return *factor* times *counted* as whole numbers (int32): at least 1 above 0, since 0 says "no match"."""
    scores: Array = np.rint(counted * np.float32(factor)).astype(np.int32)
    return np.maximum(scores, counted > 0, out=scores)


def _with_added(own: Array, weights: Array, postings: Postings, slots: Slots) -> Array:
    """
    Return the *own* weights of a form in the slots of *postings* with what *slots* of another term add to them.

    *weights* are those of all forms: a slot that has none is no match.
    """
    documents, added = joined([slots])
    if postings.documents is None:
        place, has = documents, np.flatnonzero(weights.take(documents))
    else:
        place = np.minimum(postings.documents.searchsorted(documents), postings.holding - 1)
        has = np.flatnonzero(postings.documents.take(place) == documents)
    own = own.copy()
    own[place.take(has)] += added.take(has)
    return own


def _as_matches(articles: int, postings: Postings, scores: Array) -> Matches:
    """Return the slots of *postings* whose *scores* are above 0."""
    if postings.documents is None:
        return DenseMatches(scores)
    kept = np.flatnonzero(scores)
    if len(kept) == len(scores):
        return matches_of(articles, postings.documents, scores)
    return matches_of(articles, postings.documents.take(kept), scores.take(kept))
