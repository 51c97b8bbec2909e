"""
The values that most documents have, over several segments, each of which numbers its values for itself.

Few of the values are read: those that come first in some segment. Of a value that comes first in none it is known how
many documents it can have at most, and that tells whether it can be among the commonest of all (Fagin's threshold).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from heapq import nlargest

import numpy as np

from indexer.engines.arrays import Array

_FIRST = 4
"""How many times the values that are wanted are read first of each segment."""

_DEEPER = 8
"""How many times more are read where the first ones do not settle it."""


class Counted:
    """The *values* of a segment, sorted, and how many documents have each: its *counts*, by number."""

    def __init__(self, values: Sequence[str], counts: Array) -> None:
        """Hold *counts* of *values*."""
        self._values, self._counts = values, counts

    @cached_property
    def _order(self) -> Array:
        """The numbers of the values that any document has, the commonest first."""
        numbers = self._counts.nonzero()[0]
        return numbers.take(np.argsort(-self._counts.take(numbers), kind="stable"))

    def first(self, most: int) -> dict[str, int]:
        """Return the commonest *most* values, and how many documents have each."""
        numbers = self._order[:most]
        return {
            self._values[number]: count
            for number, count in zip(numbers.tolist(), self._counts.take(numbers).tolist(), strict=True)
        }

    def beyond(self, most: int) -> int:
        """Return how many documents any other value has than the commonest *most*."""
        return int(self._counts[self._order[most]]) if most < len(self._order) else 0

    def of(self, value: str) -> int:
        """Return how many documents have *value*."""
        number = bisect_left(self._values, value)
        return int(self._counts[number]) if number < len(self._values) and self._values[number] == value else 0


def commonest(parts: Sequence[Counted], most: int) -> list[tuple[str, int]]:
    """Return the *most* values of all *parts* that most documents have, and how many; of equal ones the lower."""
    reach = _FIRST * most
    while True:
        counts = _complete(parts, most, reach)
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
        unseen = sum(part.beyond(reach) for part in parts)
        if not unseen or (len(best) == most and best[-1][1] > unseen):
            return best
        reach *= _DEEPER


def _complete(parts: Sequence[Counted], most: int, reach: int) -> dict[str, int]:
    """Return the counts of those values that are among the first *reach* of a part and may be the commonest of all."""
    firsts = [part.first(reach) for part in parts]
    seen: Counter[str] = Counter()
    for first in firsts:
        seen.update(first)
    beyond = [part.beyond(reach) for part in parts]
    lowest = min(nlargest(most, seen.values()), default=0)
    counts = {}
    for value, count in seen.items():
        unread = [n for n, first in enumerate(firsts) if beyond[n] and value not in first]
        if count + sum(beyond[n] for n in unread) >= lowest:
            counts[value] = count + sum(parts[n].of(value) for n in unread)
    return counts
