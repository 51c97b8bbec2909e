"""
What every record goes through, whichever source it is of, so that all have the same manners.

Text that was read twice is mended, control characters are dropped, the date is read, the address checked. What cannot
be used of a record is left out with a remark, and never costs the article.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from indexer.article import LONGEST, LONGEST_OTHER, WIB, is_printable
from indexer.sources.links import is_address
from indexer.sources.moments import moment
from indexer.sources.records import Broken, Found

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SECOND = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
"""A byte of UTF-8 after the first, read as Windows-1252."""
_READ_TWICE = re.compile(f"[\u00c2-\u00f4]{_SECOND}")  # two bytes of UTF-8
_CUT_OFF = re.compile(f"[\u00e0-\u00f4]{_SECOND}(?!{_SECOND})|[\u00f0-\u00f4]{_SECOND}{{2}}(?!{_SECOND})")
_EARLIEST = 1900
_DISPENSABLE = frozenset({"url", "author", "source", "category", "credit"})


def finished(item: Found | Broken) -> Found | Broken:
    """Return *item* as it is indexed: its text whole, its date a moment, and remarks on what had to be left out."""
    if isinstance(item, Broken):
        return item
    record = {name: _whole(value) for name, value in item.record.items()}
    remarks = [item.remark] if item.remark else []
    for name in record.keys() & {"published", "date"}:
        record[name], remark = _published(name, record[name])
        remarks += remark
    if isinstance(url := record.get("url"), str) and not is_address(url):
        record["url"] = ""
        remarks.append(f"'url' is {_shown(url)}, which is no address")
    for name in record.keys() & _DISPENSABLE:
        if isinstance(text := record[name], str) and len(text) > LONGEST.get(name, LONGEST_OTHER):
            record[name] = ""
            remarks.append(f"{name!r} has {len(text):,} characters")
    return Found(item.place, record, "; ".join(remarks), item.read)


def mended(text: str) -> str:
    r"""
    Return *text*, in which UTF-8 was read as another encoding, as it was written; where any sign of it stays, unmended.

    >>> mended("Al-Qurâ€™an dan cafÃ©"), mended("SÃO PAULO, 30°C"), mended("â€œPadiâ€ dan jagung")
    ('Al-Qur’an dan café', 'SÃO PAULO, 30°C', 'â€œPadiâ€ dan jagung')
    """
    if text.isascii() or not _READ_TWICE.search(text) or _CUT_OFF.search(text):
        return text
    import ftfy  # noqa: PLC0415 - 60 ms, which a command need not wait for that has nothing to mend
    from ftfy.badness import is_bad  # noqa: PLC0415

    how = ftfy.TextFixerConfig(unescape_html=False, restore_byte_a0=False, replace_lossy_sequences=False)
    better = ftfy.fix_encoding(text, how)
    return text if is_bad(better) else better


def _whole(value: object) -> object:
    if isinstance(value, str):
        return mended(value if is_printable(value) else _CONTROL.sub("", value))
    return [_whole(each) for each in value] if isinstance(value, list) else value


def _published(name: str, value: object) -> tuple[object, Iterable[str]]:
    """Return the moment that *value* is, if it is one, and remarks if it is none; nothing needs no remark."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None, ()
    found = moment(value) if isinstance(value, str) else _checked(value)
    return found, () if found else (f"{name!r} is {_shown(value)}, which is no date",)


def _checked(value: object) -> datetime | None:
    """Return the moment that a *value* of a type for dates is, unless it is one that a database puts for none."""
    if not isinstance(value, date):
        return None
    when = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=WIB)
    try:
        when = when if when.tzinfo else when.replace(tzinfo=WIB)
        return when if when.astimezone(UTC).year >= _EARLIEST else None
    except (OverflowError, ValueError):
        return None


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:80]}…"  # noqa: PLR2004 - a line
