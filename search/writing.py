"""Changes that come over HTTP or from the command line: checked, queued durably, and then seen to be applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.article import Article
from indexer.changes.drainer import Drainer
from indexer.changes.queue import ChangeQueue, Task
from indexer.errors import ArticleRejected
from search.errors import TaskNotFound
from search.live import LiveIndex
from search.readiness import Readiness, readiness

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of some records: the *task* of those that were queued, and by place why the others were not."""

    task: Task | None
    rejected: dict[int, str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: *applied* of its changes are seen by searches."""

    task: Task
    applied: int

    @property
    def changes(self) -> int:
        """How many changes the task has."""
        return self.task.last - self.task.first + 1

    @property
    def is_done(self) -> bool:
        """Whether all of them are applied, or have failed."""
        return self.applied == self.changes


class Writing:
    """Takes changes to the live index in; safe to share between threads."""

    def __init__(self, root: Path, live: LiveIndex) -> None:
        """Queue changes of the index at *root*, which answers through *live*."""
        self.root, self._live = root, live
        self._queue = ChangeQueue(root)
        self._drainer = Drainer(root, live.analyzer)

    def put(self, records: Iterable[Record]) -> Accepted:
        """
        Queue the articles that *records* are, each to take the place of the one of its id; on disk on return.

        Raises:
            IndexUnavailable: there is no index that they could go into.
            QueueUnavailable: nothing could be queued.
        """
        changes: list[tuple[str, Record | None]] = []
        rejected: dict[int, str] = {}
        for place, record in enumerate(records, 1):
            try:
                changes.append((Article.from_record(record).id, record))
            except ArticleRejected as exc:
                rejected[place] = str(exc)
        return Accepted(self._queued(changes) if changes else None, rejected)

    def delete(self, article_ids: Iterable[str]) -> Task:
        """Queue that the articles of these ids go; raises as `put` does."""
        return self._queued([(article_id, None) for article_id in article_ids])

    def progress(self, task_id: str) -> Progress:
        """
        Return how far the task of this id is.

        Raises:
            TaskNotFound: there is none.
        """
        task = self._queue.task(task_id)
        if task is None:
            raise TaskNotFound(f"there is no task {task_id!r}: ids are those that were answered with 202")
        with self._live.open() as index:
            through = index.engine.through
        return Progress(task, max(0, min(through, task.last) - task.first + 1))

    def readiness(self) -> Readiness:
        """Return how the live index stands; raises `IndexUnavailable` where there is none."""
        return readiness(self.root, self._live)

    def resume(self) -> None:
        """See to it that what was queued before this process began is applied."""
        if self._queue.last():
            self._drainer.nudge()

    def close(self) -> None:
        """End the process that applies changes; what it has not applied stays in the queue."""
        self._drainer.close()

    def _queued(self, changes: list[tuple[str, Record | None]]) -> Task:
        with self._live.open() as index:
            task = self._queue.add(changes, beyond=index.engine.through)
        self._drainer.nudge()
        return task
