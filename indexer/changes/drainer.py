"""
Keeps the process that applies changes while a service runs, so that searches need not wait for it.

It ends when the service does: what the two say to each other goes through a pipe, and its end says that the other is
gone.
"""

import logging
import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Lock, Thread

from indexer.analysis import Analyzer
from indexer.changes import draining
from indexer.changes.draining import Pauses, Place

_log = logging.getLogger(__name__)


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
        """Start another process whenever one has ended; later and later, should they end as soon as they begin."""
        pauses = Pauses()
        while self._process:
            began = time.monotonic()
            self._process.wait()
            if time.monotonic() - began > Pauses.LONGEST:
                pauses = Pauses()
            with self._lock:
                if self._closed.is_set():
                    return
                _log.warning("the process that applies changes has ended; starting another")
                self._start()
            self._closed.wait(pauses.next())

    def _start(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection, other = Pipe()
        with other:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", draining.__name__, str(other.fileno())],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                pass_fds=[other.fileno()],
                process_group=0,
            )
        with suppress(OSError):  # it has died at once, and is waited for by `_keep`
            self._connection.send(self._place)
