"""The query log of one process: what is asked queues up in memory, and a thread writes it down in batches."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread

from search.query_log.database import LogFile
from search.query_log.entries import Entry
from search.query_log.losses import Losses
from search.settings import QueryLogging

_QUEUE = 10_000  # entries that wait at most: as many as a process answers in some ten seconds
_PAUSE = 0.5  # seconds in which a batch gathers
_LEAVE = 5.0  # seconds that the last batch may take
_LOOK = 600.0  # seconds between two looks at the bounds
_BATCHED = 20_000  # entries written between them at most, some megabytes


class QueryLog:
    """
    Takes entries without ever waiting; safe to share between threads.

    Those for which there is no room, or no disk, are lost and counted.
    """

    def __init__(self, root: Path, settings: QueryLogging, *, most: int = _QUEUE) -> None:
        """Write to the index at *root* as *settings* say; *most* entries wait."""
        self._file = LogFile(root, settings)
        self._queue: Queue[Entry | None] = Queue(most)
        self._losses = Losses(self._file.path)
        self._ending = Event()
        self.written = 0
        """How many entries were written so far."""
        self._untidy, self._tidied = 0, 0.0
        self._thread = Thread(target=self._run, name="query-log", daemon=True)
        self._thread.start()

    @property
    def lost(self) -> int:
        """How many entries were lost so far."""
        return self._losses.total

    def add(self, entry: Entry) -> None:
        """Have *entry* written down, or count it as lost."""
        try:
            self._queue.put_nowait(entry)
        except Full:
            self._losses.add(1, f"{self._queue.maxsize} entries wait already")

    def close(self) -> None:
        """Write down what waits, for some seconds at most."""
        self._ending.set()
        try:
            self._queue.put(None, timeout=_LEAVE)
        except Full:
            return
        self._thread.join(_LEAVE)

    def _run(self) -> None:
        while True:
            try:
                first = self._queue.get(timeout=_LOOK)
            except Empty:
                self._tidy()
                continue
            self._ending.wait(_PAUSE)
            if batch := [entry for entry in (first, *self._waiting()) if entry is not None]:
                self._write(batch)
            if self._ending.is_set() and self._queue.empty():
                break
        self._file.close()

    def _waiting(self) -> Iterator[Entry | None]:
        """Yield what waits now, as much as one batch may have."""
        for _ in range(self._queue.maxsize):
            try:
                yield self._queue.get_nowait()
            except Empty:
                return

    def _write(self, batch: list[Entry]) -> None:
        lost_before = self.lost
        try:
            self._file.add(batch)
        except (sqlite3.Error, OSError) as exc:
            self._losses.add(len(batch), str(exc))
            return
        self.written += len(batch)
        self._untidy += len(batch)
        if self.lost == lost_before:
            self._losses.end()
        if self._untidy >= _BATCHED or time.monotonic() - self._tidied >= _LOOK:
            self._tidy()

    def _tidy(self) -> None:
        """Keep the file within its bounds; where that fails, the next batch says so, or it is tried again."""
        self._untidy, self._tidied = 0, time.monotonic()
        with suppress(sqlite3.Error, OSError):
            self._file.keep_within_bounds()
