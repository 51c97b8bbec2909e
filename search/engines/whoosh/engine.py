"""A Whoosh index, open for queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np

from indexer.article import Article
from indexer.engines.moments import MISSING_DATE
from indexer.engines.whoosh import commits
from search.engines.whoosh import filters
from search.engines.whoosh.combining import allowed_of
from search.engines.whoosh.continuing import continued
from search.engines.whoosh.dated import best_by_date
from search.engines.whoosh.explaining import explaining
from search.engines.whoosh.facets import Documents, facets_of
from search.engines.whoosh.hits import ORDERS, Found, article_of
from search.engines.whoosh.matches import UNIT, Matches
from search.engines.whoosh.offering import SnapshotOffering
from search.engines.whoosh.pinning import (
    Place,
    Seen,
    after_pinned,
    documents_in,
    scores_of,
    seen_with_pins,
    with_pinned,
    with_places,
)
from search.engines.whoosh.ranked import LOOKED_AT, Best, stood
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from search.engines.whoosh.timely import scored, timely_best, timely_best_of
from search.engines.whoosh.unavailable import as_unavailable
from search.engines.whoosh.views import View
from search.errors import EngineUnavailable
from search.query import Filters, Made, Node, Pattern, Phrase, Query, Sort, Term, Vocabulary
from search.results import Contribution, FacetCount, Hit, Ids, Page
from search.tuning import INDEX_CACHE, Ranking

_REMEMBERED = 1 << 14  # leaves whose articles are counted once: the reading of a query asks for each of them often


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
        self._without: tuple[frozenset[str], WhooshEngine] | None = None
        self._oldest_first = cache(filters.oldest_first)

    def search(self, query: Query, *, offset: int, limit: int) -> Page:
        """Return the hits of *query* from *offset* on, *limit* at most."""
        with as_unavailable():
            seen = self._seen(query)
            total, found = self._ranked(seen, query, offset=offset, limit=limit + 1)
            found, following = found[:limit], found[limit:]
            hits = tuple(self._hit(one, query) for one in found)
            for one, hit in zip(found, hits, strict=True):
                self._snapshot.remember(hit.article.id, one.searcher, one.document)
            return Page(total, hits, bool(following), self._facets(seen, query))

    def ids(self, query: Query, *, offset: int, limit: int) -> Ids:
        """Return the ids of the hits that `search` gives, without reading the articles."""
        with as_unavailable():
            total, found = self.ranked(query, offset=offset, limit=limit)
            return Ids(total, tuple(one.id for one in found))

    def ranked(self, query: Query, *, offset: int, limit: int) -> tuple[int, list[Found]]:
        """Return how many articles match *query*, and those from *offset* on, *limit* at most, without their texts."""
        return self._ranked(self._seen(query), query, offset=offset, limit=limit)

    def _ranked(self, seen: Seen, query: Query, *, offset: int, limit: int) -> tuple[int, list[Found]]:
        """Return what matches: first what is pinned, and after that the others by their scores, or all by date."""
        every = self._pinned(seen, query) if query.sort is Sort.RELEVANCE else []
        pinned, query = after_pinned(every, query)
        start, end = (max(0, place - len(pinned)) for place in (offset, offset + limit))
        best = [(view, self._best(view, query, end, seen.pinned)) for view in seen.views]
        found = [
            Found(view.searcher, document, score)
            for view, part in best
            for document, score in zip(part.documents[:end].tolist(), part.scores[:end].tolist(), strict=True)
        ]
        if len(best) > 1:
            found.sort(key=ORDERS[query.sort])
        return sum(part.total for _, part in best) + len(every), [*pinned[offset : offset + limit], *found[start:end]]

    def _pinned(self, seen: Seen, query: Query) -> list[Found]:
        """Return the articles that are pinned, with the scores that they have by themselves."""
        scores = {
            view.searcher: scores_of(view, query, documents, self._ranking)
            for view in seen.views
            if len(documents := documents_in(view, seen.pinned))
        }
        return [Found(*place, scores[place.searcher].get(place.document, 0)) for place in seen.pinned]

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        with as_unavailable():
            found = self._snapshot.find(article_id)
            return article_of(*found) if found else None

    def duplicates(self, article_id: str, *, limit: int) -> Page:
        """Return the other articles that are the same release as the one of this id, *limit* at most, unscored."""
        with as_unavailable():
            found = self._snapshot.find(article_id)
            others = self._snapshot.groups.others(*found) if found else []
            return Page(len(others), tuple(Hit(article_of(*place), 0, len(others)) for place in others[:limit]))

    def explain(self, query: Query, article_ids: Sequence[str]) -> list[tuple[Contribution, ...]]:
        """Return for each of the articles what each part of *query* adds to its score."""
        with as_unavailable():
            seen = self._seen(query)
            views = {view.searcher: (view, whole) for view, whole in zip(seen.views, self._snapshot.views, strict=True)}
            of = cache(lambda searcher: self._explaining(*views[searcher], query, seen.pinned))
            found = [self._snapshot.find(article_id) for article_id in article_ids]
            return [of(place[0])(place[1]) if place else () for place in found]

    def _explaining(
        self, view: View, whole: View, query: Query, pinned: Sequence[Place]
    ) -> Callable[[int], tuple[Contribution, ...]]:
        """Return what takes scores of a segment apart, the *whole* of it, of which *query* sees *view*."""
        first = np.sort(self._first(view, query, LOOKED_AT).documents[:LOOKED_AT])
        return explaining(whole, query, _matches(whole, query), with_places(view, first, pinned), self._ranking)

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
            seen = self._seen(query)
            return sum(_matches(view, query).count for view in seen.views) + len(seen.pinned)

    def has(self, query: Query, least: int) -> bool:
        """Say whether *query* has *least* hits, or more; to find that too few hold its words takes no scores."""
        with as_unavailable():
            if sum(view.searcher.most(query.tree, least) for view in self._snapshot.views) < least:
                return False
        return self.count(query) >= least

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

    def reading(self, read: Callable[[Vocabulary], Made]) -> Made:
        """Return what *read* makes with the words of the index."""
        return read(self)

    def _counted(self, leaf: Term | Phrase) -> int:
        if isinstance(leaf, Term):
            return self._snapshot.statistics.holding(leaf.field, leaf.text.encode())
        return sum(view.searcher.matches(leaf).count for view in self._snapshot.views)

    def without(self, article_ids: frozenset[str]) -> "WhooshEngine":
        """Return the same index as if the articles of these ids were not in it."""
        if not article_ids:
            return self
        known = self._without
        if known is None or known[0] != article_ids:
            other = copy(self)
            other._opened, other._offering = self._snapshot.without(article_ids), None  # noqa: SLF001 - one of this class
            self._without = known = article_ids, other
        return known[1]

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
        self._opened = self._offering = self._without = None

    @property
    def _snapshot(self) -> Snapshot:
        if self._opened is None:
            raise EngineUnavailable("the index was closed: ask the live index for the generation that is open now")
        return self._opened

    def _seen(self, query: Query) -> Seen:
        """Return what *query* sees: of each release one article alone, unless it asks for all, and what is pinned."""
        snapshot = self._snapshot
        views = snapshot.groups.collapsed(query) if query.collapse else snapshot.views
        return seen_with_pins(snapshot, views, query) if query.pinned else Seen(views)

    def _hit(self, found: Found, query: Query) -> Hit:
        others = self._snapshot.groups.others(found.searcher, found.document)
        article = article_of(found.searcher, found.document)
        return Hit(article, found.score / UNIT, len(others), article.id in query.pinned)

    def _best(self, view: View, query: Query, count: int, pinned: Sequence[Place]) -> Best:
        if query.sort is not Sort.RELEVANCE:
            places = view.searcher.newest if query.sort is Sort.NEWEST else self._oldest_first(view.segment)
            return best_by_date(view, with_pinned(view, _matches(view, query), pinned), places, query, count)
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

    def _facets(self, own: Seen, query: Query) -> dict[str, tuple[FacetCount, ...]]:
        def documents_of(limits: Filters) -> Documents:
            asked = replace(query, filters=limits)
            seen = own if limits is query.filters else self._seen(asked)
            matches = ((view, _matches(view, asked)) for view in seen.views)
            return [(view.segment, with_places(view, found.documents, seen.pinned)) for view, found in matches]

        return facets_of(query.facets, query.filters, documents_of)


def _matches(view: View, query: Query) -> Matches:
    matches = view.searcher.whole(query.tree)
    if view.live is not None:
        matches = allowed_of(matches, view.live)
    return allowed_of(matches, filters.allowed(view.segment, query.filters)) if query.filters else matches
