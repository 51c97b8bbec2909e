"""
Applies queued changes to an index: in batches, in order, by one process at a time.

What is applied is known from the index itself: each commit says through which change it goes. A process that dies in
the middle leaves the commit before, and the next one begins after that.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.changes.queue import Change, ChangeQueue
from indexer.engines import IndexUpdater, Merge, open_inspector, open_updater
from indexer.errors import ArticleRejected, IndexUnavailable, QueueUnavailable
from indexer.generations import Generation
from indexer.language import with_language

BATCH = 1_000
"""Changes that are applied at a time, as one commit."""

_LOCK = "changes.lock"


@dataclass(frozen=True, slots=True)
class Tidying:
    """A merge of parts of *generation*; its `run` may take place while changes are applied."""

    generation: str
    merge: Merge


class Applier:
    """Applies the changes in the queue of the index at *root* to its generations."""

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        """Read articles with *analyzer*, which must be that of the index."""
        self._root, self._analyzer = root, analyzer
        self._queue = ChangeQueue(root)
        self._updater: IndexUpdater | None = None
        self._generation = ""

    def last_change(self, moment: float) -> int:
        """Return the number of the last change from before *moment*: what tells of that moment needs those after it."""
        return self._queue.last_before(moment)

    def apply(self) -> int:
        """Apply all changes that the live generation does not hold yet; return how many these were."""
        with alone(self._root):
            return self.bring_up(self._live())

    def begin_merge(self) -> "Tidying | None":
        """Return what is to be merged to keep the live generation fast, None if nothing is."""
        with alone(self._root):
            generation = self._live()
            merge = self._opened(generation).begin_merge()
            return Tidying(generation.name, merge) if merge else None

    def finish_merge(self, done: "Tidying") -> None:
        """Take in what was merged, unless another generation is live by now."""
        with alone(self._root):
            generation = self._live()
            if generation.name == done.generation:
                done.merge.finish()

    def bring_up(self, generation: Generation) -> int:
        """Apply all changes that *generation* does not hold yet; the caller is `alone`."""
        updater = self._opened(generation)
        applied = 0
        while changes := self._queue.after(updater.through, BATCH):
            put, gone, failures = _collapsed(changes)
            if failures:
                self._queue.fail(failures)
            updater.apply(put, gone, changes[-1].number)
            applied += len(changes)
        return applied

    def forget(self) -> None:
        """Drop the changes that every generation holds that is kept; a rollback needs the others."""
        kept = generations.complete(self._root)
        with suppress(IndexUnavailable, QueueUnavailable):  # what cannot be opened may need all; it can wait
            self._queue.forget(min(open_inspector(g.manifest.engine, g.engine_folder).through for g in kept))

    def _live(self) -> Generation:
        return generations.live(self._root, schema.fingerprint(self._analyzer))

    def _opened(self, generation: Generation) -> IndexUpdater:
        if self._updater is None or self._generation != generation.name:
            engine = generation.manifest.engine
            self._updater = open_updater(engine, generation.engine_folder, self._analyzer)
            self._generation = generation.name
        return self._updater


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Wait until no other process changes the generations of the index at *root*, and keep others from it."""
    with (root / _LOCK).open("a") as lock:
        flock(lock, LOCK_EX)
        try:
            yield
        finally:
            flock(lock, LOCK_UN)


def _collapsed(changes: Sequence[Change]) -> tuple[list[Article], list[str], list[tuple[int, str]]]:
    """Return the articles to put in and the ids to take out, by the last change of each, and what cannot be done."""
    last = {change.article_id: change for change in changes}
    put, gone, failures = [], [], []
    for change in last.values():
        if change.record is None:
            gone.append(change.article_id)
            continue
        try:
            put.append(with_language(Article.from_record(change.record)))
        except ArticleRejected as exc:
            failures.append((change.number, str(exc)))
    return put, gone, failures
