"""A Whoosh index, open for queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.article import Article
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.moments import MISSING_DATE
from indexer.engines.whoosh.stored import from_stored
from search.engines.whoosh import filters
from search.engines.whoosh.combining import allowed_of
from search.engines.whoosh.continuing import continued
from search.engines.whoosh.dated import best_by_date
from search.engines.whoosh.explaining import Explainer, standing_parts
from search.engines.whoosh.facets import Documents, facets_of
from search.engines.whoosh.matches import UNIT, Matches
from search.engines.whoosh.offering import SnapshotOffering
from search.engines.whoosh.ranked import LOOKED_AT, Best, stood
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from search.engines.whoosh.timely import added, scored, timely_best, timely_best_of
from search.engines.whoosh.unavailable import as_unavailable
from search.engines.whoosh.views import View
from search.errors import EngineUnavailable
from search.query import Filters, Node, Pattern, Phrase, Query, Sort, Term
from search.results import Contribution, FacetCount, Hit, Ids, Page, Reason
from search.tuning import INDEX_CACHE, Ranking

_REMEMBERED = 1 << 14  # leaves whose articles are counted once: the reading of a query asks for each of them often


class Found(NamedTuple):
    """
    A document that was found: where it is, and its score in units, 0 where hits are sorted by date.

    A tuple, as ten are made for each query: a frozen dataclass takes three times as long to make.
    """

    searcher: SegmentSearcher
    document: int
    score: int

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.searcher.segment.columns.ids[self.document]

    @property
    def published(self) -> int:
        """The moment of publication, in seconds since 1970."""
        return int(self.searcher.segment.columns.published[self.document])


class WhooshEngine:
    """Implements `search.engines.Engine`: nothing of it changes after it is opened but what it remembers."""

    def __init__(
        self, folder: Path, ranking: Ranking, before: Snapshot | None = None, *, cached: int = INDEX_CACHE
    ) -> None:
        """
        Open the index in *folder*, with what is open of it *before*; *cached* bytes of what is read may be kept.

        Raises:
            IndexUnavailable: there is no index, or its files are damaged.
        """
        self._folder, self._ranking, self._cached = folder, ranking, cached
        self._stamp = commits.stamp(folder)
        self._opened: Snapshot | None = open_snapshot(folder, ranking, before, cached)
        self._offering: SnapshotOffering | None = None
        self._holding: dict[Term | Phrase, int] = {}
        self._oldest_first = cache(filters.oldest_first)

    def search(self, query: Query, *, offset: int, limit: int) -> Page:
        """Return the hits of *query* from *offset* on, *limit* at most."""
        with as_unavailable():
            views = self._views(query)
            total, found = self._ranked(views, query, offset=offset, limit=limit + 1)
            found, following = found[:limit], found[limit:]
            hits = tuple(map(self._hit, found))
            for one, hit in zip(found, hits, strict=True):
                self._snapshot.remember(hit.article.id, one.searcher, one.document)
            return Page(total, hits, bool(following), self._facets(views, query))

    def ids(self, query: Query, *, offset: int, limit: int) -> Ids:
        """Return the ids of the hits that `search` gives, without reading the articles."""
        with as_unavailable():
            total, found = self.ranked(query, offset=offset, limit=limit)
            return Ids(total, tuple(one.id for one in found))

    def ranked(self, query: Query, *, offset: int, limit: int) -> tuple[int, list[Found]]:
        """Return how many articles match *query*, and those from *offset* on, *limit* at most, without their texts."""
        return self._ranked(self._views(query), query, offset=offset, limit=limit)

    def _ranked(self, views: Sequence[View], query: Query, *, offset: int, limit: int) -> tuple[int, list[Found]]:
        best = [(view, self._best(view, query, offset + limit)) for view in views]
        found = [
            Found(view.searcher, document, score)
            for view, part in best
            for document, score in zip(
                part.documents[: offset + limit].tolist(), part.scores[: offset + limit].tolist(), strict=True
            )
        ]
        if len(best) > 1:
            found.sort(key=_ORDERS[query.sort])
        return sum(part.total for _, part in best), found[offset : offset + limit]

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        with as_unavailable():
            found = self._snapshot.find(article_id)
            return _article(*found) if found else None

    def duplicates(self, article_id: str, *, limit: int) -> Page:
        """Return the other articles that are the same release as the one of this id, *limit* at most, unscored."""
        with as_unavailable():
            found = self._snapshot.find(article_id)
            others = self._snapshot.groups.others(*found) if found else []
            return Page(len(others), tuple(Hit(_article(*place), 0, len(others)) for place in others[:limit]))

    def explain(self, query: Query, article_ids: Sequence[str]) -> list[tuple[Contribution, ...]]:
        """Return for each of the articles what each part of *query* adds to its score."""
        with as_unavailable():
            views = {view.searcher: view for view in self._views(query)}
            of = cache(lambda searcher: self._explaining(views[searcher], query))
            found = [self._snapshot.find(article_id) for article_id in article_ids]
            return [of(place[0])(place[1]) if place else () for place in found]

    def _explaining(self, view: View, query: Query) -> Callable[[int], tuple[Contribution, ...]]:
        """Return what takes scores of a segment apart; all that concerns several documents is looked up once."""
        searcher, matches = view.searcher, _matches(view, query)
        looked_at = np.sort(self._first(view, query, LOOKED_AT).documents[:LOOKED_AT])
        standing = searcher.standing(query.tree, looked_at) if query.sort is Sort.RELEVANCE else None
        read: dict[tuple[Node, float], Matches] = {}

        def explained(document: int) -> tuple[Contribution, ...]:
            if not matches.at(np.array([document]))[0]:
                return ()
            parts = Explainer(searcher, document, read).parts(query.tree)
            place = int(looked_at.searchsorted(document))
            is_looked_at = standing is not None and document in looked_at
            by_standing = (
                standing_parts(query.tree, standing, place, self._ranking) if standing and is_looked_at else ()
            )
            return (*parts, *by_standing, *self._by_date(view, query, parts, document))

        return explained

    def lacking(self, nodes: Sequence[Node], article_ids: Sequence[str]) -> list[Node]:
        """Return those of *nodes* that not all of the articles of these ids match."""
        with as_unavailable():
            found: dict[SegmentSearcher, list[int]] = defaultdict(list)
            for searcher, document in filter(None, map(self._snapshot.find, article_ids)):
                found[searcher].append(document)
            places = [(searcher, np.sort(np.array(documents))) for searcher, documents in found.items()]
            return [node for node in nodes if not all(searcher.holds(node, own).all() for searcher, own in places)]

    def count(self, query: Query) -> int:
        """Return how many hits *query* has."""
        with as_unavailable():
            return sum(_matches(view, query).count for view in self._views(query))

    def cut(self, leaves: Iterable[Pattern]) -> list[Pattern]:
        """Return those of *leaves* that stand for more words of the index than they are looked for as."""
        with as_unavailable():
            searchers = [view.searcher for view in self._snapshot.views]
            return [leaf for leaf in leaves if any(searcher.is_cut(leaf) for searcher in searchers)]

    def holding(self, leaf: Term | Phrase) -> int:
        """Return how many articles hold *leaf*; what is found of a phrase is remembered for the search for it."""
        found = self._holding.get(leaf)
        if found is None:
            if len(self._holding) >= _REMEMBERED:
                self._holding.clear()
            with as_unavailable():
                found = self._holding[leaf] = self._counted(leaf)
        return found

    def _counted(self, leaf: Term | Phrase) -> int:
        if isinstance(leaf, Term):
            return self._snapshot.statistics.holding(leaf.field, leaf.text.encode())
        return sum(view.searcher.matches(leaf).count for view in self._snapshot.views)

    @property
    def offering(self) -> SnapshotOffering:
        """What of the index may be offered to who types."""
        if self._offering is None or self._opened is None:
            self._offering = SnapshotOffering(self._snapshot)
        return self._offering

    @property
    def articles(self) -> int:
        """How many articles the index holds."""
        return self._snapshot.articles

    @property
    def newest(self) -> datetime | None:
        """When the newest article was published; None where none has a date."""
        published = max((view.searcher.latest for view in self._snapshot.views), default=MISSING_DATE)
        return None if published == MISSING_DATE else datetime.fromtimestamp(published, UTC)

    @property
    def segments(self) -> int:
        """How many segments the index has."""
        return len(self._snapshot.views)

    @property
    def through(self) -> int:
        """The number of the last change that is in the index."""
        return self._snapshot.reach.through

    @property
    def moment(self) -> float:
        """When the index came to hold that change, or was built, in seconds since 1970."""
        return self._snapshot.reach.moment

    def newer(self) -> "WhooshEngine | None":
        """Return the same index as it is now, None if nothing was committed to it since."""
        if commits.stamp(self._folder) == self._stamp:
            return None
        return WhooshEngine(self._folder, self._ranking, self._opened, cached=self._cached)

    def close(self) -> None:
        """Let go of the files, which are closed when no query uses them any more."""
        self._opened = self._offering = None

    @property
    def _snapshot(self) -> Snapshot:
        if self._opened is None:
            raise EngineUnavailable("the index was closed: ask the live index for the generation that is open now")
        return self._opened

    def _views(self, query: Query) -> Sequence[View]:
        """Return what *query* sees of each segment: of each release one article alone, unless it asks for all."""
        return self._snapshot.groups.collapsed(query) if query.collapse else self._snapshot.views

    def _hit(self, found: Found) -> Hit:
        others = self._snapshot.groups.others(found.searcher, found.document)
        return Hit(_article(found.searcher, found.document), found.score / UNIT, len(others))

    def _best(self, view: View, query: Query, count: int) -> Best:
        if query.sort is not Sort.RELEVANCE:
            places = view.searcher.newest if query.sort is Sort.NEWEST else self._oldest_first(view.segment)
            return best_by_date(view, _matches(view, query), places, query, count)
        wanted = LOOKED_AT if query.after else max(count, LOOKED_AT)
        first = stood(view, query.tree, self._first(view, query, wanted), self._ranking)
        if not query.after:
            return first
        return continued(view, first, lambda: scored(view, _matches(view, query), query.timeliness), query.after, count)

    def _first(self, view: View, query: Query, count: int) -> Best:
        """Return the best *count* by words and dates, before it counts how the words stand."""
        if not query.filters:
            return timely_best(view, query.tree, query.timeliness, count)
        return timely_best_of(view, _matches(view, query), query.timeliness, count)

    def _by_date(
        self, view: View, query: Query, parts: Sequence[Contribution], document: int
    ) -> Iterator[Contribution]:
        """Yield what the date of *document* adds to the scores of *parts*."""
        if query.timeliness and query.sort is Sort.RELEVANCE:
            score = np.array([round(sum(part.score for part in parts) * UNIT)])
            units = int(added(view.searcher, query.timeliness, np.array([document]), score)[0])
            yield Contribution(query.timeliness.field, query.timeliness.text, Reason.DATE, units / UNIT)

    def _facets(self, views: Sequence[View], query: Query) -> dict[str, tuple[FacetCount, ...]]:
        def documents_of(own: Filters) -> Documents:
            asked = replace(query, filters=own)
            seen = views if own is query.filters else self._views(asked)
            return [(view.segment, _matches(view, asked).documents) for view in seen]

        return facets_of(query.facets, query.filters, documents_of)


_ORDERS: dict[Sort, Callable[[Found], tuple[int | str, ...]]] = {
    Sort.RELEVANCE: lambda found: (-found.score, -found.published, found.id),
    Sort.NEWEST: lambda found: (-found.published, found.id),
    Sort.OLDEST: lambda found: (found.published == MISSING_DATE, found.published, found.id),
}


def _matches(view: View, query: Query) -> Matches:
    matches = view.searcher.whole(query.tree)
    if view.live is not None:
        matches = allowed_of(matches, view.live)
    return allowed_of(matches, filters.allowed(view.segment, query.filters)) if query.filters else matches


def _article(searcher: SegmentSearcher, document: int) -> Article:
    return from_stored(searcher.segment.stored[document])
