"""What many ask and what many read: what may be offered to others, looked up anew now and then."""

import logging
import math
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from indexer.errors import IndexerError
from search.errors import QueryLogUnavailable, SearchError
from search.query_log.database import FILE, reading
from search.results import Known
from search.settings import QueryLogging
from search.suggesting.past_queries import NO_PAST_QUERIES, PastQueries

_MOST = 1_000  # queries that are offered; each is asked of the index, which takes some milliseconds
_LOOKED_AT = 200_000  # searches, the latest ones
_HALF = 14.0  # days after which a caller counts half
_READ = 20  # articles that many open; some of them may be gone
_READ_HALF = 2.0  # days; news is read while it is new
_DAY_MS = 86_400_000
_REST = 0.005  # seconds between two questions to the index, which others ask at the same time

_ASKED = """
select text, max(time), count(distinct caller) from searches
where id > (select max(id) from searches) - ? and time >= ? and page = 1 and hits > 0
    and not is_masked and not is_corrected
group by text, key
"""

_OPENED = """
select article, max(time), count(distinct caller) from clicks
where id > (select max(id) from clicks) - ? and time >= ?
group by article, key
"""

_log = logging.getLogger(__name__)

_Row = tuple[str, int, int]
"""What was asked or opened on one day, when last, and by how many callers."""

Count = Callable[[str], int]
"""Says how many articles a query finds."""


class PopularQueries:
    """What may be offered of the log at a root, kept up with by a thread; safe to share between threads."""

    def __init__(self, root: Path, settings: QueryLogging) -> None:
        """Offer nothing yet, and later what *settings* let."""
        self._root, self._settings = root, settings
        self._current = NO_PAST_QUERIES
        self._read: tuple[str, ...] = ()
        self._ending = Event()
        self._thread: Thread | None = None

    def current(self) -> PastQueries:
        """Return what may be offered now."""
        return self._current

    def read(self) -> tuple[str, ...]:
        """Return the ids of the articles that most callers opened lately, the first first."""
        return self._read

    def keep_up(self, count: Count) -> None:
        """Look up now and then, beside all else, what may be offered, and by *count* whether it finds something."""
        self._thread = Thread(target=self._run, args=(count,), name="popular-queries", daemon=True)
        self._thread.start()

    def look_up(self, count: Count) -> None:
        """Look up what may be offered; where that fails, what was offered before stays."""
        is_wanted = self._settings.enabled and self._settings.suggest_from
        if not is_wanted or not (self._root / FILE).exists():
            self._current, self._read = NO_PAST_QUERIES, ()
            return
        try:
            self._read = tuple(read_by_many(self._root, self._settings))
            self._current = PastQueries(tuple(self._found(count)))
        except (QueryLogUnavailable, SearchError, IndexerError) as exc:
            _log.warning("queries cannot be looked up to be offered: %s", exc)

    def close(self) -> None:
        """Look up nothing more."""
        self._ending.set()
        if self._thread:
            self._thread.join()

    def _run(self, count: Count) -> None:
        self.look_up(count)
        while not self._ending.wait(self._settings.refresh):
            self.look_up(count)

    def _found(self, count: Count) -> list[Known]:
        found = []
        for text in asked_by_many(self._root, self._settings):
            if self._ending.wait(_REST):
                break
            if articles := count(text):
                found.append(Known(text, articles))
        return found


def asked_by_many(root: Path, settings: QueryLogging, *, now: float | None = None) -> list[str]:
    """
    Return the queries that enough callers asked, those of most callers first, for whom older ones count less.

    Callers are told apart within a day alone, so that enough of them must have asked on the same day.

    Raises:
        QueryLogUnavailable: there is no log, or it cannot be read.
    """
    now_ms = (time.time() if now is None else now) * 1000
    return _best(_rows(root, _ASKED, settings, now_ms), settings.suggest_from, _HALF, now_ms)[:_MOST]


def read_by_many(root: Path, settings: QueryLogging, *, now: float | None = None) -> list[str]:
    """
    Return the ids of the articles that enough callers opened on one day, those of most callers first, lately most.

    Raises:
        QueryLogUnavailable: there is no log, or it cannot be read.
    """
    now_ms = (time.time() if now is None else now) * 1000
    return _best(_rows(root, _OPENED, settings, now_ms), settings.suggest_from, _READ_HALF, now_ms)[:_READ]


def _rows(root: Path, statement: str, settings: QueryLogging, now_ms: float) -> list[_Row]:
    with reading(root) as database:
        return database.execute(statement, (_LOOKED_AT, now_ms - settings.days * _DAY_MS)).fetchall()


def _best(rows: list[_Row], least: int, half: float, now_ms: float) -> list[str]:
    """Return what *least* callers had to do with on one day, that of most first; after *half* days one counts half."""
    worth: dict[str, float] = {}
    many = set()
    for what, moment, callers in rows:
        days = max(0.0, now_ms - moment) / _DAY_MS
        worth[what] = worth.get(what, 0.0) + callers * math.pow(0.5, days / half)
        if callers >= least:
            many.add(what)
    return sorted(many, key=lambda what: (-worth[what], what))
