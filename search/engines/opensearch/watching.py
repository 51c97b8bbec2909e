"""Watches whether changes were applied to an index: asked in a thread of its own, so that no query waits for it."""

import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

from indexer.engines.opensearch.place import Place, Reach
from indexer.errors import IndexUnavailable

Opened = TypeVar("Opened")

_PAUSE = 0.5  # seconds between two looks, which cost the cluster nothing to speak of


class Watch(Generic[Opened]):
    """Knows soon after a change that there was one, and has what was opened anew by then."""

    def __init__(self, place: Place, reach: Reach, reopen: Callable[[], Opened]) -> None:
        """Watch the index at *place*, which said *reach*; *reopen* opens it anew."""
        self._place, self._reach, self._reopen = place, reach, reopen
        self._lock = Lock()
        self._next = time.monotonic() + _PAUSE
        self._is_looking = self._is_closed = False
        self._found: Opened | None = None
        self._trouble = ""

    def newer(self) -> Opened | None:
        """
        Return what was opened anew since a change, once; None as long as there is nothing.

        Raises:
            IndexUnavailable: the last look failed; another is on its way.
        """
        with self._lock:
            if not self._is_looking and not self._is_closed and time.monotonic() >= self._next:
                self._is_looking = True
                Thread(target=self._look, name="watching", daemon=True).start()
            found, self._found = self._found, None
            if found is None and self._trouble:
                raise IndexUnavailable(self._trouble)
            return found

    def close(self) -> None:
        """Look no more."""
        with self._lock:
            self._is_closed = True

    def _look(self) -> None:
        found, trouble = None, ""
        try:
            if self._place.reach() != self._reach:
                found = self._reopen()
        except IndexUnavailable as exc:
            trouble = str(exc)
        finally:
            with self._lock:
                self._found, self._trouble = found, trouble
                self._next = time.monotonic() + _PAUSE
                self._is_looking = False
