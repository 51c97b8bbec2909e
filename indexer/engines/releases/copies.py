"""
Copies: articles that are one release, as several portals printed it.

Whether two articles are copies depends on nothing but what a segment holds of each (`Traits`), so that it is the same
however they came into the index, one by one or all at once. Articles that share two slots of their signatures that are
near each other (a band) are looked at. Two portals hardly print the same by chance. One portal has set phrases, and
tells one story day by day: there the same title on the same day is asked for too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

import numpy as np

from indexer.engines.moments import MISSING_DATE
from indexer.engines.releases.signatures import EMPTY, SLOTS, Array

WHOLE = 255
"""What stands for all shingles where it is said how many are shared."""

SHARED = 64
"""The part of the shingles of both, of `WHOLE`, that copies have in common, at least: 9 of 32 slots."""

SHARED_UNDER_ONE_TITLE = 39
"""The same where both have the same title: 5 of 32 slots."""

CONTAINED = 0.5
"""The part of the shingles of the shorter one that the longer one has, at least."""

LATEST = 14 * 86_400
"""Seconds after the first one in which a portal still prints a release."""

SAME_DAY = 12 * 3_600
"""Seconds in which one portal prints a text again under its title; a day later it is the news of that day."""

UNKNOWN = 0
"""The mark of a portal or a title that is not known, and equal to no other."""

_CROWD = 32  # documents that have the same in a band are compared with so many after them, so that crowds cost little
_VALUES = EMPTY + 1
_BANDS = [(slot, (slot + step) % SLOTS) for step in (1, 2, 3) for slot in range(SLOTS)]
"""Slots near each other: two documents are looked at where both of a band are equal, as where nine or more are."""
_BITS = 32  # of the number of a document
_LOW = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Traits:
    """
    What tells copies, of each document: *signatures* (a row for each), the *words* of title and body, the moment.

    *portals* and *titles* are marks (`mark`) of the portal and the title, *published* seconds since 1970.
    """

    signatures: Array
    words: Array
    portals: Array
    titles: Array
    published: Array

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.signatures)


class Pairs(NamedTuple):
    """Pairs of copies, in order: the *first* and the *second* (uint32) of each, and what is *shared* (uint8)."""

    first: Array
    second: Array
    shared: Array


def mark(text: str) -> int:
    """Return the mark of *text*: equal texts have equal ones, and others hardly ever (32 bits)."""
    return crc32(text.encode()) or 1 if text else UNKNOWN


def copies_within(traits: Traits) -> Pairs:
    """Return the pairs of documents of *traits* that are copies, the lower number first."""
    found = (_likely(traits, *two, traits) for band in _bands(traits.signatures) for two in _neighbours(*band))
    return _copies(traits, traits, found)


def copies_between(some: Traits, others: Traits) -> Pairs:
    """
    Return the pairs of a document of *some* and one of *others* that are copies.

    A pass over *others* for each slot; *some* should be the fewer.
    """
    found = (_likely(some, *two, others) for two in _meetings(some.signatures, others.signatures))
    return _copies(some, others, found)


def shared_by(rows: Array, other_rows: Array) -> Array:
    """Return which part of the shingles of two documents both have, of `WHOLE`, signature by signature (uint8)."""
    known = (rows != EMPTY) | (other_rows != EMPTY)
    equal = (rows == other_rows) & (rows != EMPTY)
    shared: Array = WHOLE * np.count_nonzero(equal, axis=1) // np.maximum(1, np.count_nonzero(known, axis=1))
    return shared.astype(np.uint8)


def _likely(some: Traits, first: Array, second: Array, others: Traits) -> Array:
    """Return as numbers those pairs of *first* of *some* and *second* of *others* that may be copies."""
    kept = _may_be(some, first, others, second)
    return first[kept] << _BITS | second[kept]


def _copies(some: Traits, others: Traits, found: Iterable[Array]) -> Pairs:
    """Return those pairs of *some* and *others* that share enough, of all that were *found* to be likely."""
    pairs = np.unique(np.concatenate([np.zeros(0, np.int64), *found]))
    first, second = pairs >> _BITS, pairs & _LOW
    shared = shared_by(some.signatures[first], others.signatures[second])
    part = shared / WHOLE
    words, other_words = some.words[first].astype(np.int64), others.words[second].astype(np.int64)
    in_common = part / (1 + part) * (words + other_words)
    kept = (shared >= SHARED) & (in_common >= CONTAINED * np.minimum(words, other_words))
    kept |= (shared >= SHARED_UNDER_ONE_TITLE) & _under_one_title(some, first, others, second)
    return Pairs(first[kept].astype(np.uint32), second[kept].astype(np.uint32), shared[kept])


def _under_one_title(some: Traits, first: Array, others: Traits, second: Array) -> Array:
    """Return whether two documents have the same title."""
    titles = some.titles[first]
    same: Array = (titles == others.titles[second]) & (titles != UNKNOWN)
    return same


def _may_be(some: Traits, first: Array, others: Traits, second: Array) -> Array:
    """Return whether the portals, the titles and the moments of two documents are those that copies may have."""
    portals, other_portals = some.portals[first], others.portals[second]
    apart = _apart(some.published[first], others.published[second])
    elsewhere = (portals != other_portals) & (apart <= LATEST)
    again = _under_one_title(some, first, others, second) & (apart <= SAME_DAY)
    may_be: Array = elsewhere | again
    return may_be


def _apart(moments: Array, others: Array) -> Array:
    """Return how many seconds lie between moments; 0 where one is not known."""
    known = (moments != MISSING_DATE) & (others != MISSING_DATE)
    apart: Array = np.abs(np.where(known, moments, 0) - np.where(known, others, 0))
    return apart


def _bands(rows: Array) -> Iterator[tuple[Array, Array]]:
    """Yield for each band the documents that have both of its slots, in the order of their values, and these."""
    for slot, after in _BANDS:
        one, other = rows[:, slot], rows[:, after]
        documents = np.flatnonzero((one != EMPTY) & (other != EMPTY))
        values = _joined(one[documents], other[documents]).astype(np.uint64)
        ordered = np.sort(values << np.uint64(_BITS) | documents.astype(np.uint64))
        yield (ordered & np.uint64(_LOW)).astype(np.int64), ordered >> np.uint64(_BITS)


def _neighbours(documents: Array, values: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the pairs of *documents* near each other that have the same of *values*, which are in order."""
    for step in range(1, _CROWD):
        same = np.flatnonzero(values[step:] == values[:-step])
        if not len(same):
            return
        yield documents[same], documents[same + step]


def _meetings(rows: Array, other_rows: Array) -> Iterator[tuple[Array, Array]]:
    """Yield for each band the pairs of documents of both sides that have the same in its slots."""
    marked = np.zeros((SLOTS, _VALUES), bool)
    marked[np.arange(SLOTS), rows] = True
    marked[:, EMPTY] = False
    met = [marked[slot].take(other_rows[:, slot]) for slot in range(SLOTS)]
    for slot, after in _BANDS:
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
