"""What the operators' page shows of an overview: charts, figures, and the lists of a report as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from indexer import generations
from indexer.article import WIB
from indexer.generations import Generation
from search.readiness import Readiness
from search.reviewing.overview import Overview
from search.reviewing.report import Cell, Day, Report
from search.reviewing.reports import Untold
from search.web.charts import Chart, chart, every_day, height
from search.web.dashboard_texts import TEXTS
from search.web.wording import ago, day, number

DAYS = (7, 30, 90)
"""The days up to now that can be looked at; the second is what is shown first."""

_SAID = 60.0  # seconds after which a report says how old it is
_COUNTED = ("query", "searches", "callers", "hits")
_CORRECTED = ("query", "corrected", "applied", "followed", "undone")
_NO_DAY = partial(Day, searches=0, without_hits=0, clicks=0, p50_ms=0.0, p95_ms=0.0)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a report: its *name*, its *columns*, and its *rows*; with *bars*, the length of a bar for each."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    bars: tuple[float, ...] = ()


def dashboard_values(found: Overview, days: int, language: str) -> dict[str, Any]:
    """Return what the template shows of *found*, which is of so many *days*."""
    now = datetime.now(UTC)
    asked = found.asked.asked
    told = {} if isinstance(asked, Untold) else _told(asked, now.astimezone(WIB).date(), language)
    return {
        "d": TEXTS[language],
        "days": days,
        "choices": DAYS,
        "standing": found.standing,
        "since": _since(found.standing, now, language) if found.standing else {},
        "builds": [(build.name, build.manifest, _created(build)) for build in found.builds],
        "untold": asked if isinstance(asked, Untold) else None,
        "gathered": _gathered(found.asked.age, now, language),
        "cell": partial(_cell, language=language),
        **told,
    }


def _created(build: Generation) -> datetime:
    return generations.moment(build.manifest.created).astimezone(WIB)


def _since(standing: Readiness, now: datetime, language: str) -> dict[str, str]:
    """Return how long ago the index was built and last changed, and since when the oldest change waits."""
    spans = {"built": standing.age}
    if standing.through:
        spans["changed"] = standing.through_age
    if standing.waiting and standing.waiting.count:
        spans["waiting"] = standing.waiting.seconds
    local = now.astimezone(WIB)
    return {name: ago(local - timedelta(seconds=seconds), local, language) for name, seconds in spans.items()}


def _gathered(age: float, now: datetime, language: str) -> str:
    """Return how long ago the report was gathered, if that is so long that it matters."""
    return ago(now - timedelta(seconds=age), now, language) if age >= _SAID else ""


def _told(report: Report, today: date, language: str) -> dict[str, Any]:
    """Return what is shown of *report*, whose last day is *today*."""
    return {
        "report": report,
        "clicks": sum(one.clicks for one in report.by_day),
        "share": f"{_cell(100 * report.without_hits / max(report.searches, 1), language)} %",
        "charts": _charts(report, today, language),
        "by_day": Listed("by_day", ("day", "searches", "without_hits", "clicks", "p50_ms", "p95_ms"), report.by_day),
        "lists": list(_lists(report)),
    }


def _charts(report: Report, today: date, language: str) -> list[Chart]:
    found = {one.day: one for one in report.by_day}
    first = min([today - timedelta(days=report.days - 1), *found])
    by_day = [found.get(one) or _NO_DAY(one) for one in every_day(first, max([today, *found]))]
    texts, write = TEXTS[language], partial(_cell, language=language)
    return [
        chart(texts["searches_a_day"], [(one.day, one.searches) for one in by_day], write),
        chart(texts["without_hits_a_day"], [(one.day, one.without_hits) for one in by_day], write),
        chart(texts["milliseconds_a_day"], [(one.day, one.p95_ms) for one in by_day], write),
    ]


def _lists(report: Report) -> Iterator[Listed]:
    """Yield the lists of *report* that have anything."""
    lists = (
        Listed("top", _COUNTED, report.top, _bars(report.top)),
        Listed("missed", _COUNTED, report.missed, _bars(report.missed)),
        Listed("unclicked", _COUNTED, report.unclicked, _bars(report.unclicked)),
        Listed("corrections", _CORRECTED, report.corrections),
        Listed("synonyms", ("query", "found_by", "times", "callers"), report.synonyms),
        Listed("names", ("word", "searches", "query"), report.names),
    )
    yield from (one for one in lists if one.rows)


def _bars(rows: Sequence[Any]) -> tuple[float, ...]:
    most = max((row.searches for row in rows), default=0)
    return tuple(height(row.searches, most) for row in rows)


def _cell(value: Cell, language: str) -> str:
    """
    Return *value* as a table shows it.

    >>> _cell(1234, "id"), _cell(1234.56, "id"), _cell(date(2026, 8, 14), "en"), _cell("padi", "id")
    ('1.234', '1.234,6', '14 August 2026', 'padi')
    """
    if isinstance(value, float):
        whole, _, rest = f"{value:.1f}".partition(".")
        return f"{number(int(whole), language)}{',' if language == 'id' else '.'}{rest}"
    if isinstance(value, date):
        return day(value, language)
    return number(value, language) if isinstance(value, int) else value
