"""
Dates as feeds, exports, tables and pages write them, read in one way for all sources.

Read are ISO 8601, the form of e-mail, and day, month and year as a portal shows them, in figures or with an Indonesian
or English name, with or without a time of day and a zone. A text that names two days or no whole day names no moment,
nor does one that has another figure besides and no time of day: a wrong date is worse than none.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial

from indexer.article import WIB

_LONGEST = 120  # characters of a text that could be a date
_EARLIEST = 1900
_WIDEST_OFFSET = timedelta(hours=14)
_NOON = 12

_MONTH_NAMES = (
    "januari january jan",
    "februari february pebruari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agust agus agu ags agt aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DATES = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\d/-])", re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})",
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ .+-]{{0,2}}{_MONTH}[ .,'+-]{{1,2}}(?P<year>\d{{4}}|\d{{2}}(?![.:]\d))",
        rf"{_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"{_MONTH} (?P<day>\d{{1,2}}) (?P<clock>\d\d:\d\d(?::\d\d)?)(?P<zone> [A-Z]+| [+-]\d{{4}})? (?P<year>\d{{4}})",
    )
)
_CLOCK = re.compile(
    r"(?<![\d.,:/-])(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d)(?:[.,]\d+)?)?(?![\d:/])"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_HOURS = {
    name: hours
    for hours, names in (
        (0, "z ut utc gmt"),
        (7, "wib asia/jakarta"),
        (8, "wita asia/makassar sgt myt"),
        (9, "wit asia/jayapura jst"),
        *((1, "cet"), (2, "cest"), (-4, "edt"), (-5, "est cdt"), (-6, "cst mdt"), (-7, "mst pdt"), (-8, "pst")),
    )
    for name in names.split()
}
_ZONE = re.compile(
    rf"(?:\b(?:gmt|utc))?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?!\d)"
    rf"|(?<![a-z])(?P<name>{'|'.join(sorted(_HOURS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_BESIDE = frozenset(
    "senin selasa rabu kamis jumat jum'at jum’at sabtu minggu ahad sen sel rab kam jum sab min monday tuesday wednesday"
    " thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun pukul pkl jam hari tanggal tgl pada"
    " diterbitkan dipublikasikan dimuat dirilis ditulis terbit tayang publikasi posted published on at the t".split()
)
"""Words that belong to a date."""
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*")
_UNKNOWN_ZONE = re.compile(r"\s*[A-Z]{3,5}\b")


def moment(text: str, *, words: int = 6) -> datetime | None:
    """
    Return the moment that *text* names, or None if it names none; one without zone is Western Indonesian Time.

    Of figures alone, the first is the day, as Indonesia writes, unless only the second can be one. Beside what belongs
    to a date, there may be as many *words*: two in "Kabar.com, Jakarta - Diterbitkan pada 14 Agustus 2025".

    >>> moment("Kamis, 14 Agustus 2025 | 09.30 WITA").isoformat(), moment("05/06/2024").date().isoformat()
    ('2025-08-14T09:30:00+08:00', '2024-06-05')
    >>> moment("10/21/2025 9:30 PM").isoformat(), moment("31 Juni 2025"), moment("Perda Nomor 3 Tahun 2017")
    ('2025-10-21T21:30:00+07:00', None, None)
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    readings: tuple[Callable[[str], datetime | None], ...] = (datetime.fromisoformat, partial(_written, words=words))
    for read in readings:
        try:
            found = read(text)
            found = found if found is None or found.tzinfo else found.replace(tzinfo=WIB)
            if found and found.astimezone(UTC).year >= _EARLIEST:
                return found
        except (ValueError, OverflowError):
            continue
    return None


def local_moment(local: str, universal: str) -> datetime | None:
    """
    Return the moment that a clock on the spot and one in UTC show together, in the zone that their difference is.

    Where one of them is missing or stands at zero, as WordPress leaves it, the other one counts.

    >>> local_moment("2025-08-14 09:30:00", "2025-08-14 01:30:00").isoformat()
    '2025-08-14T09:30:00+08:00'
    """
    here, there = _naive(local), _naive(universal)
    if there is None:
        return here.replace(tzinfo=WIB) if here else None
    offset = here - there if here else timedelta()
    if abs(offset) > _WIDEST_OFFSET or offset % timedelta(minutes=15):
        offset = timedelta()
    return there.replace(tzinfo=UTC).astimezone(timezone(offset))


def has_clock(when: datetime) -> bool:
    """Return whether *when* says more than a day; midnight is what a day alone is read as."""
    return when.time() != time()


def _naive(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found.year >= _EARLIEST else None


def _written(text: str, words: int) -> datetime | None:
    """Take the date, the time of day and the zone out of *text*; what then is left must be a few words."""
    found, rest = _day(text)
    if found is None or any(pattern.search(rest) for pattern in _DATES):
        return None
    clock, rest, is_zone_unknown = _clock(rest)
    zone, rest = _zone(rest)
    others = [word for word in _WORD.findall(rest) if word.lower() not in _BESIDE]
    if len(others) > words or (is_zone_unknown and zone is None):
        return None
    if _FIGURE.search(rest) and clock is None:
        return None
    return datetime.combine(found, clock or time(), zone)


def _day(text: str) -> tuple[date | None, str]:
    for pattern in _DATES:
        if found := pattern.search(text):
            parts = found.groupdict()
            month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
            day = int(parts["day"])
            if month > _NOON >= day and not parts.get("name"):
                day, month = month, day
            kept = f"{parts.get('clock') or ''}{parts.get('zone') or ''}"
            return date(_year(parts["year"]), month, day), f"{text[: found.start()]} {kept} {text[found.end() :]}"
    return None, text


def _year(figures: str) -> int:
    """Return the year of which the last two *figures*, or all four, are written; the division is RFC 5322's."""
    return int(figures) if len(figures) > 2 else int(figures) + (2000 if figures < "50" else 1900)  # noqa: PLR2004


def _clock(text: str) -> tuple[time | None, str, bool]:
    """Return the time of day, *text* without it, and whether after it there is what looks like a zone."""
    text = re.sub(r"\bT(?=\d\d:)", " ", text)
    if not (found := _CLOCK.search(text)):
        return None, text, False
    hour = int(found["hour"])
    if found["half"] and hour <= _NOON:
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    after = text[found.end() :]
    looks_like_zone = bool(_UNKNOWN_ZONE.match(after))
    return (
        time(hour, int(found["minute"]), int(found["second"] or 0)),
        f"{text[: found.start()]} {after}",
        looks_like_zone,
    )


def _zone(text: str) -> tuple[timezone | None, str]:
    zone = None
    if found := _ZONE.search(text):
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0) if found["sign"] else 0
        offset = timedelta(minutes=-minutes if found["sign"] == "-" else minutes)
        zone = timezone(timedelta(hours=_HOURS[found["name"].lower()]) if found["name"] else offset)
        if zone == timezone(timedelta(hours=7)):
            zone = WIB
        text = _ZONE.sub(" ", text)
    return zone, text
