"""
Changes a complete index: new segments, deletions, and merges that keep the segments few.

Every change is one commit, worked out from the one that is valid under the same lock. The files of a commit stay until
the next but one, for readers that are about to open them.
"""

import dataclasses
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.arrays import Array
from indexer.engines.whoosh import commits, committing
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.merging import merge
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.commits import Commit, Listed, Reach
from indexer.engines.whoosh.merge_policy import next_merge
from indexer.engines.whoosh.segments import SegmentWriter
from indexer.engines.whoosh.sweeping import Announcement, sweep
from indexer.errors import IndexUnavailable


class WhooshUpdater:
    """
    Implements `indexer.engines.IndexUpdater`.

    Others may change the index between two calls: each reads anew what is valid. After a call that failed nothing of
    it is left, neither on disk nor here.
    """

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """
        Open the index in *folder*.

        Raises:
            IndexUnavailable: there is none, or its files are damaged.
        """
        self.folder, self._analyzer = folder, analyzer
        self._begin()
        commits.load(folder)

    def _begin(self) -> None:
        self._writer = SegmentWriter(self.folder, self._analyzer)
        self._open: dict[str, tuple[Listed, OpenSegment]] = {}

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""
        return commits.load(self.folder).reach.through

    @property
    def articles(self) -> int:
        """The articles that it holds."""
        return commits.load(self.folder).articles

    def apply(self, put: Sequence[Article], gone: Collection[str], through: int) -> None:
        """Put articles in, take those with the ids *gone* out, and remember that this is all *through* that change."""
        added = {article.id for article in put}
        with self._whole_or_not() as commit:
            found = [self._found(listed, added | set(gone)) for listed in commit.segments]
            segments = [_without(listed, own) for listed, own in zip(commit.segments, found, strict=True)]
            for article in put:
                self._writer.add(article)
            if put:
                segments.append(self._writer.write())
            removed = (name for own in found for name in own.values())
            tally = (commit.tally - commits.tally(removed) + commits.tally(added)) % commits.TALLIES
            reach = dataclasses.replace(commit.reach, through=through, moment=time.time())
            self._save(commit, segments, tally=tally, reach=reach)

    def begin_merge(self) -> "WhooshMerge | None":
        """Return the merge that is to be done, None if the segments are few enough."""
        with self._whole_or_not() as commit:
            chosen = next_merge(commit.segments)
            return WhooshMerge(self, chosen, [self._opened(listed) for listed in chosen]) if chosen else None

    def replace(self, chosen: Sequence[Listed], merge: "WhooshMerge") -> None:
        """Put the result of *merge* in the place of the segments *chosen*, if all of these are still there."""
        with self._whole_or_not() as commit:
            now = {listed.name: listed for listed in commit.segments}
            names = [listed.name for listed in chosen]
            if all(name in now for name in names):
                others = [listed for listed in commit.segments if listed.name not in names]
                self._save(commit, [*others, merge.result([now[name] for name in names])])

    @contextmanager
    def _whole_or_not(self) -> Iterator[Commit]:
        """Give out the valid commit; should what is done with it fail, leave nothing of it, here or on disk."""
        commit = commits.load(self.folder)
        try:
            yield commit
        except BaseException:
            self._begin()
            with suppress(IndexUnavailable, OSError):
                sweep(self.folder, (commit, commits.load(self.folder)))
            raise

    def _found(self, listed: Listed, ids: Collection[str]) -> dict[int, str]:
        """Return the documents of *ids* in the segment *listed* that are not deleted, each with its id."""
        segment, gone = self._opened(listed), frozenset(listed.deleted)
        return {number: name for name in ids for number in segment.documents_of_id(name) if number not in gone}

    def _opened(self, listed: Listed) -> OpenSegment:
        """Return the segment *listed*, which is kept open as long as commits have it."""
        known = self._open.get(listed.name)
        if known is None or known[0].checksum != listed.checksum:
            known = self._open[listed.name] = listed, commits.opened(self.folder, listed)
        return known[1]

    def _save(
        self, valid: Commit, segments: Sequence[Listed], *, tally: int | None = None, reach: Reach | None = None
    ) -> None:
        """Save the commit after the *valid* one, of *segments*, with its tally and reach unless others are given."""
        alive = tuple(listed for listed in segments if len(listed.deleted) < listed.articles)
        commit = Commit(valid.number + 1, alive, valid.tally if tally is None else tally, reach or valid.reach)
        committing.save(self.folder, commit, over=valid)
        sweep(self.folder, (valid, commit))
        names = {listed.name for listed in alive}
        self._open = {name: known for name, known in self._open.items() if name in names}


class WhooshMerge:
    """Implements `indexer.engines.Merge`: some segments of an index, to be made one."""

    def __init__(self, updater: WhooshUpdater, chosen: Sequence[Listed], sources: Sequence[OpenSegment]) -> None:
        """Merge the segments *chosen* of the index of *updater*, which are open as *sources*."""
        self.chosen = chosen
        self._updater, self._sources = updater, sources
        self._name = committing.new_name()
        self._announcement = Announcement(updater.folder, self._name)

    def run(self) -> None:
        """Write the merged segment; changes may be applied meanwhile."""
        kept = [_kept(listed) for listed in self.chosen]
        merge(list(zip(self._sources, kept, strict=True)), self._updater.folder, self._name)

    def finish(self) -> None:
        """Put the whole in the place of its parts, without what was deleted of these meanwhile."""
        try:
            self._updater.replace(self.chosen, self)
        finally:
            self._announcement.withdraw()

    def give_up(self) -> None:
        """Leave it; what was written of it is swept away by the next change."""
        self._announcement.withdraw()

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
        articles, checksum = int(sum(own.sum() for own in kept)), manifests.checksum(self._updater.folder, self._name)
        return Listed(self._name, articles, checksum, tuple(deleted))


def _without(listed: Listed, documents: Collection[int]) -> Listed:
    """Return *listed* with *documents* deleted too."""
    return dataclasses.replace(listed, deleted=tuple(sorted({*documents, *listed.deleted}))) if documents else listed


def _kept(listed: Listed) -> Array:
    return np.ones(listed.articles, bool) if listed.live is None else listed.live
