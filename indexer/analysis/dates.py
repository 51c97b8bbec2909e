"""Dates and times of day: one term for a day however it is written, one for a time."""

import re
from datetime import date

MONTHS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb"),
    ("maret", "mar"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agu", "agt", "ags"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nopember", "nov"),
    ("desember", "des"),
)
"""The names of each month, the full one first."""

_NUMBER_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
MONTH_NAMES = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
"""The names of the months, long and short, as alternatives of a regular expression."""

WRITTEN_DATE = rf"\b[0-3]?[0-9]\s(?i:{MONTH_NAMES})\.?\s[12][0-9]{{3}}\b"
"""A day written with the name of its month, as a regular expression."""

_WRITTEN = re.compile(rf"(\d+)\s({MONTH_NAMES})\.?\s(\d+)", re.IGNORECASE)
SAME_LETTERS = str.maketrans("ıİſ", "iis")
"""What `re` takes for other letters where case does not count, and `str.lower` does not."""

_DAY_FIRST = re.compile(r"([0-3]?\d)([/.-])([01]?\d)\2([12]\d{3})")
_YEAR_FIRST = re.compile(r"([12]\d{3})([/.-])([01]?\d)\2([0-3]?\d)")
_TIME = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")


def day(chunk: str) -> str | None:
    """
    Return the day that *chunk* names as ``YYYY-MM-DD``, or None if it names none.

    >>> day("12 Januari 2025"), day("12/1/2025"), day("2025-01-12"), day("31/02/2025")
    ('2025-01-12', '2025-01-12', '2025-01-12', None)
    """
    if match := _WRITTEN.fullmatch(chunk):
        return _iso(match[3], str(_NUMBER_OF[match[2].translate(SAME_LETTERS).lower()]), match[1])
    if match := _DAY_FIRST.fullmatch(chunk):
        return _iso(match[4], match[3], match[1])
    if match := _YEAR_FIRST.fullmatch(chunk):
        return _iso(match[1], match[3], match[4])
    return None


def time(chunk: str) -> str | None:
    """
    Return the time of day that *chunk* names as ``hh:mm``, or None.

    >>> time("10.30"), time("9:05"), time("10.3")
    ('10:30', '09:05', None)
    """
    match = _TIME.fullmatch(chunk)
    return f"{int(match[1]):02}:{match[2]}" if match else None


def _iso(year: str, month: str, day_of_month: str) -> str | None:
    try:
        return date(int(year), int(month), int(day_of_month)).isoformat()
    except ValueError:
        return None
