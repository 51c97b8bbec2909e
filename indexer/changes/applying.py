"""
Applies queued changes to an index: in batches, in order, by one process at a time.

What is applied is known from the index itself: each commit says through which change it goes. A process that dies in
the middle leaves the commit before, and the next one begins after that. Which step needs which lock is written in
docs/protocol.md.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Self

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.changes.lock import ApplierLock
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


class Updates:
    """
    Brings generations of the index at *root* up to the changes in its queue.

    What it holds of an index in memory is thrown away whenever anything fails, and read anew from disk.
    """

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        """Read articles with *analyzer*, which must be that of the index."""
        self._root, self._analyzer = root, analyzer
        self._queue = ChangeQueue(root)
        self._updater: IndexUpdater | None = None
        self._generation = ""

    def last_change(self, moment: float) -> int:
        """Return the number of the last change from before *moment*: what tells of that moment needs those after it."""
        return self._queue.last_before(moment)

    def bring_up(self, generation: Generation) -> int:
        """Apply all changes that *generation* does not hold yet; nobody else may change it meanwhile."""
        applied = 0
        while step := self.step(generation):
            applied += step
        return applied

    def step(self, generation: Generation) -> int:
        """Apply the next changes that *generation* does not hold yet, as one commit; return how many there were."""
        with self._afresh_if_it_fails():
            updater = self._opened(generation)
            changes = self._queue.after(updater.through, BATCH)
            if changes:
                put, gone, failures = _collapsed(changes)
                if failures:
                    self._queue.fail(failures)
                updater.apply(put, gone, changes[-1].number)
            return len(changes)

    def begin_merge(self, generation: Generation) -> Tidying | None:
        """Return what is to be merged to keep *generation* fast, None if nothing is."""
        with self._afresh_if_it_fails():
            merge = self._opened(generation).begin_merge()
            return Tidying(generation.name, merge) if merge else None

    def forget(self) -> None:
        """Drop the changes that every generation holds that is kept; a rollback needs the others."""
        kept = generations.complete(self._root)
        with suppress(IndexUnavailable, QueueUnavailable):  # what cannot be opened may need all; it can wait
            self._queue.forget(min(open_inspector(g.manifest.engine, g.engine_folder).through for g in kept))

    def _opened(self, generation: Generation) -> IndexUpdater:
        if self._updater is None or self._generation != generation.name:
            engine = generation.manifest.engine
            self._updater = open_updater(engine, generation.engine_folder, self._analyzer)
            self._generation = generation.name
        return self._updater

    @contextmanager
    def _afresh_if_it_fails(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._updater = None
            raise


class Applier:
    """
    Applies changes to the live generation of the index at *root*, under the lock that there is one applier by.

    It takes that lock with the first call and holds it until it is closed.
    """

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        """Read articles with *analyzer*, which must be that of the index."""
        self._root, self._fingerprint = root, schema.fingerprint(analyzer)
        self._updates = Updates(root, analyzer)
        self.lock = ApplierLock(root)

    def __enter__(self) -> Self:
        """Return the applier."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let others apply."""
        self.lock.release()

    def apply(self) -> int:
        """
        Apply all changes that the live generation does not hold yet; return how many these were.

        Raises:
            AnotherApplies: another process has the right to do so.
        """
        self.lock.take()
        applied = 0
        while step := self._step():
            applied += step
        return applied

    def tidy(self) -> None:
        """Merge until the live generation is as fast as it can be."""
        while tidying := self.begin_merge():
            self.finish_merge(tidying, run=True)

    def begin_merge(self) -> Tidying | None:
        """Return what is to be merged to keep the live generation fast, None if nothing is; see `apply`."""
        self.lock.take()
        with alone(self._root):
            return self._updates.begin_merge(self._live())

    def finish_merge(self, done: Tidying, *, run: bool = False) -> None:
        """Take in what was merged, or is merged now where *run* says so, unless another generation is live by now."""
        try:
            if run:
                done.merge.run()
            with alone(self._root):
                if self._live().name == done.generation:
                    done.merge.finish()
        finally:
            done.merge.give_up()

    def is_live(self, generation: str) -> bool:
        """Say whether the generation of this name is the live one."""
        return generations.current_name(self._root) == generation

    def _step(self) -> int:
        with alone(self._root):
            return self._updates.step(self._live())

    def _live(self) -> Generation:
        return generations.live(self._root, self._fingerprint)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Wait until no other process changes the generations of the index at *root*, and keep others from it."""
    with (root / _LOCK).open("a") as lock:
        flock(lock, LOCK_EX)  # until it is closed
        yield


def _collapsed(changes: Sequence[Change]) -> tuple[list[Article], list[str], list[tuple[int, str]]]:
    """Return the articles to put in and the ids to take out, by the last change of each, and what cannot be done."""
    last: dict[str, Article | None] = {}
    failures = []
    for change in changes:
        try:
            last[change.article_id] = None if change.record is None else Article.from_record(change.record)
        except ArticleRejected as exc:
            failures.append((change.number, str(exc)))
    put = [with_language(article) for article in last.values() if article is not None]
    return put, [name for name, article in last.items() if article is None], failures
