"""
What the query log says of some days: numbers by day, and what readers ask, miss, leave lying and correct.

It knows nothing of how that is shown. Only first pages count as searches. Callers are told apart within a day alone, so
that one who comes on two days is two; what two searches of the same caller have to do with each other is seen within
minutes only.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any, NamedTuple

from indexer.analysis import folded_words
from indexer.article import WIB
from search.query_log.database import reading
from search.reviewing import report_queries as sql

_DAY_MS = 86_400_000
_ZONE_MS = int(WIB.utcoffset(None).total_seconds() * 1000)  # a day is one of Jakarta's
_SHORTEST_NAME = 3  # letters

Cell = int | float | str | date
"""What a row of a list holds."""

IsKnown = Callable[[str], bool]
"""Says whether a folded word is one of the language, or a name that is known."""


class Day(NamedTuple):
    """A day: its searches, those without hits, clicks, and the milliseconds that half and 95 % of them took at most."""

    day: date
    searches: int
    without_hits: int
    clicks: int
    p50_ms: float
    p95_ms: float


class Counted(NamedTuple):
    """A query, how often it was asked, by how many callers, and what it found the last time."""

    text: str
    searches: int
    callers: int
    hits: int


class Correction(NamedTuple):
    """
    A query and what was meant, and what readers did with it.

    It was *applied* where the query had no hits, *followed* by a reader who asked for it himself, and *undone* by one
    who asked again as it was typed.
    """

    text: str
    corrected: str
    applied: int
    followed: int
    undone: int

    @property
    def taken(self) -> int:
        """How often it was taken: shown and left at that, or asked for."""
        return self.applied - self.undone + self.followed


class Synonym(NamedTuple):
    """A query without hits, and one with hits that callers asked within minutes after it: how often, how many."""

    text: str
    found_by: str
    times: int
    callers: int


class Name(NamedTuple):
    """A word that is not known, of queries without hits: in how many searches, and in which query most often."""

    word: str
    searches: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What was asked in so many *days*.

    *has_clicks* says whether clicks were sent at all; without them nothing is *unclicked*. *ahead* counts entries that
    are dated later than now, as the clock was set back since: they are left out.
    """

    days: int
    most: int
    searches: int
    without_hits: int
    has_clicks: bool
    ahead: int
    by_day: tuple[Day, ...]
    top: tuple[Counted, ...]
    missed: tuple[Counted, ...]
    unclicked: tuple[Counted, ...]
    corrections: tuple[Correction, ...]
    synonyms: tuple[Synonym, ...]
    names: tuple[Name, ...]


def report(root: Path, *, days: int, most: int, is_known: IsKnown, now: float | None = None) -> Report:
    """
    Return what was asked of the index at *root* in the last *days*, *most* rows of each kind.

    Raises:
        QueryLogUnavailable: nothing is logged, or it cannot be read.
    """
    until = round((time.time() if now is None else now) * 1000)
    since = until - days * _DAY_MS
    with reading(root) as database:
        asked = _Asked(database, since, until, most)
        by_day = asked.by_day()
        return Report(
            days=days,
            most=most,
            searches=sum(day.searches for day in by_day),
            without_hits=sum(day.without_hits for day in by_day),
            has_clicks=any(day.clicks for day in by_day),
            ahead=asked.ahead(),
            by_day=by_day,
            top=asked.counted(sql.TOP),
            missed=asked.counted(sql.MISSED),
            unclicked=asked.counted(sql.UNCLICKED),
            corrections=asked.corrections(),
            synonyms=asked.synonyms(),
            names=asked.names(is_known),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What *database* has of the milliseconds from *since* to *until*."""

    database: Connection
    since: int
    until: int
    most: int

    def by_day(self) -> tuple[Day, ...]:
        clicks = dict(self._rows(sql.CLICKS_BY_DAY))
        found = {number: tuple(rest) for number, *rest in self._rows(sql.BY_DAY)}
        days = []
        for number in sorted({*found, *clicks}):
            searches, without_hits, p50, p95 = found.get(number, (0, 0, 0.0, 0.0))
            days.append(Day(_day(number), searches, without_hits, clicks.get(number, 0), p50, p95))
        return tuple(days)

    def counted(self, statement: str) -> tuple[Counted, ...]:
        return tuple(Counted(*row) for row in self._rows(statement))

    def corrections(self) -> tuple[Correction, ...]:
        return tuple(Correction(*row) for row in self._rows(sql.CORRECTIONS))

    def synonyms(self) -> tuple[Synonym, ...]:
        return tuple(Synonym(*row) for row in self._rows(sql.SYNONYMS))

    def names(self, is_known: IsKnown) -> tuple[Name, ...]:
        """Return the words of queries without hits that are not known, the most asked first."""
        searches: Counter[str] = Counter()
        most_asked: dict[str, str] = {}
        for text, times in self._rows(sql.WORDED):
            for word in dict.fromkeys(folded_words(text)):
                searches[word] += times
                most_asked.setdefault(word, text)
        unknown = (word for word in searches if len(word) >= _SHORTEST_NAME and word.isalpha() and not is_known(word))
        ranked = sorted(unknown, key=lambda word: (-searches[word], word))
        return tuple(Name(word, searches[word], most_asked[word]) for word in ranked[: self.most])

    def ahead(self) -> int:
        return int(self._rows(sql.AHEAD)[0][0])

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        bounds = {"since": self.since, "until": self.until, "soon": sql.SOON, "most": self.most}
        return self.database.execute(statement, {**bounds, "zone": _ZONE_MS, "day": _DAY_MS}).fetchall()


def _day(number: int) -> date:
    """Return the day of this number since 1970."""
    return date(1970, 1, 1) + timedelta(days=number)
