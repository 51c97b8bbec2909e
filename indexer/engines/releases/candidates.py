"""
Which pairs of articles are looked at for copies, as not all can be.

Those are that have the same in two slots of their signatures that are near each other (a band), and those of one title.
All copies are among them, but where crowds have the same: these cost little, and each is looked at with some of them.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.releases.signatures import EMPTY, SLOTS
from indexer.engines.releases.traits import UNKNOWN, Traits

_CROWD = 32  # documents that have the same in a band are compared with so many after them, so that crowds cost little
_VALUES = EMPTY + 1
_NEAR = [(slot, (slot + step) % SLOTS) for step in (1, 2, 3) for slot in range(SLOTS)]
"""Bands of slots near each other: of nine slots that are equal two are always so near."""

_FARTHER = [(slot, (slot + step) % SLOTS) for step in (4, 5, 6) for slot in range(SLOTS)]
"""Bands for short texts, of which five equal slots may be enough: two that have all slots filled need nine."""

_BITS = 32  # of the number of a document, and of a moment
_LOW = (1 << _BITS) - 1


def within(traits: Traits) -> Iterator[tuple[Array, Array]]:
    """Yield pairs of documents of *traits*, the lower number first; some more than once."""
    for documents, values in _bands(traits.signatures):
        yield from _neighbours(documents, values)
    yield from _of_one_title(traits)


def between(some: Traits, others: Traits) -> Iterator[tuple[Array, Array]]:
    """Yield pairs of a document of *some* and one of *others*; some more than once."""
    yield from _meetings(some.signatures, others.signatures)
    yield from _with_the_same_title(some, others)


def _bands(rows: Array) -> Iterator[tuple[Array, Array]]:
    """Yield for each band the documents that have both of its slots, in the order of their values, and these."""
    for bands, among in ((_NEAR, np.arange(len(rows))), (_FARTHER, _short(rows))):
        for slot, after in bands:
            one, other = rows[among, slot], rows[among, after]
            kept = np.flatnonzero((one != EMPTY) & (other != EMPTY))
            values = _joined(one[kept], other[kept]).astype(np.uint64)
            ordered = np.sort(values << np.uint64(_BITS) | among[kept].astype(np.uint64))
            yield (ordered & np.uint64(_LOW)).astype(np.int64), ordered >> np.uint64(_BITS)


def _short(rows: Array) -> Array:
    """Return the documents that have slots which no shingle belongs to, of *rows*."""
    return np.flatnonzero((rows == EMPTY).any(axis=1))


def _neighbours(documents: Array, values: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the pairs of *documents* near each other that have the same of *values*, which are in order."""
    for step in range(1, _CROWD):
        same = np.flatnonzero(values[step:] == values[:-step])
        if not len(same):
            return
        yield documents[same], documents[same + step]


def _of_one_title(traits: Traits) -> Iterator[tuple[Array, Array]]:
    """Yield the pairs of documents that have the same title, and are near each other in time."""
    documents = np.flatnonzero((traits.titles != UNKNOWN) & _is_told(traits))
    order = documents[_by_title(traits)[documents].argsort(kind="stable")]
    for one, other in _neighbours(order, traits.titles[order]):
        yield np.minimum(one, other), np.maximum(one, other)


def _with_the_same_title(some: Traits, others: Traits) -> Iterator[tuple[Array, Array]]:
    """Yield the pairs of a document of *some* and one of *others* that have the same title, and are near in time."""
    own = np.flatnonzero((some.titles != UNKNOWN) & _is_told(some))
    there = np.flatnonzero(np.isin(others.titles, some.titles[own]) & _is_told(others))
    keys = _by_title(others)[there]
    order = keys.argsort(kind="stable")
    keys, order = keys[order], there[order]
    titles = others.titles[order]
    middle = keys.searchsorted(_by_title(some)[own])
    for step in range(-_CROWD, _CROWD):
        place = middle + step
        is_there = np.flatnonzero((place >= 0) & (place < len(order)))
        same = is_there[titles[place[is_there]] == some.titles[own[is_there]]]
        yield own[same], order[place[same]]


def _is_told(traits: Traits) -> Array:
    """Return whether something is said of the body of each document."""
    told: Array = (traits.signatures != EMPTY).any(axis=1)
    return told


def _by_title(traits: Traits) -> Array:
    """Return numbers by which documents are in the order of their titles, and those of one title in that of time."""
    moment = np.where(traits.published == MISSING_DATE, 0, traits.published).clip(0, _LOW)
    return traits.titles.astype(np.uint64) << np.uint64(_BITS) | moment.astype(np.uint64)


def _meetings(rows: Array, other_rows: Array) -> Iterator[tuple[Array, Array]]:
    """Yield for each band the pairs of documents of both sides that have the same in its slots."""
    yield from _met(rows, other_rows, _NEAR)
    own, others = _short(rows), _short(other_rows)
    for first, second in _met(rows[own], other_rows[others], _FARTHER):
        yield own[first], others[second]


def _met(rows: Array, other_rows: Array, bands: Sequence[tuple[int, int]]) -> Iterator[tuple[Array, Array]]:
    """Yield for each of *bands* the pairs of a document of each side that have the same in its slots."""
    marked = np.zeros((SLOTS, _VALUES), bool)
    marked[np.arange(SLOTS), rows] = True
    marked[:, EMPTY] = False
    met = [marked[slot].take(other_rows[:, slot]) for slot in range(SLOTS)]
    for slot, after in bands:
        others = np.flatnonzero(met[slot] & met[after])
        own = _joined(rows[:, slot], rows[:, after])
        order = own.argsort(kind="stable")
        wanted = _joined(other_rows[others, slot], other_rows[others, after])
        low, high = (np.searchsorted(own, wanted, side, sorter=order) for side in ("left", "right"))
        counts = high - low
        place = np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
        yield order[place], np.repeat(others, counts)


def _joined(one: Array, other: Array) -> Array:
    """Return two slots as one number."""
    return one.astype(np.int64) << 16 | other
