"""Scores of many lists added up, looking only at the documents that are in them."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from search.engines.whoosh.matches import DenseMatches, Matches, where


class Sum:
    """
    The sum of lists over the documents of one segment.

    While only short lists are added, what they have in common is all that is looked at: to look through an array of
    all documents takes longer than to add up lists of a twentieth of them.
    """

    def __init__(self, articles: int) -> None:
        """Begin with nothing."""
        self._total = np.zeros(articles, np.int32)  # touched only where a list has a document
        self._parts: list[Array] | None = []

    def add(self, matches: Matches) -> None:
        """Add the scores of *matches*."""
        if isinstance(matches, DenseMatches) or self._parts is None:
            matches.add_to(self._total)
            self._parts = None
            return
        documents = matches.documents
        before = self._total.take(documents)
        self._total[documents] = before + matches.scores
        self._parts.append(documents.take(where(before == 0)) if self._parts else documents)

    def all(self) -> tuple[Array, Array]:
        """Return the documents of all lists, each once, in no order, and their sums."""
        if self._parts is None:
            documents = where(self._total)
        else:
            documents = np.concatenate(self._parts) if self._parts else np.zeros(0, np.int64)
        return documents, self._total.take(documents)

    def reaching(self, score: int) -> tuple[Array, Array]:
        """Return the documents whose sum is *score*, which is above 0, or more, and their sums."""
        if self._parts is None:
            documents = where(self._total >= score)
            return documents, self._total.take(documents)
        documents, scores = self.all()
        kept = where(scores >= score)
        return documents.take(kept), scores.take(kept)

    def marks(self) -> Array:
        """Return for every document whether it is in one of the lists."""
        if self._parts is None:
            return self._total > 0
        marks = np.zeros(len(self._total), bool)
        for part in self._parts:
            marks[part] = True
        return marks


def sum_of(articles: int, lists: Sequence[Matches]) -> Sum:
    """Return the sum of *lists*."""
    total = Sum(articles)
    for matches in lists:
        total.add(matches)
    return total
