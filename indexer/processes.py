"""
Processes that are handed work, one thing after the other, by the one that started them.

They are started anew, not forked: a fork copies the locks of threads that it does not copy. What they are given and
what comes back goes through a socket pair; its end is how a process notices that the other has ended. Each is in a
process group of its own, so that Ctrl-C reaches the parent alone, which then ends them.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Self

from indexer.errors import ReindexFailed


class Worker:
    """A process that does what it is given; *waiting* counts what it has been given and not answered."""

    def __init__(self, place: object, module: str) -> None:
        """Start one that runs *module*, which must end in `follow`, and tell it its *place*."""
        self.waiting = 0
        self.connection, other = Pipe()
        with other:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", module, str(other.fileno())],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                process_group=0,
            )
        self._send(place)

    def __enter__(self) -> Self:
        """Return the worker."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.connection.close()
        self.process.kill()
        self.process.wait()

    def give(self, number: int, task: object) -> None:
        """
        Have *task* done, which comes back by its *number*.

        Raises:
            ReindexFailed: the process has died.
        """
        self.waiting += 1
        self._send((number, task))

    def said(self) -> object:
        """Return what the process says next; raises as `give` does."""
        try:
            return self.connection.recv()
        except (EOFError, ConnectionError) as exc:
            raise self._death() from exc

    def _send(self, message: object) -> None:
        try:
            self.connection.send(message)
        except ConnectionError as exc:
            raise self._death() from exc

    def _death(self) -> ReindexFailed:
        code = self.process.wait()
        how = f"was killed (signal {-code}), perhaps for want of memory" if code < 0 else f"ended with code {code}"
        return ReindexFailed(
            f"a process that read articles {how}: give it more memory, or use fewer with --jobs; "
            "the live index is as it was"
        )


def follow(work: Callable[[Connection], None]) -> None:
    """Do the *work* that comes to this process, which a `Worker` started, until there is no more to come."""
    with suppress(EOFError, ConnectionError):
        work(Connection(int(sys.argv[1])))
