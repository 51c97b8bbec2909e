"""
What the dates of articles add to their scores.

The list is exact: a date adds a share of the score at most, so that what is known of the best by words alone says which
others can come before them by their date.
"""

from math import ceil

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from search.engines.whoosh.matches import HEAD, Matches, best
from search.engines.whoosh.ranked import Best, best_of
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.views import View
from search.query import Node, Timeliness
from search.query.times import UNDATED

_DEEPER = 8
"""How many times more documents are looked at where the first ones do not settle it."""


def timely_best(view: View, node: Node, timeliness: Timeliness | None, count: int) -> Best:
    """Return the best *count* documents of *node* with what their dates add, equal ones by the newer, then by id."""
    if timeliness is None:
        return best_of(view, node, count)
    wanted = max(count, HEAD)
    while True:
        found = best_of(view, node, wanted)
        documents, scores = _timely(view, found.documents, found.scores, timeliness, count)
        if len(found.documents) < wanted or _highest(int(found.scores[-1]), timeliness) < scores[-1]:
            return Best(found.total, documents, scores)
        wanted *= _DEEPER


def timely_best_of(view: View, matches: Matches, timeliness: Timeliness | None, count: int) -> Best:
    """Return the best *count* of *matches* with what their dates add."""
    if timeliness is None:
        return Best(matches.count, *matches.best(view.searcher.newest, count))
    return Best(matches.count, *_timely(view, matches.documents, matches.scores, timeliness, count))


def added(searcher: SegmentSearcher, timeliness: Timeliness, documents: Array, scores: Array) -> Array:
    """Return what the dates of *documents* add to their *scores* (int32); see `Timeliness.share`."""
    published = searcher.segment.columns.published.whole().take(documents)
    away = np.maximum(np.maximum(timeliness.since - published, published - timeliness.until), 0)
    share = np.where(published == MISSING_DATE, UNDATED, 1 / (1 + away / timeliness.half_life))
    return np.rint(scores * (timeliness.weight * share)).astype(np.int32)


def scored(view: View, matches: Matches, timeliness: Timeliness | None) -> tuple[Array, Array]:
    """Return the documents of *matches* and their scores with what their dates add."""
    documents, scores = matches.documents, matches.scores
    return documents, scores + added(view.searcher, timeliness, documents, scores) if timeliness else scores


def _timely(view: View, documents: Array, scores: Array, timeliness: Timeliness, count: int) -> tuple[Array, Array]:
    whole = scores + added(view.searcher, timeliness, documents, scores)
    return best(documents, whole, view.searcher.newest, count)


def _highest(score: int, timeliness: Timeliness) -> int:
    """Return the most that *score* can become by a date."""
    return score + ceil(score * timeliness.weight)
