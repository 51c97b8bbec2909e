"""Articles that are pinned to a query: found whether they match it or not, in the place that their order gives them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from indexer.engines.arrays import Array
from search.engines.whoosh import filters
from search.engines.whoosh.combining import allowed_of
from search.engines.whoosh.hits import Found
from search.engines.whoosh.matches import Matches, matches_of
from search.engines.whoosh.ranked import stood
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.timely import timely_best_of
from search.engines.whoosh.views import View
from search.query import Query
from search.tuning import Ranking


class Place(NamedTuple):
    """Where an article is."""

    searcher: SegmentSearcher
    document: int


class Seen(NamedTuple):
    """What a query sees: of each segment a view, without what is *pinned*, which comes beside, in its order."""

    views: Sequence[View]
    pinned: Sequence[Place] = ()


def seen_with_pins(snapshot: Snapshot, views: Sequence[View], query: Query) -> Seen:
    """
    Return what *query* sees of *views*, with the pinned articles that its filters let through.

    Where it shows one article of a release, a pinned one is that.
    """
    found = (Place(*place) for article_id in query.pinned if (place := snapshot.find(article_id)))
    pinned = [place for place in found if _is_allowed(place, query)]
    beside = [other for place in pinned for other in snapshot.groups.others(*place)] if query.collapse else []
    gone: dict[SegmentSearcher, set[int]] = defaultdict(set)
    for searcher, document in (*pinned, *beside):
        gone[searcher].add(document)
    return Seen([view.without(_among(view, gone[view.searcher])) for view in views], pinned)


def _among(view: View, documents: Iterable[int]) -> Array:
    """Return those of *documents* that *view* sees."""
    found = np.array(sorted(documents), np.int64)
    return found[view.among(found)]


def documents_in(view: View, places: Sequence[Place]) -> Array:
    """Return the documents of a segment that are among *places*, in ascending order."""
    return np.array(sorted(place.document for place in places if place.searcher is view.searcher), np.int64)


def with_places(view: View, documents: Array, places: Sequence[Place]) -> Array:
    """Return *documents* of a segment and those that are among *places*, each once, in ascending order."""
    return np.union1d(documents, documents_in(view, places)) if places else documents


def with_pinned(view: View, matches: Matches, places: Sequence[Place]) -> Matches:
    """Return *matches* and those documents of the segment that are among *places*; their scores say nothing."""
    documents = with_places(view, matches.documents, places) if places else None
    return matches if documents is None else matches_of(matches.articles, documents, np.ones(len(documents), np.int32))


def after_pinned(pinned: list[Found], query: Query) -> tuple[list[Found], Query]:
    """Return those of *pinned* that come after the place from which *query* goes on, and how it goes on after these."""
    if query.after is None:
        return pinned, query
    ids = [one.id for one in pinned]
    if query.after.id not in ids:  # a page after the last of them
        return [], query
    return pinned[ids.index(query.after.id) + 1 :], replace(query, after=None)


def scores_of(view: View, query: Query, documents: Array, ranking: Ranking) -> dict[int, int]:
    """Return the score of each of *documents* that *query* matches, as if no article were pinned."""
    only = np.zeros(view.segment.articles, bool)
    only[documents] = True
    matches = allowed_of(view.searcher.matches(query.tree), only)
    best = stood(view, query.tree, timely_best_of(view, matches, query.timeliness, len(documents)), ranking)
    return dict(zip(best.documents.tolist(), best.scores.tolist(), strict=True))


def _is_allowed(place: Place, query: Query) -> bool:
    return not query.filters or bool(filters.allowed(place.searcher.segment, query.filters)[place.document])
