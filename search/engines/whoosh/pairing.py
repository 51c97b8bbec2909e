"""Which articles of some segments are copies of each other: within one, as it says itself, and between two."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.releases.copies import Pairs, copies_between
from indexer.engines.whoosh.codec.reading import OpenSegment

Known = dict[tuple[OpenSegment, OpenSegment], Pairs]
"""The copies in two segments: these never change."""


def between(segments: Sequence[OpenSegment], known: Known) -> Known:
    """Return the copies in each two of *segments*, the smaller one first; looked for where they are not *known*."""
    by_size = sorted(segments, key=lambda segment: segment.articles)
    return {
        two: known[two] if two in known else copies_between(two[0].columns.traits, two[1].columns.traits)
        for two in combinations(by_size, 2)
    }


def all_pairs(segments: Sequence[OpenSegment], found: Known, bases: Array, live: Array) -> Pairs:
    """
    Return the copies in all of *segments*, and those *found* between them, among what is *live*.

    Each article is a number: that of its document from the one that *bases* has for its segment on.
    """
    base = dict(zip(segments, bases.tolist(), strict=False))
    within = [_moved(segment.columns.copies, base[segment], base[segment]) for segment in segments]
    across = [_moved(pairs, base[one], base[other]) for (one, other), pairs in found.items()]
    none = Pairs(*(np.zeros(0, kind) for kind in (np.int64, np.int64, np.uint8)))
    first, second, shared = map(np.concatenate, zip(none, *within, *across, strict=True))
    kept = live[first] & live[second]
    return Pairs(first[kept], second[kept], shared[kept])


def _moved(pairs: Pairs, base: int, other_base: int) -> Pairs:
    return Pairs(pairs.first.astype(np.int64) + base, pairs.second.astype(np.int64) + other_base, pairs.shared)
