"""
Matches: documents of one segment with a score each, as arrays.

Scores are whole numbers of `UNIT`: their sums do not depend on the order of adding, so that every page of one answer
is cut from the same order, and equal scores are equal. A document that matches has a score of 1 at least, so that in
an array of all documents 0 says "no match".
"""

from functools import cached_property

import numpy as np

from indexer.engines.whoosh.codec.files import Array

UNIT = 1 << 16
"""Units of a score of 1.0: scores are exact to 1.5e-5, and thousands of words fit into 32 bits."""

HEAD = 128
"""How many of the best documents of a list are known without looking at the others."""

DENSE = 16
"""A list that more than one in this many documents match is kept as an array of all documents."""

_END = np.array([np.iinfo(np.int32).max], np.int32)
_ZERO = np.zeros(1, np.int32)


class Matches:
    """
    Documents in ascending order, and the score of each; immutable.

    *padded* are the documents with one more that is above all, *scores* theirs, the last of them 0 (both int32).
    """

    def __init__(self, articles: int, documents: Array, scores: Array) -> None:
        """Hold *scores* of *documents* in a segment of *articles*."""
        self.articles = articles
        self.count = len(documents)
        self.padded = np.concatenate((documents, _END), dtype=np.int32, casting="unsafe")
        self.scores = np.concatenate((scores, _ZERO), dtype=np.int32, casting="unsafe")

    @property
    def documents(self) -> Array:
        """The documents alone."""
        return self.padded[:-1]

    @cached_property
    def bound(self) -> int:
        """The highest score; 0 where nothing matches."""
        return int(self.scores.max())

    @cached_property
    def dense(self) -> Array | None:
        """The score of every document of the segment, if there are enough matches for that."""
        if self.count * DENSE < self.articles:
            return None
        dense = np.zeros(self.articles, np.int32)
        dense[self.documents] = self.scores[:-1]
        return dense

    @cached_property
    def bits(self) -> Array:
        """A bit for every document of the segment, in words of 64."""
        return packed(self.dense > 0) if self.dense is not None else packed(marked(self.articles, self.documents))

    @property
    def nbytes(self) -> int:
        """The memory that it takes, with all that it will remember."""
        dense = self.articles * 4 if self.count * DENSE >= self.articles else 0
        return 8 * self.count + dense + self.articles // 8 + 8 * HEAD + 500

    def at(self, documents: Array) -> Array:
        """Return the score of each of *documents*, 0 where one does not match."""
        if self.dense is not None:
            return self.dense.take(documents)
        place = self.padded.searchsorted(documents)
        scores = self.scores.take(place)
        scores *= self.padded.take(place) == documents
        return scores

    def best(self, newest: Array, count: int) -> tuple[Array, Array]:
        """Return the best *count* documents and their scores, equal ones by the place that *newest* gives them."""
        if count > HEAD:
            return best(self.documents, self.scores[:-1], newest, count)
        documents, scores = self._head(newest)
        return documents[:count], scores[:count]

    def floor(self, newest: Array, count: int) -> int:
        """Return a score that *count* documents reach, 0 if there are not so many."""
        if count > min(self.count, HEAD):
            return 0
        return int(self._head(newest)[1][count - 1])

    def _head(self, newest: Array) -> tuple[Array, Array]:
        if not hasattr(self, "_known_head"):
            self._known_head = best(self.documents, self.scores[:-1], newest, HEAD)
        return self._known_head


def nothing(articles: int) -> Matches:
    """Return no match in a segment of *articles*."""
    return Matches(articles, np.zeros(0, np.int32), np.zeros(0, np.int32))


def of_dense(dense: Array) -> Matches:
    """Return the matches of an array with the score of every document."""
    documents = np.flatnonzero(dense)
    return Matches(len(dense), documents, dense.take(documents))


def best(documents: Array, scores: Array, newest: Array, count: int) -> tuple[Array, Array]:
    """Return the *count* documents of the highest *scores* with these, equal ones by the place in *newest*."""
    if len(scores) > count:
        lowest = np.partition(scores, len(scores) - count)[len(scores) - count]
        kept = np.flatnonzero(scores >= lowest)
        documents, scores = documents.take(kept), scores.take(kept)
    places = newest.take(documents).astype(np.int64)
    key = places - (scores.astype(np.int64) << 32)
    if len(key) > 4 * count:  # many are equal: a sort of all of them would be felt
        key = np.argpartition(key, count)[:count]
        documents, scores = documents.take(key), scores.take(key)
        return best(documents, scores, newest, count)
    order = key.argsort()[:count]
    return documents.take(order), scores.take(order)


def marked(articles: int, documents: Array) -> Array:
    """Return for each of *articles* whether it is among *documents*."""
    marks = np.zeros(articles, bool)
    marks[documents] = True
    return marks


def packed(marks: Array) -> Array:
    """Return *marks* as bits in words of 64."""
    bits = np.packbits(marks)
    padded = np.zeros(-(-len(bits) // 8) * 8, np.uint8)
    padded[: len(bits)] = bits
    return padded.view(np.uint64)


def set_bits(bits: Array) -> int:
    """Return how many of *bits* are set."""
    return int(np.bitwise_count(bits).sum())
