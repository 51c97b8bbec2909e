"""
Changes a complete index: new segments, deletions, and merges that keep the segments few.

Every change is one commit. The files of a commit stay until the next but one, for readers that are about to open them.
"""

import dataclasses
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.merging import merge
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.commits import Commit, Listed
from indexer.engines.whoosh.merge_policy import next_merge
from indexer.engines.whoosh.segments import SegmentWriter


class WhooshUpdater:
    """Implements `indexer.engines.IndexUpdater`; the only one at a time that changes the index."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """
        Open the index in *folder*.

        Raises:
            IndexUnavailable: there is none, or its files are damaged.
        """
        self.folder = folder
        self._writer = SegmentWriter(folder, analyzer)
        self._commit = commits.load(folder)
        self._open: dict[str, OpenSegment] = {}
        self._merging: set[str] = set()

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""
        return self._commit.through

    @property
    def articles(self) -> int:
        """The articles that it holds."""
        return self._commit.articles

    def apply(self, put: Sequence[Article], gone: Collection[str], through: int) -> None:
        """Put articles in, take those with the ids *gone* out, and remember that this is all *through* that change."""
        removed = {article.id for article in put} | set(gone)
        segments = [self._without(listed, removed) for listed in self._commit.segments]
        for article in put:
            self._writer.add(article)
        if put:
            segments.append(self._writer.write())
        self._save(segments, through)

    def begin_merge(self) -> "WhooshMerge | None":
        """Return the merge that is to be done, None if the segments are few enough."""
        chosen = next_merge(self._commit.segments)
        if not chosen:
            return None
        merge = WhooshMerge(self, chosen, [self._opened(listed) for listed in chosen])
        self._merging.add(merge.name)
        return merge

    def replace(self, chosen: Sequence[Listed], merge: "WhooshMerge") -> None:
        """Put the result of *merge* in the place of the segments *chosen*."""
        self._merging.discard(merge.name)
        now = {listed.name: listed for listed in self._commit.segments}
        names = [listed.name for listed in chosen]
        if all(name in now for name in names):
            others = [listed for listed in self._commit.segments if listed.name not in names]
            self._save([*others, merge.result([now[name] for name in names])], self.through)

    def _without(self, listed: Listed, removed: set[str]) -> Listed:
        segment = self._opened(listed)
        found = {document for identity in removed for document in segment.documents_of_id(identity)}
        return dataclasses.replace(listed, deleted=tuple(sorted(found | set(listed.deleted)))) if found else listed

    def _opened(self, listed: Listed) -> OpenSegment:
        if listed.name not in self._open:
            self._open[listed.name] = OpenSegment(self.folder, listed.name)
        return self._open[listed.name]

    def _save(self, segments: Sequence[Listed], through: int) -> None:
        alive = tuple(listed for listed in segments if len(listed.deleted) < listed.articles)
        commit = Commit(self._commit.number + 1, alive, through)
        commits.save(self.folder, commit)
        commits.sweep(self.folder, (self._commit, commit), but=self._merging)
        self._commit = commit
        self._open = {listed.name: self._open[listed.name] for listed in alive if listed.name in self._open}


class WhooshMerge:
    """Implements `indexer.engines.Merge`: some segments of an index, to be made one."""

    def __init__(self, updater: WhooshUpdater, chosen: Sequence[Listed], sources: Sequence[OpenSegment]) -> None:
        """Merge the segments *chosen* of the index of *updater*, which are open as *sources*."""
        self.chosen = chosen
        self._updater, self._sources = updater, sources
        self.name = commits.new_name()

    def run(self) -> None:
        """Write the merged segment; changes may be applied meanwhile."""
        kept = [_kept(listed) for listed in self.chosen]
        merge(list(zip(self._sources, kept, strict=True)), self._updater.folder, self.name)

    def finish(self) -> None:
        """Put the whole in the place of its parts, without what was deleted of these meanwhile."""
        self._updater.replace(self.chosen, self)

    def result(self, now: Sequence[Listed]) -> Listed:
        """Return the merged segment; *now* says what is deleted of its sources by now."""
        kept = [_kept(listed) for listed in self.chosen]
        numbers = np.cumsum(np.concatenate(kept)) - 1
        starts = np.cumsum([0, *(listed.articles for listed in self.chosen)])
        deleted = [
            int(numbers[start + document])
            for start, then, listed in zip(starts.tolist(), self.chosen, now, strict=False)
            for document in sorted(set(listed.deleted) - set(then.deleted))
        ]
        return Listed(self.name, int(sum(own.sum() for own in kept)), tuple(deleted))


def _kept(listed: Listed) -> Array:
    return np.ones(listed.articles, bool) if listed.live is None else listed.live
