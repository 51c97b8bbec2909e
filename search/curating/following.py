"""The lists as they are now: read again when a file was changed, while answers are made by what they said before."""

import logging
import time
from collections.abc import Callable
from itertools import islice
from threading import Lock, Thread

from indexer.analysis import Analyzer
from search.curating.curation import NO_CURATION, Curation, read_curation
from search.curating.lists import stamp_of
from search.tuning import Lists

_EVERY = 1.0  # seconds between two looks at the files
_LOGGED = 20  # lines that are wrong
_log = logging.getLogger(__name__)


class LiveCuration:
    """
    Gives out what the lists say; safe to share between threads.

    Looks at the files once a second at most, when it is asked. Those that were changed are read in a thread beside, one
    at a time: a hundred thousand lines take seconds.
    """

    def __init__(self, files: Lists, analyzer: Analyzer, clock: Callable[[], float] = time.monotonic) -> None:
        """Follow *files*, which *analyzer* reads; *clock* tells when it is time to look."""
        self._files, self._analyzer, self._clock = files, analyzer, clock
        self._lock = Lock()
        self._seen = self._stamps()
        self._next = clock() + _EVERY
        self._current = NO_CURATION
        self._read()

    def current(self) -> Curation:
        """Return what the lists say, as far as it was read."""
        if self._clock() >= self._next and self._lock.acquire(blocking=False):
            self._next = self._clock() + _EVERY
            stamps = self._stamps()
            if stamps == self._seen:
                self._lock.release()
            else:
                self._seen = stamps
                Thread(target=self._read_beside, name="lists", daemon=True).start()
        return self._current

    def _read_beside(self) -> None:
        try:
            self._read()
        finally:
            self._lock.release()

    def _read(self) -> None:
        before, self._current = self._current, read_curation(self._files, self._analyzer, self._current)
        for name, listed in self._current.lists.items():
            old = before.lists[name]
            if listed is not old and (listed.trouble or listed.digest != old.digest):
                _tell(
                    name, listed.entries, [*filter(None, (listed.trouble,)), *map(str, islice(listed.wrong, _LOGGED))]
                )
                if len(listed.wrong) > _LOGGED:
                    _log.warning(
                        "%d more lines are wrong; `telusur status --json` names all", len(listed.wrong) - _LOGGED
                    )

    def _stamps(self) -> tuple[object, ...]:
        return tuple(map(stamp_of, (self._files.synonyms_file, self._files.pins_file, self._files.hidden_file)))


def _tell(name: str, entries: int, wrong: list[str]) -> None:
    if entries:
        _log.info("lists.%s: %d entries", name, entries)
    for problem in wrong:
        _log.warning("lists.%s: %s", name, problem)
