"""What the query log could not keep: counted, and said in the log once when it begins and once when it is over."""

import logging
from pathlib import Path
from threading import Lock

_log = logging.getLogger(__name__)


class Losses:
    """Entries that were lost on their way to *path*; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Begin with none."""
        self._path = path
        self._lock = Lock()
        self.total = 0
        """How many were lost so far."""
        self._unsaid = 0

    def add(self, count: int, reason: str) -> None:
        """Count *count* more; say so, with the *reason*, if all went well before."""
        with self._lock:
            is_first = not self._unsaid
            self.total += count
            self._unsaid += count
        if is_first:
            _log.warning(
                "what is asked cannot be written to %s (%s): searches are answered, what is asked meanwhile is lost",
                self._path,
                reason,
            )

    def end(self) -> None:
        """Say how many were lost, if any were since all went well the last time."""
        with self._lock:
            lost, self._unsaid = self._unsaid, 0
        if lost:
            _log.warning("what is asked is written to %s again; %d entries were lost", self._path, lost)
