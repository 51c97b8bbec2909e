"""The values of a key field, coded as numbers: which documents have some of them, and how many have each."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.reading import OpenSegment

_FEW = 4
"""The tags of fewer than one in so many documents are gathered document by document; else all are looked through."""


class Coded(Protocol):
    """A key field of one segment."""

    @property
    def values(self) -> Sequence[str]:
        """Its values, sorted; their places are their numbers."""

    def having(self, numbers: Iterable[int]) -> Array:
        """Return for each document of the segment whether one of its values has one of *numbers*."""

    def counts(self, documents: Array) -> Array:
        """Return how many of *documents* have each value, by its number."""


def coded(segment: OpenSegment, field: str) -> Coded:
    """Return the values of *field* in *segment*."""
    return _Tags(segment) if field == schema.TAG_KEYS else _OneEach(segment, field)


class _OneEach:
    """A field of which each document has one value, "" for none."""

    def __init__(self, segment: OpenSegment, field: str) -> None:
        self.values = segment.columns.values(field)
        self._numbers = segment.columns.numbers(field).whole()

    def having(self, numbers: Iterable[int]) -> Array:
        found: Array = _marked(len(self.values), numbers).take(self._numbers)
        return found

    def counts(self, documents: Array) -> Array:
        found = np.bincount(self._numbers.take(documents), minlength=len(self.values))
        if len(self.values) and not self.values[0]:
            found[0] = 0
        return found


class _Tags:
    """The tags, of which a document has several, or none."""

    def __init__(self, segment: OpenSegment) -> None:
        tags = segment.columns.tags
        self.values = tags.values
        self._starts, self._numbers = tags.starts.whole(), tags.numbers.whole()

    def having(self, numbers: Iterable[int]) -> Array:
        kept = np.zeros(len(self._starts) - 1, bool)
        entries = _marked(len(self.values), numbers).take(self._numbers).nonzero()[0]
        kept[self._starts.searchsorted(entries, side="right") - 1] = True
        return kept

    def counts(self, documents: Array) -> Array:
        starts = self._starts.astype(np.int64)
        sizes = np.diff(starts)
        if len(documents) * _FEW < len(sizes):
            sizes, starts = sizes.take(documents), starts.take(documents)
            before = np.cumsum(sizes) - sizes
            entries = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
            return np.bincount(self._numbers.take(entries), minlength=len(self.values))
        asked = np.zeros(len(sizes), bool)
        asked[documents] = True
        return np.bincount(self._numbers[np.repeat(asked, sizes)], minlength=len(self.values))


def numbers_of(values: Sequence[str], wanted: Iterable[str]) -> Iterator[int]:
    """Yield the numbers of those *wanted* that are among *values*."""
    for value in map(schema.key, wanted):
        number = bisect_left(values, value)
        if number < len(values) and values[number] == value:
            yield number


def _marked(size: int, numbers: Iterable[int]) -> Array:
    marks = np.zeros(size, bool)
    marks[list(numbers)] = True
    return marks
