"""
Cursors: where a page of an answer ended, and what was decided for it, as a text that a client gives back.

A cursor goes on after its place in the order of the hits, in the index as it is then. What depends on the time of the
question, and on how many articles have its words, is not decided anew: hits would change places between two pages.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import blake2b
from math import isfinite

import msgspec

from search.errors import NoCursor
from search.query import Moment, Place
from search.results import Hit

LONGEST = 12_000
"""Characters of a cursor: there is room for the longest id, and for the longest query that was corrected."""

_CHECK = 8  # bytes that tell a cursor from other text, and one that was cut
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


class Cursor(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """
    Where a page ended.

    *generation* and *through* say in which index, *asked* for which question (see `digest`), *moment* when that was.
    *is_relaxed* and *is_corrected* say how it was answered; *corrected* is what may have been meant. *page* is the
    number of the page to come.
    """

    generation: str
    through: int
    asked: bytes
    page: int
    moment: Moment
    is_relaxed: bool
    is_corrected: bool
    corrected: str | None
    place: Place

    def encoded(self) -> str:
        """
        Return the text that is given to clients.

        >>> moment = Moment(datetime(2026, 8, 14, tzinfo=UTC), None)
        >>> cursor = Cursor(generation="g", through=7, asked=digest("padi"), page=2, moment=moment, is_relaxed=False,
        ...     is_corrected=False, corrected=None, place=Place(1.5, None, "a"))
        >>> decoded(cursor.encoded()) == cursor
        True
        """
        content = msgspec.msgpack.encode(self)
        return urlsafe_b64encode(_check(content) + content).decode().rstrip("=")


def place_of(hit: Hit) -> Place:
    """Return where in the order *hit* is."""
    published = hit.article.published
    return Place(hit.score, int(published.timestamp()) if published else None, hit.article.id)


def digest(*asked: object) -> bytes:
    """Return what is equal for questions that are *asked* alike."""
    return blake2b(repr(asked).encode("utf-8", "replace"), digest_size=_CHECK).digest()


def decoded(text: str) -> Cursor:
    """
    Return the cursor that *text* is.

    Raises:
        NoCursor: it is none.
    """
    try:
        whole = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        check, content = whole[:_CHECK], whole[_CHECK:]
        cursor = msgspec.msgpack.decode(content, type=Cursor)
    except (ValueError, binascii.Error, msgspec.MsgspecError) as exc:
        raise NoCursor(str(exc)) from exc
    if check != _check(content) or not _is_possible(cursor):
        raise NoCursor("it was not given out as it is")
    return cursor


def _check(content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK, person=b"cursor").digest()


def _is_possible(cursor: Cursor) -> bool:
    """Say whether nothing in *cursor* is beyond what is ever given out: anyone can make a check that is right."""
    now, newest = cursor.moment.now, cursor.moment.newest or _FIRST
    return (
        isfinite(cursor.place.score)
        and cursor.page > 1
        and now.tzinfo is not None
        and newest.tzinfo is not None
        and _FIRST <= now < _LAST
    )
