"""All of, any of, preferably, except: lists of matches made into one."""

from collections.abc import Sequence
from threading import local

import numpy as np

from indexer.engines.whoosh.codec.files import Array
from search.engines.whoosh.matches import DENSE, Matches, nothing, of_dense

_LOOKED_UP = 8
"""
How many documents of a list it costs to look one up by bisection: from there on, scattering the whole list is cheaper.
"""

_FEW = 200
"""Below one document in so many, sorting the documents is cheaper than looking through an array of all of them."""


class Scratch(local):
    """Arrays of zeros, one for each thread and size, that whoever takes one leaves as zeros."""

    def __init__(self) -> None:
        """Begin with none."""
        self._zeros: dict[int, Array] = {}

    def zeros(self, articles: int) -> Array:
        """Return the array for a segment of *articles* (int32)."""
        if articles not in self._zeros:
            self._zeros[articles] = np.zeros(articles, np.int32)
        return self._zeros[articles]


_SCRATCH = Scratch()


def all_of(lists: Sequence[Matches]) -> Matches:
    """Return the documents that each of *lists* matches; their scores are added."""
    first, *others = sorted(lists, key=lambda matches: matches.count)
    if first.dense is not None:
        return _all_dense(lists)
    documents, scores = first.documents, first.scores[:-1]
    for other in others:
        found = scores_at(other, documents)
        kept = np.flatnonzero(found)
        documents, scores = documents.take(kept), scores.take(kept) + found.take(kept)
    return Matches(first.articles, documents, scores)


def _all_dense(lists: Sequence[Matches]) -> Matches:
    first, *others = (matches.dense for matches in lists)
    assert first is not None  # noqa: S101 - the shortest list is dense, and so all of them are; for the type checker
    total, everywhere = first.copy(), first > 0
    for other in others:
        assert other is not None  # noqa: S101 - as above
        total += other
        everywhere &= other > 0
    total *= everywhere
    return of_dense(total)


def any_of(lists: Sequence[Matches]) -> Matches:
    """Return the documents that one of *lists* matches; their scores are added."""
    articles = lists[0].articles
    found = [matches for matches in lists if matches.count]
    if len(found) < 2:  # noqa: PLR2004 - nothing to add up
        return found[0] if found else nothing(articles)
    if sum(matches.count for matches in found) * _FEW < articles:
        return Matches(articles, *summed(found))
    total = np.zeros(articles, np.int32)
    for matches in found:
        add_to(total, matches)
    return of_dense(total)


def summed(lists: Sequence[Matches]) -> tuple[Array, Array]:
    """Return the documents of *lists*, each once, and the sums of their scores; for few documents."""
    documents = np.concatenate([matches.documents for matches in lists])
    scores = np.concatenate([matches.scores[:-1] for matches in lists])
    order = documents.argsort()
    documents = documents.take(order)
    starts = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    return documents.take(starts), np.add.reduceat(scores.take(order), starts, dtype=np.int32)


def add_to(total: Array, matches: Matches) -> None:
    """Add *matches* to the scores of all documents, *total*."""
    if matches.dense is not None:
        total += matches.dense
    else:
        total[matches.documents] += matches.scores[:-1]


def preferring(matches: Matches, bonus: Matches) -> Matches:
    """Return *matches* with the scores of *bonus* added where it matches too."""
    if not bonus.count or not matches.count:
        return matches
    scores = matches.scores[:-1].copy()
    if bonus.count < matches.count and bonus.dense is None:
        place = matches.padded.searchsorted(bonus.documents)
        same = np.flatnonzero(matches.padded.take(place) == bonus.documents)
        scores[place.take(same)] += bonus.scores.take(same)
    else:
        scores += scores_at(bonus, matches.documents)
    return Matches(matches.articles, matches.documents, scores)


def without(matches: Matches, excluded: Matches) -> Matches:
    """Return *matches* without the documents of *excluded*."""
    kept = np.flatnonzero(scores_at(excluded, matches.documents) == 0)
    return Matches(matches.articles, matches.documents.take(kept), matches.scores.take(kept))


def limited(matches: Matches, allowed: Array) -> Matches:
    """Return the *matches* for which *allowed* says True; it has a value for every document of the segment."""
    kept = np.flatnonzero(allowed.take(matches.documents))
    return Matches(matches.articles, matches.documents.take(kept), matches.scores.take(kept))


def scores_at(matches: Matches, documents: Array) -> Array:
    """Return the score of each of *documents*, which are many perhaps, in *matches*; 0 where there is no match."""
    if matches.dense is not None or len(documents) * _LOOKED_UP < matches.count:
        return matches.at(documents)
    scratch = _SCRATCH.zeros(matches.articles)
    scratch[matches.documents] = matches.scores[:-1]
    found = scratch.take(documents)
    scratch[matches.documents] = 0
    return found


def is_few(documents: int, articles: int) -> bool:
    """Say whether so many *documents* of *articles* are better sorted than scattered."""
    return documents * max(_FEW, DENSE) < articles
