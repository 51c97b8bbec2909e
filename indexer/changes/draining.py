"""
What the process does that applies changes beside a service: as they come, for as long as the service lives.

There may be several services on one index, each with such a process; the one that holds the lock of the applier works,
the others wait until it ends. What fails is tried again, later and later, and said once.
"""

import logging
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from indexer.analysis import Analyzer
from indexer.changes.applying import Applier, Tidying
from indexer.errors import AnotherApplies, IndexerError

_POLL = 0.25  # seconds between two looks at the queue where nobody says that there is something new
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """What the process must know: the folder of the index, and how articles are read."""

    root: Path
    analyzer: Analyzer


class Pauses:
    """Seconds to wait before another try: twice as long each time, a minute at most."""

    FIRST, LONGEST = 0.5, 60

    def __init__(self) -> None:
        """Begin with the shortest."""
        self._next = self.FIRST

    def next(self) -> float:
        """Return how long to wait this time."""
        pause, self._next = self._next, min(2 * self._next, self.LONGEST)
        return pause


def drain(connection: Connection) -> None:
    """Apply changes as they come, until the other end of *connection* is closed."""
    place: Place = connection.recv()
    with closing(_Work(place)) as work:
        while True:
            pause, wakes = work.step()
            _rest(connection, pause, wakes=wakes)


def _rest(connection: Connection, seconds: float, *, wakes: bool) -> None:
    """Wait so long, or, where that *wakes*, until something is said; raises EOFError when the other end is closed."""
    end = time.monotonic() + seconds
    while connection.poll(max(0, end - time.monotonic())):
        connection.recv()
        if wakes:
            end = 0


class _Work:
    """Applies changes, and merges beside that, in a thread of its own."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._applier: Applier | None = None
        self._pauses = Pauses()
        self._trouble = ""
        self._merging = _Merging()

    def step(self) -> tuple[float, bool]:
        """Do what there is to do; return for how many seconds to rest, and whether something new ends the rest."""
        try:
            self._applier = self._applier or Applier(self._place.root, self._place.analyzer)
            applied = self._applier.apply()
            self._tell("")
            self._merging.go_on(self._applier)
        except AnotherApplies:
            return _POLL, False
        except (IndexerError, OSError) as exc:
            self._tell(str(exc))
            return self._pauses.next(), False
        return (0 if applied else _POLL), True

    def close(self) -> None:
        """Let another process apply changes."""
        self._merging.close()
        if self._applier:
            self._applier.lock.release()

    def _tell(self, trouble: str) -> None:
        """Say what keeps changes from being applied, or that nothing does, whenever that is not what it was."""
        if not trouble:
            self._pauses = Pauses()
        if trouble == self._trouble:
            return
        self._trouble = trouble
        if trouble:
            _log.error("changes cannot be applied now; they stay in the queue: %s", trouble)
        else:
            _log.info("changes are applied again")
        if self._applier:
            self._applier.lock.tell(trouble)


class _Merging:
    """Merges one at a time, and again later what failed."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._running: tuple[Tidying, Future[None]] | None = None
        self._pauses, self._not_before, self._trouble = Pauses(), 0.0, ""

    def go_on(self, applier: Applier) -> None:
        """Begin a merge that is due, or take in one that is done."""
        try:
            if self._running is None:
                self._begin(applier)
            elif self._running[1].done():
                (tidying, running), self._running = self._running, None
                self._finish(applier, tidying, running.exception())
        except (IndexerError, OSError) as exc:
            self._not_before = time.monotonic() + self._pauses.next()
            if str(exc) != self._trouble:
                self._trouble = str(exc)
                _log.warning("segments cannot be merged now; searches are right all the same: %s", exc)

    def close(self) -> None:
        """Leave what is being merged."""
        self._thread.shutdown()
        if self._running:
            self._running[0].merge.give_up()

    def _begin(self, applier: Applier) -> None:
        if time.monotonic() >= self._not_before and (tidying := applier.begin_merge()):
            self._running = tidying, self._thread.submit(tidying.merge.run)

    def _finish(self, applier: Applier, tidying: Tidying, error: BaseException | None) -> None:
        if error is None:
            applier.finish_merge(tidying)
            self._pauses, self._trouble = Pauses(), ""
            return
        tidying.merge.give_up()
        if applier.is_live(tidying.generation):  # else its files went with it, which is no trouble
            raise error


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with suppress(EOFError, ConnectionError):
        drain(Connection(int(sys.argv[1])))
