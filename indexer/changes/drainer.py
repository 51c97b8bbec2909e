"""
The process that applies changes while a service runs, so that searches need not wait for it.

It ends when the service does: what the two say to each other goes through a pipe, and its end says that the other is
gone.
"""

import logging
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Lock, Thread

from indexer.analysis import Analyzer
from indexer.changes.applying import Applier, Tidying
from indexer.errors import IndexerError

_PAUSE = 1  # seconds between two starts, so that one that cannot run takes no whole processor
_POLL = 0.5  # seconds between two looks at the queue where nobody says that there is something new
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """What the process must know: the folder of the index, and how articles are read."""

    root: Path
    analyzer: Analyzer


class Drainer:
    """Keeps one such process running; safe to share between threads."""

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        """Apply the changes of the index at *root*; the process starts with the first `nudge`."""
        self._place = Place(root, analyzer)
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._closed = Event()

    def nudge(self) -> None:
        """Say that there is something new; starts the process if there is none yet."""
        with self._lock:
            if self._process is None:
                self._start()
                Thread(target=self._keep, daemon=True).start()
            with suppress(OSError):  # it has died just now, and another looks at the queue when it starts
                self._connection.send(None) if self._connection else None

    def close(self) -> None:
        """End the process; what it has not applied stays in the queue."""
        self._closed.set()
        with self._lock:
            if self._connection:
                self._connection.close()
            if self._process:
                self._process.terminate()
                self._process.wait()

    def _keep(self) -> None:
        """Start another process whenever one has ended."""
        while self._process:
            self._process.wait()
            with self._lock:
                if self._closed.is_set():
                    return
                _log.warning("the process that applies changes has ended; starting another")
                self._start()
            self._closed.wait(_PAUSE)

    def _start(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection, other = Pipe()
        with other:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", __name__, str(other.fileno())],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                pass_fds=[other.fileno()],
                process_group=0,
            )
        with suppress(OSError):  # it has died at once, and is waited for by `_keep`
            self._connection.send(self._place)


def drain(connection: Connection) -> None:
    """Apply changes as they come, until the other end of *connection* is closed."""
    place: Place = connection.recv()
    work = _Work(Applier(place.root, place.analyzer))
    while True:
        try:
            busy = work.step()
        except (IndexerError, OSError):
            _log.exception("changes cannot be applied now; they stay in the queue")
            busy = False
        if connection.poll(0 if busy else _POLL):
            while connection.poll(0):
                connection.recv()


class _Work:
    """Applies changes, and merges beside that, in a thread of its own."""

    def __init__(self, applier: Applier) -> None:
        self._applier = applier
        self._merges = ThreadPoolExecutor(1)
        self._merging: tuple[Tidying, Future[None]] | None = None

    def step(self) -> bool:
        """Do what there is to do now; say whether there may be more."""
        applied = self._applier.apply()
        if self._merging is None:
            self._begin()
        elif self._merging[1].done():
            self._finish(*self._merging)
        return bool(applied)

    def _begin(self) -> None:
        if tidying := self._applier.begin_merge():
            self._merging = tidying, self._merges.submit(tidying.merge.run)

    def _finish(self, tidying: Tidying, running: "Future[None]") -> None:
        self._merging = None
        running.result()
        self._applier.finish_merge(tidying)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with suppress(EOFError, ConnectionError):
        drain(Connection(int(sys.argv[1])))
