"""The groups of a snapshot: articles that are copies of one release, of which a search shows one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.releases.grouping import Printed, grouped, shown_first
from indexer.engines.releases.portals import credited
from indexer.engines.releases.traits import mark
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh import filters
from search.engines.whoosh.cache import RecentlyUsed
from search.engines.whoosh.matches import DenseMatches
from search.engines.whoosh.pairing import Known, all_pairs, between
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.views import View
from search.query import AnyOf, Node, Query

Place = tuple[SegmentSearcher, int]
"""Where an article is: its segment, and its document there."""

_REMEMBERED = 1 << 20  # bytes of what is known of frequent words, a byte for each article of a group


@dataclass(frozen=True, slots=True)
class Members:
    """
    The articles that are in groups, group by group, in the order in which one of a group is shown.

    Of each the number of its *group*, that of its *view*, and its *document* there.
    """

    group: Array
    view: Array
    document: Array

    def beside(self, place: int) -> list[int]:
        """Return the places of the others of the group of the member at *place*."""
        own = np.flatnonzero(self.group == self.group[place])
        return [other for other in own.tolist() if other != place]


class Own:
    """The members of one view: their *documents*, ascending, and their *places* among all members."""

    def __init__(self, members: Members, number: int, articles: int) -> None:
        """Take those of the view of this *number*, which has so many *articles*."""
        places = np.flatnonzero(members.view == number)
        self.places: Array = places[members.document[places].argsort()]
        self.documents: Array = members.document[self.places].astype(np.int32)  # as those of matches are
        self._order = np.full(articles, -1, np.int32)
        self._order[self.documents] = np.arange(len(self.documents))
        self._held = RecentlyUsed(_REMEMBERED)

    def held(self, searcher: SegmentSearcher, node: Node) -> Array:
        """Return for each of the documents whether *node* matches it; nothing is read but what the ranking reads."""
        if isinstance(node, AnyOf):
            held: Array = np.logical_or.reduce([self.held(searcher, one) for one in node.nodes])
            return held
        frequent = searcher.frequent(node)
        if frequent:
            return self._held.get(node, lambda: frequent.at(self.documents) > 0)
        matches = searcher.whole(node)
        if isinstance(matches, DenseMatches):
            return matches.at(self.documents) > 0
        found = self._order.take(matches.documents)
        is_held = np.zeros(len(self.documents), bool)
        is_held[found[found >= 0]] = True
        return is_held


class Groups:
    """The groups of the articles of some views that are not deleted, made when they are first asked for."""

    def __init__(self, views: Sequence[View], known: Known) -> None:
        """Group the articles of *views*; *known* is what was found of their segments before."""
        self._views = views
        self._segments = [view.segment for view in views]
        self.known = known
        """What was found of segments, for the groups of a later snapshot."""

    def over(self, views: Sequence[View]) -> "Groups":
        """Return the groups of the articles of other *views* of the same segments, without looking for copies anew."""
        self.known = between(self._segments, self.known)
        return Groups(views, self.known)

    def others(self, searcher: SegmentSearcher, document: int) -> list[Place]:
        """Return the other articles of the group of *document*, that which is shown first before the others."""
        own = self._own[self._segments.index(searcher.segment)]
        at = int(own.documents.searchsorted(document))
        if at == len(own.documents) or own.documents[at] != document:
            return []
        return [self._place(other) for other in self._members.beside(int(own.places[at]))]

    def collapsed(self, query: Query) -> Sequence[View]:
        """Return the views without what *query* does not show: one before it in its group matches too."""
        members = self._members
        if not len(members.group):
            return self._views
        matched = np.zeros(len(members.group), bool)
        for view, own in zip(self._views, self._own, strict=True):
            if len(own.documents):
                matched[own.places] = _matching(view, own, query)
        found = np.flatnonzero(matched)
        group = members.group[found]
        hidden = found[1:][group[1:] == group[:-1]]
        if not len(hidden):
            return self._views
        number, document = members.view[hidden], members.document[hidden]
        return [view.without(document[number == place]) for place, view in enumerate(self._views)]

    def _place(self, member: int) -> Place:
        return self._views[self._members.view[member]].searcher, int(self._members.document[member])

    @cached_property
    def _own(self) -> list[Own]:
        return [Own(self._members, number, segment.articles) for number, segment in enumerate(self._segments)]

    @cached_property
    def _members(self) -> Members:
        bases = np.cumsum([0, *(segment.articles for segment in self._segments)])
        live = np.ones(bases[-1], bool)
        for base, view in zip(bases.tolist(), self._views, strict=False):
            live[base + view.gone] = False
        columns = [segment.columns for segment in self._segments]
        portal, title = (
            np.concatenate([bases[:0], *own])
            for own in ((own.portals.whole() for own in columns), (own.title_marks.whole() for own in columns))
        )
        self.known = between(self._segments, self.known)
        articles, group = grouped(all_pairs(self._segments, self.known, bases, live), portal, title)
        number = bases.searchsorted(articles, "right") - 1
        found = Members(group, number, articles - bases[number])
        order = shown_first(group, self._printed(found, portal[articles]), lambda some: self._ids(found, some))
        return Members(found.group[order], found.view[order], found.document[order])

    def _ids(self, members: Members, places: Array) -> list[str]:
        where = zip(members.view[places].tolist(), members.document[places].tolist(), strict=True)
        return [self._segments[number].columns.ids[document] for number, document in where]

    def _printed(self, members: Members, portal: Array) -> Printed:
        credit, published = np.zeros(len(portal), np.uint32), np.zeros(len(portal), np.int64)
        for number, segment in enumerate(self._segments):
            own = members.view == number
            documents = members.document[own]
            credit[own] = _credited(segment, documents)
            published[own] = segment.columns.published.whole()[documents]
        return Printed(portal, credit, published)


def _matching(view: View, own: Own, query: Query) -> Array:
    """Return for each of the documents of *own*, which are of *view*, whether *query* matches it."""
    held = own.held(view.searcher, query.tree)
    return held & filters.allowed(view.segment, query.filters)[own.documents] if query.filters else held


def _credited(segment: OpenSegment, documents: Array) -> Array:
    """Return the marks of the portals that *documents* are credited to."""
    values = segment.columns.values("source_key")
    numbers, place = np.unique(segment.columns.numbers("source_key").whole()[documents], return_inverse=True)
    return np.array([mark(credited(values[number])) for number in numbers.tolist()], np.uint32)[place]
