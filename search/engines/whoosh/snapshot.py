"""The state of an index at one moment: its segments, and which of their documents are not deleted."""

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from pathlib import Path

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.commits import Listed
from indexer.errors import IndexUnavailable
from search.engines.whoosh.cache import RecentlyUsed
from search.engines.whoosh.groups import Groups
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.statistics import Statistics
from search.engines.whoosh.views import View
from search.tuning import INDEX_CACHE, Ranking

_PLACES = 4_096  # articles of which it is remembered where they are


def open_snapshot(
    folder: Path, ranking: Ranking, before: "Snapshot | None" = None, cache: int = INDEX_CACHE
) -> "Snapshot":
    """
    Return the index in *folder* as it is now; where a commit took its files away meanwhile, as it is after that.

    What is read of it is kept, *cache* bytes at most, unless there is one *before*, which it shares that with.

    Raises:
        IndexUnavailable: there is no index, or its files are damaged.
    """
    while True:
        stamp = commits.stamp(folder)
        try:
            return Snapshot(folder, ranking, before, cache)
        except IndexUnavailable:
            if commits.stamp(folder) == stamp:
                raise


class Snapshot:
    """An index, open for reading; what is committed to it later is seen by another snapshot."""

    def __init__(self, folder: Path, ranking: Ranking, before: "Snapshot | None", cache: int) -> None:
        """
        Open the index in *folder*, with what a snapshot *before* has of it open already, or with a *cache* of bytes.

        Raises:
            IndexUnavailable: there is no index, or its files are damaged.
        """
        commit = commits.load(folder)
        self.articles, self.reach = commit.articles, commit.reach
        self.cache: RecentlyUsed = before.cache if before else RecentlyUsed(cache)
        known = before.searchers if before else {}
        segments = {
            listed.name: known[listed.name].segment if listed.name in known else commits.opened(folder, listed)
            for listed in commit.segments
        }
        self.statistics = Statistics(list(segments.values()))
        if before and self.statistics.is_near(before.statistics):
            self.statistics = before.statistics
        else:
            known = {}
        self.searchers: Mapping[str, SegmentSearcher] = {
            name: known[name] if name in known else SegmentSearcher(segment, self.statistics, ranking, self.cache)
            for name, segment in segments.items()
        }
        self._places: dict[str, tuple[SegmentSearcher, int]] = {}
        self.views = tuple(self._view(listed) for listed in commit.segments)
        self.groups: Groups = Groups(self.views, before.groups.known if before else {})

    def find(self, article_id: str) -> tuple[SegmentSearcher, int] | None:
        """Return where the article of this id is: its segment, and its document there."""
        return self._places.get(article_id) or next(self._found(article_id), None)

    def remember(self, article_id: str, searcher: SegmentSearcher, document: int) -> None:
        """Remember for a while where the article of this id is: what was found is often asked about."""
        if len(self._places) >= _PLACES:
            self._places.clear()
        self._places[article_id] = searcher, document

    def without(self, article_ids: Collection[str]) -> "Snapshot":
        """Return the same index as if the articles of these ids were not in it."""
        other = copy(self)
        other._places = {}  # noqa: SLF001 - one of this class
        other.views = tuple(view.without(_documents_of(view, article_ids)) for view in self.views)
        other.groups = self.groups.over(other.views)
        return other

    def _view(self, listed: Listed) -> View:
        return View(self.searchers[listed.name], listed.live, np.array(listed.deleted, np.int64))

    def _found(self, article_id: str) -> Iterator[tuple[SegmentSearcher, int]]:
        for view in self.views:
            for document in view.segment.documents_of_id(article_id):
                if view.live is None or view.live[document]:
                    yield view.searcher, document


def _documents_of(view: View, article_ids: Collection[str]) -> Array:
    """Return the documents of *view* that are the articles of these ids, and are not deleted."""
    found = [document for article_id in article_ids for document in view.segment.documents_of_id(article_id)]
    documents = np.array(found, np.int64)
    return documents[view.among(documents)]
