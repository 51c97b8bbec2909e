"""The one document type. `Article.from_record` is the only way in."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import UTC, date, datetime, timedelta, timezone

from indexer.errors import ArticleRejected

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesian Time, the zone of a date that names none."""

UNKNOWN = "unknown"
"""The language of an article for which none was given or found."""

LONGEST = {"id": 512, "title": 2_000, "body": 2_000_000, "url": 4_000}
"""The characters a field may have; the fields that are not named here, `LONGEST_OTHER`."""

LONGEST_OTHER = 1_000
"""The characters that any other field may have, and a tag."""

_MAX_TAGS = 100
_FIGURES = 10  # of a number at most; int() refuses one of thousands
_SYNONYMS = {"date": "published", "keywords": "tags"}
_BAD = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\ud800-\udfff]")
_HALVED = "half a character", "mend the source's encoding"

Record = Mapping[str, object]
"""What a source yields for one article: values by field name, unchecked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """
    An article as it is indexed, stored and shown.

    *id* is unique within an index. *body* has its paragraphs parted by line breaks. *published* has a zone.
    *reading_minutes* is what the portal says. *language* is an ISO 639-1 code or `UNKNOWN`.
    """

    id: str
    title: str
    body: str
    url: str = ""
    author: str = ""
    source: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    reading_minutes: int | None = None
    credit: str = ""
    language: str = UNKNOWN

    @classmethod
    def from_record(cls, record: Record) -> "Article":
        """
        Return the article that *record* describes; fields of other names are passed over.

        Where no ``id`` is given, a stable one is made from ``url``, else from title and body. ``date`` is read
        as ``published``; a date without zone is Western Indonesian Time.

        Raises:
            ArticleRejected: a field is missing, or has a value that it cannot have.
        """
        given = {_SYNONYMS.get(name, name): value for name, value in record.items()}
        title, body = _text(given, "title"), _text(given, "body")
        for name, value in (("title", title), ("body", body)):
            if not value:
                raise ArticleRejected(f"'{name}' is missing or empty; an article needs a title and a body")
        url = _text(given, "url")
        return cls(
            id=_text(given, "id") or made_id(url or f"{title}\n{body}"),
            title=" ".join(title.split()),
            body=body,
            url=url,
            author=_text(given, "author"),
            source=_text(given, "source"),
            category=_text(given, "category"),
            tags=_tags(given),
            published=_moment(given),
            reading_minutes=_minutes(given),
            credit=_text(given, "credit"),
            language=_text(given, "language").lower() or UNKNOWN,
        )

    def to_record(self) -> dict[str, object]:
        """Return a record, as JSON has them, from which `from_record` makes this article again."""
        published = self.published.isoformat() if self.published else None
        fields = {name: getattr(self, name) for name in FIELDS}
        return {**fields, "tags": list(self.tags), "published": published}


FIELDS = tuple(field.name for field in fields_of(Article))
"""The names of the fields of an article."""


def is_printable(text: str) -> bool:
    r"""
    Return whether *text* has printable characters and line breaks only: quick, where a search takes ten times as long.

    >>> is_printable("Panen\nraya"), is_printable("Panen\0raya"), is_printable("Panen\u00a0raya")
    (True, False, False)
    """
    return text.replace("\n", " ").isprintable()


def made_id(origin: str) -> str:
    """Return the id of an article that has none: of its address, or of whatever else there is only one of."""
    return hashlib.sha256(origin.encode()).hexdigest()[:16]


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        return str(value)
    if not isinstance(value, str):
        raise ArticleRejected(f"'{name}' is {_shown(value)}; it must be text")
    return _checked(value, name).strip()


def _checked(value: str, name: str) -> str:
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(value) > longest:
        raise ArticleRejected(f"'{name}' has {len(value):,} characters; {longest:,} are allowed")
    if is_printable(value) or not (bad := _BAD.search(value)):
        return value
    what, remedy = ("a control character", "remove it") if bad.group() <= "\x7f" else _HALVED
    raise ArticleRejected(f"'{name}' has {what} (U+{ord(bad.group()):04X}) at {bad.start():,}; {remedy}")


def _tags(record: Record) -> tuple[str, ...]:
    value = () if record.get("tags") is None else record["tags"]
    tags = value.split(",") if isinstance(value, str) else value
    if not isinstance(tags, list | tuple) or not all(isinstance(tag, str) for tag in tags):
        raise ArticleRejected(f"'tags' is {_shown(value)}; it must be a list of texts, or one text with commas")
    if len(tags) > _MAX_TAGS:
        raise ArticleRejected(f"'tags' has {len(tags):,} entries; {_MAX_TAGS} are allowed")
    return tuple(tag for tag in (_checked(tag, "tags").strip() for tag in tags) if tag)


def _moment(record: Record) -> datetime | None:
    value = record.get("published")
    if value is None or value == "":
        return None
    try:
        moment = value if isinstance(value, datetime) else _parsed(value)
    except (TypeError, ValueError, OverflowError):
        raise ArticleRejected(
            f"'published' is {_shown(value)}; it must be a date such as 2025-01-12 or 2025-01-12T10:30+07:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=WIB)


def _parsed(value: object) -> datetime:
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=WIB)
    if not isinstance(value, str):
        raise TypeError
    moment = datetime.fromisoformat(value.strip())
    (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(UTC)  # the year 1 has no UTC: OverflowError
    return moment


def _minutes(record: Record) -> int | None:
    value = record.get("reading_minutes")
    if value is None or value == "":
        return None
    minutes = int(value) if isinstance(value, str) and value.isdecimal() and len(value) < _FIGURES else value
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes < 1_000:  # noqa: PLR2004 - a day
        raise ArticleRejected(f"'reading_minutes' is {_shown(value)}; it must be a whole number of minutes below 1000")
    return minutes


def _shown(value: object) -> str:
    """Return *value* as an error message shows it: cut short, its type named."""
    shown = repr(value)
    return f"{shown if len(shown) <= 60 else shown[:60] + '…'} ({type(value).__name__})"  # noqa: PLR2004 - a line
