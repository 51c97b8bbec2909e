"""Answers that need not be made again: told by their entity tag, or kept here while they are true."""

import hashlib
import json
from collections import OrderedDict
from threading import Lock
from typing import Any, NamedTuple

import msgspec
from falcon import Request, Response

from search.query_log.entries import Finding

_BODY = 1_000  # bytes that an answer takes beside its text


class KeptAnswer(NamedTuple):
    """An answer as JSON but for the time that it took, and what of it is logged."""

    body: bytes
    finding: Finding


class KeptAnswers:
    """
    The answers that were asked for last, up to a number of bytes; safe to share between threads.

    An answer is kept under its entity tag, which no other state of the index gives: it cannot become stale, only old.
    """

    def __init__(self, most: int) -> None:
        """Keep *most* bytes."""
        self._most, self._size = most, 0
        self._answers: OrderedDict[str, KeptAnswer] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> KeptAnswer | None:
        """Return the answer of *tag*, if it is kept."""
        with self._lock:
            if tag in self._answers:
                self._answers.move_to_end(tag)
            return self._answers.get(tag)

    def put(self, tag: str, answer: KeptAnswer) -> None:
        """Keep *answer* under *tag*; one that is larger than a tenth of all is not worth it."""
        size = len(answer.body) + _BODY
        with self._lock:
            if size * 10 > self._most or tag in self._answers:
                return
            self._answers[tag] = answer
            self._size += size
            while self._size > self._most:
                self._size -= len(self._answers.popitem(last=False)[1].body) + _BODY


def entity_tag(*parts: object) -> str:
    """
    Return the weak entity tag of what *parts* decide; weak, as an answer tells how long it took.

    >>> entity_tag("one", 7, "padi") == entity_tag("one", 7, "padi") != entity_tag("one", 8, "padi")
    True
    """
    return f'W/"{hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def is_known(req: Request, resp: Response, tag: str, *, private: bool) -> bool:
    """Have the answer carry *tag*, to be asked about each time; say whether the client has it already, by a 304."""
    resp.set_header("ETag", tag)
    resp.cache_control = ["private" if private else "public", "no-cache"]
    known = req.get_header("If-None-Match") or ""
    if tag.removeprefix("W/") not in [one.strip().removeprefix("W/") for one in known.split(",")]:
        return False
    resp.status = 304
    return True


def encoded(document: Any) -> bytes:
    """Return *document* as JSON; half a character, which a stranger may have sent, becomes a question mark."""
    try:
        return msgspec.json.encode(document)
    except UnicodeEncodeError:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def timed(body: bytes, took_ms: float) -> bytes:
    """
    Return the object *body* with the time that it took.

    >>> timed(b'{"total":1}', 2.5)
    b'{"took_ms":2.5,"total":1}'
    """
    return b'{"took_ms":%s,%s' % (json.dumps(took_ms).encode(), body[1:])
