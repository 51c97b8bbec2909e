"""The days that words name: "hari ini", "pekan lalu", "3 bulan lalu", "Agustus 2019", "17/8/2019", "tahun 2019"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from indexer.analysis.dates import MONTH_NAMES, MONTHS, SAME_LETTERS, WRITTEN_DATE, day

Span = tuple[date, date]
"""The first and the last of some days."""

_DAY = timedelta(days=1)
_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu")
_NUMBERS = {
    name: number
    for number, name in enumerate("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(), 1)
}
_COUNT = "|".join(("[0-9]{1,9}", *_NUMBERS))
_UNITS = {"hari": "day", "pekan": "week", "minggu": "week", "bulan": "month", "tahun": "year"}
_ENGLISH = {unit: unit for unit in _UNITS.values()}
_UNIT = "|".join(_UNITS)
_GAP = r"\s+"
_LAWS = (
    r"no\.?|nomor|r?uu|pp|pmk|inpres|qanun|undang|perda|perp?pu|perpres|permen\w*|pergub|perbup|perwali?|peraturan"
    r"|kep(?:res|men|gub)\w*|keputusan"
)
"""What stands before the number of a law, of which a year is a part."""

_AGO = "(?:yang )?lalu|kemarin|lewat"
_SIGNS = (
    "lalu kemarin lewat ini terakhir lusa tadi semalam besok barusan last tomorrow today tonight this yesterday".split()
)
"""A rule that has no figure has one of these."""


@dataclass(frozen=True, slots=True)
class Days:
    """
    Days from *first* to *last*, both included, and the place of the words that name them, from *start* to *end*.

    *is_written* says that articles of these days have these words too (Agustus 2019), as they do not for "kemarin".
    """

    first: date
    last: date
    start: int
    end: int
    is_written: bool


def days_named(text: str, today: date) -> list[Days]:
    """
    Return the days that *text* names, in the order of their words, which do not overlap.

    >>> [(str(found.first), str(found.last)) for found in days_named("gempa pekan lalu", date(2026, 8, 14))]
    [('2026-08-03', '2026-08-09')]
    >>> [(str(found.first), str(found.last)) for found in days_named("gempa Agustus 2019", date(2026, 8, 14))]
    [('2019-08-01', '2019-08-31')]
    """
    found: list[Days] = []
    taken: list[tuple[int, int]] = []
    for rule in _rules() if _may_name_days(text) else ():
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            if span := _span(rule, match, today):
                found.append(Days(*span, start, end, rule.is_written))
    return sorted(found, key=lambda days: days.start)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How some days are written, and which they are."""

    pattern: re.Pattern[str]
    span: Callable[[re.Match[str], date], Span]
    is_written: bool = False


def _rule(pattern: str, span: Callable[[re.Match[str], date], Span], *, is_written: bool = False) -> _Rule:
    bounded = re.compile(rf"(?<![\w:.,/-])(?:{pattern.replace(' ', _GAP)})(?![\w*?~]|[.,/-]\w)", re.IGNORECASE)
    return _Rule(bounded, span, is_written)


def _span(rule: _Rule, match: re.Match[str], today: date) -> Span | None:
    """Return the days, None where there are none: the 31st of February, a hundred thousand years ago."""
    try:
        return rule.span(match, today)
    except (ValueError, OverflowError):
        return None


def _of_no_day(_: re.Match[str], __: date) -> Span:
    """Say that what looks like a time is none: the year of a law is part of its number."""
    raise ValueError


def _written_day(match: re.Match[str], _: date) -> Span:
    found = date.fromisoformat(day(" ".join(match.group().split())) or "")
    return found, found


def _month_of_year(match: re.Match[str], _: date) -> Span:
    return _month(int(match["year"]), _number_of(match["month"]))


def _year(match: re.Match[str], _: date) -> Span:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _last_month(match: re.Match[str], today: date) -> Span:
    """Return the latest month of this name that has begun."""
    number = _number_of(match["month"])
    return _month(today.year - (number > today.month), number)


def _last_weekday(match: re.Match[str], today: date) -> Span:
    """Return the latest day of this name, which is not today unless it is said to be of this week."""
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    found = today - (back or (0 if match["when"].lower() == "ini" else 7)) * _DAY
    return found, found


def _days_back(first: int, last: int) -> Callable[[re.Match[str], date], Span]:
    return lambda _, today: (today - first * _DAY, today - last * _DAY)


def _counted(match: re.Match[str], today: date) -> Span:
    return _ago(_UNITS[match["unit"].lower()], _count(match), today)


def _lately(match: re.Match[str], today: date) -> Span:
    """Return the days since so many units ago, today among them."""
    first, _ = _ago(_UNITS[match["unit"].lower()], _count(match), today)
    return first, today


def _count(match: re.Match[str]) -> int:
    written = (match["count"] or "1").lower()
    return _NUMBERS.get(written) or int(written)


def _back(count: int) -> Callable[[re.Match[str], date], Span]:
    def span(match: re.Match[str], today: date) -> Span:
        return _ago({**_UNITS, **_ENGLISH}[(match["unit"] or match["other"]).lower()], count, today)

    return span


def _ago(unit: str, count: int, today: date) -> Span:
    """Return the day, week (from Monday), month or year that was *count* of these before that of *today*."""
    if unit == "day":
        return today - count * _DAY, today - count * _DAY
    if unit == "week":
        monday = today - (today.weekday() + 7 * count) * _DAY
        return monday, monday + 6 * _DAY
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return _month(months // 12, months % 12 + 1)
    return date(today.year - count, 1, 1), date(today.year - count, 12, 31)


def _month(year: int, number: int) -> Span:
    after = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), after - _DAY


def _number_of(name: str) -> int:
    return next(number for number, names in enumerate(MONTHS, 1) if name.lower() in names)


def _may_name_days(text: str) -> bool:
    """Say whether *text* has a figure, or one of the words without which no rule reads anything."""
    folded = text.translate(SAME_LETTERS).casefold()
    return any(sign in folded for sign in _SIGNS) or any(map(str.isdigit, text))


@cache
def _rules() -> Sequence[_Rule]:
    """Return the rules, the more one takes in the earlier; to compile them takes 5 ms, which few queries need."""
    return (
        _rule(rf"(?:{_LAWS})\s*[0-9]+\w? (?:tahun|thn|th) [12][0-9]{{3}}", _of_no_day),
        _rule(
            rf"{WRITTEN_DATE}|[0-3]?[0-9]([/-])[01]?[0-9]\1[12][0-9]{{3}}|[12][0-9]{{3}}-[01]?[0-9]-[0-3]?[0-9]",
            _written_day,
            is_written=True,
        ),
        _rule(rf"(?:bulan )?(?P<month>{MONTH_NAMES}) (?P<year>[12][0-9]{{3}})", _month_of_year, is_written=True),
        _rule(r"(?:di |pada )?(?:tahun|year) (?P<year>(?:19|20)[0-9]{2})", _year, is_written=True),
        _rule(rf"(?:bulan )?(?P<month>{MONTH_NAMES}) (?:{_AGO}|ini)", _last_month),
        _rule(rf"(?:hari )?(?P<weekday>{'|'.join(_WEEKDAYS)}) (?P<when>{_AGO}|ini)", _last_weekday),
        _rule(rf"(?P<count>{_COUNT}) (?P<unit>{_UNIT}) (?:{_AGO})", _counted),
        _rule(rf"(?:se|(?P<count>{_COUNT}) )(?P<unit>{_UNIT}) (?:ini|terakhir)", _lately),
        _rule("kemarin lusa|lusa kemarin", _days_back(2, 2)),
        _rule("tadi malam|semalam|last night", _days_back(1, 0)),
        _rule("besok|tomorrow", _days_back(0, 0)),
        _rule("(?:hari|pagi|siang|sore|malam) ini|tadi (?:pagi|siang|sore)|barusan|today|tonight", _days_back(0, 0)),
        _rule(rf"(?:awal |akhir |se)?(?P<unit>{_UNIT}) (?:{_AGO})|last (?P<other>week|month|year)", _back(1)),
        _rule(rf"(?:awal |akhir )?(?P<unit>{_UNIT}) ini|this (?P<other>week|month|year)", _back(0)),
        _rule("kemarin(?: (?:pagi|siang|sore|malam))?|yesterday", _days_back(1, 1)),
    )
