"""
How the words of a query stand in an article: near each other, in the order of the query, early in the body.

Only the best articles of a first ranking are looked at, as positions are dear to read: those in 50 articles take half
as long as the ranking before them, those in all a hundred times that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from search.engines.whoosh.matches import UNIT
from search.engines.whoosh.phrases import PlaceMap
from search.ranking import EARLY, NEXT, WINDOW
from search.tuning import Ranking

_NEVER = -WINDOW  # before all places, and as small a number as these are


@dataclass(frozen=True, slots=True)
class Standing:
    """What each of some documents has by how the words stand in it, before it is weighted (float32)."""

    near: Array
    ordered: Array
    early: Array

    def added(self, ranking: Ranking) -> tuple[Array, Array, Array]:
        """Return what each of the three adds to the scores by the weights of *ranking*, in units."""
        return (
            _units(self.near, ranking.near_weight),
            _units(self.ordered, ranking.order_weight),
            _units(self.early, ranking.early_weight),
        )

    @property
    def nbytes(self) -> int:
        """The memory that it takes."""
        return 3 * self.near.nbytes + 1_000


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """The occurrences of *words* words in *documents* documents, in order: place, word and document by number."""

    documents: int
    words: int
    place: Array
    word: Array
    owner: Array


def standing(places: PlaceMap, words: Sequence[bytes], rarity: Array, documents: Array) -> Standing:
    """
    Return how the stems *words*, each of which tells its *rarity*, stand in *documents*, which are ascending.

    `search.ranking` says what counts.
    """
    found = [places.places_within(schema.STEM, word, documents) for word in words]
    place = np.concatenate(found)
    word = np.arange(len(words)).repeat([len(one) for one in found])
    order = place.argsort(kind="stable")
    place, word = place.take(order), word.take(order)
    starts = places.starts(schema.STEM).take(documents)
    owner = starts.searchsorted(place, "right") - 1
    all_of_them = _Occurrences(len(documents), len(words), place, word, owner)
    position = place - starts.take(owner) - schema.BODY_GAP
    return Standing(_near(all_of_them, rarity), _ordered(all_of_them, rarity), _early(all_of_them, rarity, position))


def _near(found: _Occurrences, rarity: Array) -> Array:
    """Return for each document what the words in its best window tell beside the one that tells most."""
    near = np.zeros(found.documents, np.float32)
    if not len(found.place):
        return near
    last = np.where(found.word == np.arange(found.words)[:, None], found.place, _NEVER)
    np.maximum.accumulate(last, axis=1, out=last)
    told = rarity @ (found.place - last < WINDOW)
    first = np.concatenate(([True], found.owner[1:] != found.owner[:-1])).nonzero()[0]
    most = np.maximum.reduceat(rarity.take(found.word), first)
    near[found.owner.take(first)] = np.maximum.reduceat(told, first) - most
    return near


def _ordered(found: _Occurrences, rarity: Array) -> Array:
    """Return for each document what the pairs tell that stand in it as they do in the query, each pair once."""
    gap = found.place[1:] - found.place[:-1]
    follows = ((found.word[1:] - found.word[:-1] == 1) & (gap <= NEXT)).nonzero()[0]
    stands = np.zeros((found.documents, found.words), bool)
    stands[found.owner.take(follows), found.word.take(follows)] = True
    ordered: Array = stands[:, :-1] @ np.maximum(rarity[:-1], rarity[1:])
    return ordered.astype(np.float32)


def _early(found: _Occurrences, rarity: Array, position: Array) -> Array:
    """Return for each document what its words tell, the less the later the body, from *position* 0 on, has them."""
    body = (position >= 0).nonzero()[0]
    first = np.full((found.documents, found.words), np.inf, np.float32)
    last_first = body[::-1]  # of several places for one element the last that is put stays: the first occurrence
    first[found.owner.take(last_first), found.word.take(last_first)] = position.take(last_first)
    early: Array = (EARLY / (EARLY + first)) @ rarity
    return early.astype(np.float32)


def _units(counted: Array, weight: float) -> Array:
    units: Array = np.rint(counted * np.float32(weight * UNIT)).astype(np.int32)
    return units
