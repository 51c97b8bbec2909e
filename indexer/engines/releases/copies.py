"""
Copies: articles that are one release, as several portals printed it.

Whether two articles are copies depends on nothing but what a segment holds of each (`Traits`), so that it is the same
however they came into the index, one by one or all at once. Two portals hardly print the same by chance. One portal has
set phrases, and tells one story day by day: there the same title on the same day is asked for too.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.releases import candidates
from indexer.engines.releases.signatures import EMPTY
from indexer.engines.releases.traits import UNKNOWN, Traits

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

_BITS = 32  # of the number of a document
_LOW = (1 << _BITS) - 1


class Pairs(NamedTuple):
    """Pairs of copies, in order: the *first* and the *second* (uint32) of each, and what is *shared* (uint8)."""

    first: Array
    second: Array
    shared: Array


def copies_within(traits: Traits) -> Pairs:
    """Return the pairs of documents of *traits* that are copies, the lower number first."""
    found = (_likely(traits, *two, traits) for two in candidates.within(traits))
    return _copies(traits, traits, found)


def copies_between(some: Traits, others: Traits) -> Pairs:
    """
    Return the pairs of a document of *some* and one of *others* that are copies.

    A pass over *others* for each slot; *some* should be the fewer.
    """
    found = (_likely(some, *two, others) for two in candidates.between(some, others))
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
