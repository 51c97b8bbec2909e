"""
What takes longer than an answer may, gathered beside the answers: the last outcome is kept, and made again later.

A report of a large query log takes seconds. Who asks gets it if it is ready soon, else the one before, else word that
it is under way; a thread goes on without a deadline, one for each number of days, however many ask.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Generic, TypeVar

from search.deadline import left

_KEPT = 60.0  # times as long as it took an outcome is kept: then a sixtieth of the time goes into gathering
_LONGEST = 600.0  # seconds that it is kept at most
_PART = 0.5  # of the time that an answer has left, to wait for what is under way

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Gathered(Generic[Told]):
    """What was *told*, as it was at the moment *since* of `time.monotonic`, and in how many seconds that was made."""

    told: Told
    since: float
    took: float

    @property
    def age(self) -> float:
        """Return how many seconds ago this was so."""
        return time.monotonic() - self.since

    @property
    def is_old(self) -> bool:
        """Whether it is to be made again."""
        return self.age - self.took >= min(_LONGEST, self.took * _KEPT)


class Gathering(Generic[Told]):
    """Keeps what was gathered last of so many days; safe to share between threads."""

    def __init__(self, gather: Callable[[int], Told]) -> None:
        """Make it by *gather*, which is given the days."""
        self._gather = gather
        self._lock = Lock()
        self._kept: dict[int, Gathered[Told]] = {}
        self._threads: dict[int, Thread] = {}

    def latest(self, days: int) -> Gathered[Told] | None:
        """Return what was gathered last of these *days*; None where that is still under way."""
        with self._lock:
            kept = self._kept.get(days)
            if kept and not kept.is_old:
                return kept
            thread = self._threads.get(days) or self._begin(days)
        seconds = left()
        thread.join(None if seconds is None else max(0.0, seconds * _PART))
        return self._kept.get(days)

    def forget(self) -> None:
        """Keep nothing of what was gathered so far."""
        with self._lock:
            self._kept.clear()

    def _begin(self, days: int) -> Thread:
        thread = Thread(target=self._run, args=(days,), name=f"gathering-{days}", daemon=True)
        self._threads[days] = thread
        thread.start()
        return thread

    def _run(self, days: int) -> None:
        since = time.monotonic()
        try:
            told = self._gather(days)
            gathered = Gathered(told, since, time.monotonic() - since)
            with self._lock:
                self._kept[days] = gathered
        finally:
            with self._lock:
                del self._threads[days]  # who asks after a failure begins again
