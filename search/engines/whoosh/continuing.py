"""
The best hits after a place in the order: what a page costs does not grow with how many came before it.

Each document's key (score, date, id) says whether it comes after the place; only of those that do are the best put in
order. Of documents with the score, or the date, of the place their number in the order of dates tells.
"""

from bisect import bisect_right
from collections.abc import Callable

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from search.engines.whoosh.matches import UNIT, best, where
from search.engines.whoosh.ranked import LOOKED_AT, Best
from search.engines.whoosh.views import View
from search.query import Place, Sort

_HIGHEST = np.iinfo(np.int32).max

_KEYS: dict[Sort, Callable[[int, str], tuple[int | str, ...]]] = {
    Sort.NEWEST: lambda published, name: (-published, name),
    Sort.OLDEST: lambda published, name: (published == MISSING_DATE, published, name),
}


def passed(view: View, places: Array, sort: Sort, place: Place) -> int:
    """
    Return how many documents of *view* come before *place* by date and id, or at it.

    *places* are those of the documents in the order of *sort*.
    """
    order = np.empty_like(places)
    order[places] = np.arange(len(places), dtype=places.dtype)
    columns, key = view.segment.columns, _KEYS[sort]
    wanted = key(MISSING_DATE if place.published is None else place.published, place.id)
    return bisect_right(
        order, wanted, key=lambda document: key(int(columns.published[document]), columns.ids[document])
    )


def continued(view: View, first: Best, rest: Callable[[], tuple[Array, Array]], place: Place, count: int) -> Best:
    """
    Return the best *count* documents after *place*.

    *first* has the `LOOKED_AT` best documents of all, which come before the others; *rest* gives all that match, with
    their scores, and is asked only where the first are not enough.
    """
    newest = view.searcher.newest
    score = max(-_HIGHEST, min(round(place.score * UNIT), _HIGHEST))
    tied = passed(view, newest, Sort.NEWEST, place)

    def after(documents: Array, scores: Array) -> tuple[Array, Array]:
        kept = where((scores < score) | ((scores == score) & (newest.take(documents) >= tied)))
        return documents.take(kept), scores.take(kept)

    looked_at = first.documents[:LOOKED_AT]
    documents, scores = after(looked_at, first.scores[:LOOKED_AT])
    if len(documents) < count:
        others = best(*after(*rest()), newest, count + LOOKED_AT)
        new = where(~np.isin(others[0], looked_at))[: count - len(documents)]
        documents, scores = np.append(documents, others[0].take(new)), np.append(scores, others[1].take(new))
    return Best(first.total, documents[:count], scores[:count])
