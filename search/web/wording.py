"""Numbers, days and counts as the pages say them, in Indonesian and English."""

import math
from collections.abc import Mapping
from datetime import date, datetime

from indexer.article import Article

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_NEAR: Mapping[str, tuple[str, str]] = {"id": ("hari ini", "kemarin"), "en": ("today", "yesterday")}
_UNITS: Mapping[str, Mapping[str, str]] = {
    "id": {"minute": "menit", "hour": "jam", "day": "hari", "week": "minggu", "month": "bulan", "year": "tahun"},
    "en": {name: name for name in ("minute", "hour", "day", "week", "month", "year")},
}
_SPANS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
_HOUR, _DAY = 3_600, 86_400  # seconds
_WORDS_A_MINUTE = 200  # what adults read of Indonesian prose, rounded down


def number(value: int, language: str) -> str:
    """
    Return *value* with its thousands grouped.

    >>> number(1234567, "id"), number(1234, "en")
    ('1.234.567', '1,234')
    """
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language == "id" else grouped


def articles(count: int, language: str) -> str:
    """
    Return how many articles there are, as words.

    >>> articles(1200, "id"), articles(1, "en"), articles(2, "en")
    ('1.200 artikel', '1 article', '2 articles')
    """
    return f"{number(count, language)} {'artikel' if language == 'id' else _plural('article', count)}"


def day(moment: date, language: str) -> str:
    """
    Return the day of *moment*, in its own zone.

    >>> day(datetime(2026, 1, 12), "id")
    '12 Januari 2026'
    """
    return f"{moment.day} {_MONTHS[language][moment.month - 1]} {moment.year}"


def ago(moment: datetime, now: datetime, language: str) -> str:
    """
    Return how long before *now* *moment* was, counted in days of its own zone; nothing for what is still to come.

    What was published at midnight has a day, but hardly an hour.

    >>> noon, then = (datetime.fromisoformat(f"2026-08-{at}:00+07:00") for at in ("14T12:00", "14T09:40"))
    >>> ago(then, noon, "id"), ago(then, noon, "en")
    ('2 jam lalu', '2 hours ago')
    """
    local = now.astimezone(moment.tzinfo)
    days, seconds = (local.date() - moment.date()).days, (local - moment).total_seconds()
    if seconds < 0:
        return ""
    if not days and (moment.hour or moment.minute) and seconds < _DAY:
        minutes = max(1, int(seconds // 60))
        return _counted(minutes, "minute", language) if seconds < _HOUR else _counted(minutes // 60, "hour", language)
    if days <= 1:
        return _NEAR[language][days]
    length, unit = next(span for span in _SPANS if days >= span[0])
    return _counted(days // length, unit, language)


def minutes_to_read(article: Article, language: str) -> str:
    """Return how long *article* takes to read: as the portal says, or else by its words."""
    minutes = article.reading_minutes or math.ceil(len(article.body.split()) / _WORDS_A_MINUTE)
    return f"{minutes} menit baca" if language == "id" else f"{minutes} min read"


def _counted(count: int, unit: str, language: str) -> str:
    name = _UNITS[language][unit]
    return f"{count} {name} lalu" if language == "id" else f"{count} {_plural(name, count)} ago"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
