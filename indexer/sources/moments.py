"""Dates as feeds and pages write them: ISO 8601, the form of e-mail, Indonesian names of months and zones."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from indexer.article import WIB

_ZONES = {"WIB": "+0700", "WITA": "+0800", "WIT": "+0900"}
_ZONE = re.compile(r"\b(WIB|WITA|WIT)\b", re.IGNORECASE)
_MONTHS = {
    "mei": "May",
    "agu": "Aug",
    "ags": "Aug",
    "agt": "Aug",
    "okt": "Oct",
    "des": "Dec",
    "nop": "Nov",
    "peb": "Feb",
}
_MONTH = re.compile(r"(?<=\d )([a-z]{3})[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"^\s*[a-z']+\.?,?\s+", re.IGNORECASE)
_EARLIEST = 1900
_WIDEST_OFFSET = timedelta(hours=14)


def moment(text: str) -> datetime | None:
    """
    Return the moment that *text* names, or None if it names none; one without zone is Western Indonesian Time.

    >>> moment("Kam, 14 Agu 2025 09:30:00 WITA").isoformat()
    '2025-08-14T09:30:00+08:00'
    >>> moment("2025-08-14 09:30").isoformat(), moment("31 Juni 2025")
    ('2025-08-14T09:30:00+07:00', None)
    """
    for read in (_iso, _mail):
        try:
            found = read(" ".join(text.split()))
            found = found if found.tzinfo else found.replace(tzinfo=WIB)
            if found.astimezone(UTC).year >= _EARLIEST:
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


def _naive(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found.year >= _EARLIEST else None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _mail(text: str) -> datetime:
    text = _ZONE.sub(lambda zone: _ZONES[zone[1].upper()], _DAY.sub("", text))
    return parsedate_to_datetime(_MONTH.sub(lambda month: _MONTHS.get(month[1].lower(), month[1]), text))
