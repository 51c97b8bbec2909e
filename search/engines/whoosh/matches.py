"""
Matches: documents of one segment with a score each, as arrays.

Scores are whole numbers of `UNIT`: their sums do not depend on the order of adding, so that every page of one answer
is cut from the same order, and equal scores are equal. A document that matches has a score of 1 at least, so that in
an array of all documents 0 says "no match".
"""

from abc import ABC, abstractmethod
from functools import cached_property

import numpy as np

from indexer.engines.arrays import Array

UNIT = 1 << 16
"""Units of a score of 1.0: scores are exact to 1.5e-5, and thousands of words fit into 32 bits."""

HEAD = 128
"""How many of the best documents of a list are known without looking at the others."""

DENSE = 12
"""
A list that more than one in this many documents match is an array of all documents. Adding one up takes an eighth of
the time of adding up a list; keeping it takes as much memory as a list of half of the documents.
"""

_END = np.array([np.iinfo(np.int32).max], np.int32)
_ZERO = np.zeros(1, np.int32)


class Matches(ABC):
    """Documents in ascending order, and the score of each; immutable."""

    articles: int
    """The documents of the segment, whether they match or not."""

    count: int
    """The documents that match."""

    @property
    @abstractmethod
    def documents(self) -> Array:
        """The documents that match."""

    @property
    @abstractmethod
    def scores(self) -> Array:
        """Their scores, in units (int32)."""

    @property
    @abstractmethod
    def nbytes(self) -> int:
        """The memory that they take, with all that they will remember."""

    @abstractmethod
    def at(self, documents: Array) -> Array:
        """Return the score of each of *documents*, 0 where one does not match."""

    @abstractmethod
    def add_to(self, total: Array) -> None:
        """Add the scores to those of all documents, *total*."""

    @abstractmethod
    def reaching(self, score: int) -> tuple[Array, Array]:
        """Return the documents that have *score*, which is above 0, or more, and their scores."""

    @cached_property
    @abstractmethod
    def bound(self) -> int:
        """The highest score; 0 where nothing matches."""

    def best(self, newest: Array, count: int) -> tuple[Array, Array]:
        """Return the best *count* documents and their scores, equal ones by the place that *newest* gives them."""
        if count > HEAD:
            return self._best(newest, count)
        if not hasattr(self, "_head"):
            self._head = self._best(newest, HEAD)
        documents, scores = self._head
        return documents[:count], scores[:count]

    def _best(self, newest: Array, count: int) -> tuple[Array, Array]:
        if self.count <= count:
            return best(self.documents, self.scores, newest, count)
        return best(*self.reaching(lowest_of(self.scores, count)), newest, count)


class SparseMatches(Matches):
    """A list; *padded* has one more document, which is above all, and a score of 0 for it."""

    def __init__(self, articles: int, documents: Array, scores: Array) -> None:
        """Hold *scores* of *documents* in a segment of *articles*."""
        self.articles, self.count = articles, len(documents)
        self.padded = np.concatenate((documents, _END), dtype=np.int32, casting="unsafe")
        self._scores = np.concatenate((scores, _ZERO), dtype=np.int32, casting="unsafe")

    @classmethod
    def ending(cls, articles: int, documents: Array, scores: Array, count: int) -> "SparseMatches":
        """Return the first *count* of *documents* and *scores* (int32), which have room for one more and are taken."""
        documents[count : count + 1], scores[count : count + 1] = _END, _ZERO
        found = cls.__new__(cls)
        found.articles, found.count = articles, count
        whole = len(documents) <= 2 * count  # few of many are copied, to keep no more than they take
        found.padded = documents[: count + 1] if whole else documents[: count + 1].copy()
        found._scores = scores[: count + 1] if whole else scores[: count + 1].copy()  # noqa: SLF001 - of this class
        return found

    @property
    def documents(self) -> Array:
        """The documents that match (int32)."""
        return self.padded[:-1]

    @property
    def scores(self) -> Array:
        """Their scores, in units (int32)."""
        return self._scores[:-1]

    @property
    def nbytes(self) -> int:
        """The memory that they take, with all that they will remember."""
        return 8 * (self.count + HEAD) + 800

    @cached_property
    def bound(self) -> int:
        """The highest score; 0 where nothing matches."""
        return int(self._scores.max())

    def at(self, documents: Array) -> Array:
        """Return the score of each of *documents*, 0 where one does not match."""
        place = self.padded.searchsorted(documents)
        scores: Array = self._scores.take(place)
        scores *= self.padded.take(place) == documents
        return scores

    def add_to(self, total: Array) -> None:
        """Add the scores to those of all documents, *total*."""
        total[self.documents] += self.scores

    def reaching(self, score: int) -> tuple[Array, Array]:
        """Return the documents that have *score*, which is above 0, or more, and their scores."""
        kept = where(self._scores >= score)
        return self.padded.take(kept), self._scores.take(kept)


class DenseMatches(Matches):
    """An array with the score of every document, 0 where it does not match."""

    def __init__(self, dense: Array, count: int | None = None) -> None:
        """Hold *dense* (int32), of which *count* are above 0."""
        self.dense = dense
        self.articles = len(dense)
        self.count = int(np.count_nonzero(dense > 0)) if count is None else count

    @property
    def documents(self) -> Array:
        """The documents that match."""
        return where(self.dense > 0)

    @property
    def scores(self) -> Array:
        """Their scores, in units (int32)."""
        return self.dense.take(self.documents)

    @property
    def nbytes(self) -> int:
        """The memory that they take, with all that they will remember."""
        return self.dense.nbytes + self.articles // 8 + 8 * HEAD + 800

    @cached_property
    def bound(self) -> int:
        """The highest score; 0 where nothing matches."""
        return int(self.dense.max(initial=0))

    @cached_property
    def bits(self) -> Array:
        """A bit for every document, in words of 64."""
        return packed(self.dense > 0)

    def at(self, documents: Array) -> Array:
        """Return the score of each of *documents*, 0 where one does not match."""
        return self.dense.take(documents)

    def add_to(self, total: Array) -> None:
        """Add the scores to those of all documents, *total*."""
        total += self.dense

    def reaching(self, score: int) -> tuple[Array, Array]:
        """Return the documents that have *score*, which is above 0, or more, and their scores."""
        documents = where(self.dense >= score)
        return documents, self.dense.take(documents)


def nothing(articles: int) -> Matches:
    """Return no match in a segment of *articles*."""
    return SparseMatches(articles, _ZERO[:0], _ZERO[:0])


def matches_of(articles: int, documents: Array, scores: Array) -> Matches:
    """Return *scores* of *documents* in the form that suits how many there are."""
    if len(documents) * DENSE < articles:
        return SparseMatches(articles, documents, scores)
    dense = np.zeros(articles, np.int32)
    dense[documents] = scores
    return DenseMatches(dense)


def best(documents: Array, scores: Array, newest: Array, count: int) -> tuple[Array, Array]:
    """Return the *count* documents of the highest *scores* with these, equal ones by the place in *newest*."""
    if len(scores) > count:
        kept = where(scores >= lowest_of(scores, count))
        documents, scores = documents.take(kept), scores.take(kept)
    key = newest.take(documents) - (scores.astype(np.int64) << 32)
    if len(key) > 4 * count:  # many are equal: a sort of all of them would be felt
        first = np.argpartition(key, count)[:count]
        key, documents, scores = key.take(first), documents.take(first), scores.take(first)
    order = key.argsort()[:count]
    return documents.take(order), scores.take(order)


def lowest_of(scores: Array, count: int) -> int:
    """Return the lowest of the *count* best of *scores*, 1 if there are not so many."""
    return int(np.partition(scores, len(scores) - count)[len(scores) - count]) if len(scores) > count else 1


def where(marks: Array) -> Array:
    """Return the places at which *marks* are true; of short arrays in half the time of `np.flatnonzero`."""
    places: Array = marks.nonzero()[0]
    return places


def packed(marks: Array) -> Array:
    """Return *marks*, one for each document, as bits in words of 64."""
    bits = np.packbits(marks)
    padded = np.zeros(-(-len(bits) // 8) * 8, np.uint8)
    padded[: len(bits)] = bits
    return padded.view(np.uint64)


def set_bits(bits: Array) -> int:
    """Return how many of *bits* are set."""
    return int(np.bitwise_count(bits).sum())
