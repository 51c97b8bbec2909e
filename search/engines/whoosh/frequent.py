"""Words that so many documents hold that it is cheaper to look up what they add than to add it up."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh import compiled
from search.engines.whoosh.leaves import TermScorer
from search.engines.whoosh.matches import DenseMatches, Matches
from search.query import Word

FREQUENT = 24
"""A word that one in so many documents holds is frequent."""


@dataclass(frozen=True, slots=True)
class FrequentWord:
    """
    A frequent word of a query.

    *read* gives the matches of all documents that hold it; *known* has them if they were read before. *bound* is a
    score that no document exceeds.
    """

    segment: OpenSegment
    terms: TermScorer
    word: Word
    boost: float
    read: Callable[[], Matches]
    known: Matches | None
    bound: int

    def at(self, documents: Array) -> Array:
        """Return the score of each of *documents*, which are in any order; 0 where one does not hold it."""
        if self.known:
            return self.known.at(documents)
        order = documents.argsort()
        scores = np.empty(len(documents), np.int32)
        scores[order] = self.terms.word_at(self.word, self.boost, documents.take(order))
        return scores

    def mark(self, marks: Array) -> None:
        """Set those of *marks*, one for each document of the segment, whose documents hold it."""
        if isinstance(self.known, DenseMatches):
            marks |= self.known.dense > 0
            return
        number = self.segment.term(self.word.stem.field, self.word.stem.text.encode())
        if number is None or compiled.mark(self.segment, number, marks):
            return
        postings = self.segment.postings(number)
        if postings.documents is not None:
            marks[postings.documents] = True
        elif postings.packed is not None:
            marks |= postings.packed > 0
