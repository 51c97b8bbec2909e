"""What the ranking knows of the whole index: how many articles, how long they are, how many hold a term."""

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.found import slots_of
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.query import Term
from search.ranking import idf

_DRIFT = 100  # of so many articles one may come or go before the statistics are taken anew
_REMEMBERED = 1 << 14  # terms whose articles are counted once


class Statistics:
    """The statistics of all *segments* together; articles that are deleted count until a merge removes them."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        """Count over *segments*."""
        self._segments = segments
        self.articles = sum(segment.articles for segment in segments)
        self.holding = lru_cache(_REMEMBERED)(partial(_holding_in, segments))
        """Return how many articles hold the term *text* in *field*."""

    def is_near(self, other: "Statistics") -> bool:
        """Say whether the scores by both would hardly differ, so that what is remembered by *other* may stay."""
        return abs(self.articles - other.articles) * _DRIFT <= other.articles

    def average_length(self, field: str) -> float:
        """Return how many words an article has in *field*, on average; 0 for an empty index."""
        return sum(segment.facts(field).length for segment in self._segments) / max(1, self.articles)

    def rarity(self, term: Term) -> float:
        """Return what *term* tells, by how many articles hold it."""
        return idf(self.articles, self.holding(term.field, term.text.encode()))


def _holding_in(segments: Sequence[OpenSegment], field: str, text: bytes) -> int:
    return sum(_holding(segment, field, text) for segment in segments)


def _holding(segment: OpenSegment, field: str, text: bytes) -> int:
    if field != schema.EXACT:
        term = segment.term(field, text)
        return 0 if term is None else segment.holding(term)
    forms = segment.forms_of(text)
    return _union(segment, text) if len(forms) > 1 else sum(form.holding for form in forms)


def _union(segment: OpenSegment, text: bytes) -> int:
    """Count the articles of a form of several stems, as an article may hold it as a form of each."""
    parts = slots_of(segment, schema.EXACT, text)
    return len(np.unique(np.concatenate([part.documents for part in parts])))
