"""
Pairs of copies -> groups: the articles of one release, and the order in which one of them is shown.

A portal prints a release once. So of what one portal printed, an article is grouped with what is most like it alone,
and only where that holds the other way round too: a story that is told day by day does not chain all releases about it
together, nor do texts of one pattern. Where it comes to that nevertheless, so that a portal stands in a group with two
titles, only those stay together that share half of their text. What a portal printed twice is grouped in any case.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.releases.copies import WHOLE, Pairs

_HALF = WHOLE // 2
_LATE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Printed:
    """Of some articles the marks of the portals that printed them and that they are *credited* to, and the moments."""

    portal: Array
    credited: Array
    published: Array


def grouped(pairs: Pairs, portal: Array, title: Array) -> tuple[Array, Array]:
    """
    Return the articles that *pairs* put into groups, ascending, and for each the number of its group.

    *portal* and *title* have the marks of these of every article.
    """
    first, second, shared = _mutual(pairs, portal)
    articles = np.unique(np.concatenate((first, second)))
    one, other = articles.searchsorted(first), articles.searchsorted(second)
    group = _components(len(articles), one, other)
    is_chain = _chains(group, portal[articles], title[articles])
    kept = ~is_chain[one] | (shared >= _HALF) | (portal[first] == portal[second])
    group = _components(len(articles), one[kept], other[kept])
    is_grouped = np.bincount(group, minlength=len(group))[group] > 1
    return articles[is_grouped], group[is_grouped]


def _components(count: int, one: Array, other: Array) -> Array:
    """Return for each of *count* articles the first one to which pairs of *one* and *other* lead from it."""
    group = np.arange(count)
    while True:
        before = group.copy()
        least = np.minimum(group[one], group[other])
        np.minimum.at(group, one, least)
        np.minimum.at(group, other, least)
        group = group[group]
        if np.array_equal(group, before):
            return group


def _chains(group: Array, portal: Array, title: Array) -> Array:
    """Return for each article whether in its *group* a portal stands with two titles."""
    order = np.lexsort((title, portal, group))
    same = np.logical_and.reduce([part[order[1:]] == part[order[:-1]] for part in (group, portal)])
    twice = order[1:][same & (title[order[1:]] != title[order[:-1]])]
    return np.isin(group, group[twice])


def shown_first(group: Array, printed: Printed, ids: Callable[[Array], list[str]]) -> Array:
    """
    Return the order of articles that are *printed*: by *group*, then as they are shown.

    First comes what is of the portal that most of the others are credited to, then what was published first, then by
    id; *ids* are asked of those that nothing else parts.
    """
    moment = np.where(printed.published == MISSING_DATE, _LATE, printed.published)
    keys = (moment, -_credits(group, printed), group)
    order = np.lexsort(keys)
    equal = np.logical_and.reduce([key[order[1:]] == key[order[:-1]] for key in keys])
    is_tied = np.zeros(len(order), bool)
    is_tied[1:] |= equal
    is_tied[:-1] |= equal
    tied = order[is_tied]
    names = ids(tied)
    rank = np.zeros(len(group), np.int64)
    by_name = np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
    rank[tied[by_name]] = np.arange(len(names))
    return np.lexsort((rank, *keys))


def _credits(group: Array, printed: Printed) -> Array:
    """Return how many other articles of its group are credited to the portal of each."""
    keys, counts = np.unique(_joined(group, printed.credited), return_counts=True)
    own = _joined(group, printed.portal)
    place = np.minimum(keys.searchsorted(own), max(0, len(keys) - 1))
    found = np.where(keys[place] == own, counts[place], 0) if len(keys) else place
    credit: Array = found - (printed.credited == printed.portal)
    return credit


def _mutual(pairs: Pairs, portal: Array) -> tuple[Array, Array, Array]:
    """Return those of *pairs* in which each is what is most like the other of all that its portal printed."""
    first, second = pairs.first.astype(np.int64), pairs.second.astype(np.int64)
    article, copy = np.concatenate((first, second)), np.concatenate((second, first))
    shared = np.tile(pairs.shared, 2)
    where, place = np.unique(_joined(article, portal[copy]), return_inverse=True)
    most = np.zeros(len(where), shared.dtype)
    np.maximum.at(most, place, shared)
    is_most_like = (shared == most[place]).reshape(2, -1)
    kept = is_most_like.all(axis=0) | (portal[first] == portal[second])
    return first[kept], second[kept], pairs.shared[kept]


def _joined(one: Array, other: Array) -> Array:
    """Return two numbers as one; *other* has 32 bits."""
    return one.astype(np.int64) << 32 | other.astype(np.int64)
