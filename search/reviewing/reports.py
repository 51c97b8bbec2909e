"""What readers asked, for a page: the report of the query log that was gathered last, or why there is none."""

import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.analysis import Analyzer
from search.errors import QueryLogUnavailable
from search.query_log.database import FILE, reading
from search.reviewing.gathering import Gathering
from search.reviewing.report import Report, report

_MOST = 20  # rows of a list
_LAST = "select coalesce(max(id), 0) from searches"
_LEFT = "select exists (select 1 from searches where id <= ?)"
_log = logging.getLogger(__name__)


class Untold(StrEnum):
    """Why nothing is told of what readers asked."""

    NOTHING = "nothing"
    GATHERING = "gathering"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Asked:
    """What readers *asked*, as it stood so many seconds ago (*age*); in the place of a report, why there is none."""

    asked: Report | Untold
    age: float = 0.0


@dataclass(frozen=True, slots=True)
class _Told:
    """A report, and the number of the *last* search that was there when it was begun."""

    asked: Report | Untold
    last: int = 0


class Reports:
    """The reports of one query log; safe to share between threads."""

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        """Report on the log of the index at *root*, whose words *analyzer* knows."""
        self._root, self._analyzer = root, analyzer
        self._gathering = Gathering(self._told)

    def latest(self, days: int) -> Asked:
        """Return what readers asked in the last *days*, as it was gathered last; nothing that was deleted since."""
        if not (self._root / FILE).exists():
            self._gathering.forget()
            return Asked(Untold.NOTHING)
        gathered = self._gathering.latest(days)
        if gathered and self._is_deleted(gathered.told):
            self._gathering.forget()
            gathered = self._gathering.latest(days)
        return Asked(gathered.told.asked, gathered.age) if gathered else Asked(Untold.GATHERING)

    def _told(self, days: int) -> _Told:
        try:
            with reading(self._root) as database:
                (last,) = database.execute(_LAST).fetchone()
            return _Told(report(self._root, days=days, most=_MOST, is_known=self._is_known), last)
        except QueryLogUnavailable as exc:
            _log.warning("no report for the dashboard: %s", exc)
            return _Told(Untold.UNREADABLE)

    def _is_known(self, word: str) -> bool:
        return self._analyzer.is_known(word) or self._analyzer.is_name(word)

    def _is_deleted(self, told: _Told) -> bool:
        """Say whether none of the searches that *told* counts is in the log any more, as after `report --forget`."""
        if not told.last:
            return False
        try:
            with reading(self._root) as database:
                (is_left,) = database.execute(_LEFT, (told.last,)).fetchone()
        except QueryLogUnavailable:
            return False
        return not is_left
