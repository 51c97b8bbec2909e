"""The log: one line for each request, for people or for programs; what strangers wrote is escaped and cut."""

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from falcon import Response

from search.service.requests import received
from search.settings import Logging

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_MOST = 200  # characters of what a stranger wrote
_UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\xa1-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069]"
)
_log = logging.getLogger(__name__)


def set_up(settings: Logging) -> None:
    """Write the log to standard error, in the form that *settings* ask for."""
    writer = logging.StreamHandler()
    writer.setFormatter(_AsJson() if settings.format == "json" else _AsText())
    logging.basicConfig(level=logging.INFO, handlers=[writer], force=True)


def plain(text: str) -> str:
    r"""
    Return *text* from a stranger as it may stand in a line of the log.

    >>> plain("/a\nGET /b 200"), len(plain("x" * 300))
    ('/a\\x0aGET /b 200', 201)
    """
    shown = text if len(text) <= _MOST else text[:_MOST] + "…"
    return _UNPRINTABLE.sub(lambda sign: f"\\x{ord(sign[0]):02x}", shown)


class RequestLog:
    """
    Middleware that gives each request an id and writes one line for it when it is answered.

    The id is that of the header ``X-Request-Id``, where it is one, or a new one; the answer has it too.
    """

    def __init__(self, settings: Logging) -> None:
        """Say what is asked only if *settings* want that."""
        self._queries = settings.queries

    def process_request(self, req: Any, resp: Response) -> None:
        """Give the request its id."""
        given = req.get_header("X-Request-Id") or ""
        req.context.id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        req.context.began = received(req)
        req.context.key = None
        resp.set_header("X-Request-Id", req.context.id)

    def process_response(self, req: Any, resp: Response, resource: Any, req_succeeded: bool) -> None:  # noqa: ARG002, FBT001 - Falcon's
        """Write the line."""
        facts = {
            "method": plain(req.method),
            "route": req.uri_template or plain(req.path),
            "status": resp.status_code,
            "ms": round((time.monotonic() - req.context.began) * 1000, 1),
            "bytes": _size(resp),
            "id": req.context.id,
            "key": req.context.key.name if req.context.key else None,
        }
        if self._queries and (query := req.get_param("q")):
            facts["query"] = plain(query)
        line = "%(method)s %(route)s %(status)s %(ms).1f ms %(bytes)s bytes"
        others = "".join(f" {name}={json.dumps(facts[name], ensure_ascii=False)}" for name in facts if name in _OTHERS)
        _log.info("%s%s", line % facts, others, extra={"request": facts})


_OTHERS = ("id", "key", "query")


def _size(resp: Response) -> int:
    body = resp.data if resp.data is not None else (resp.text or "").encode()
    return len(body)


class _AsText(logging.Formatter):
    """A line for people; what a message has of line breaks and the like is escaped, so that one is never two."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's
        record.message = _UNPRINTABLE.sub(lambda sign: f"\\x{ord(sign[0]):02x}", record.message)
        return super().formatMessage(record)


class _AsJson(logging.Formatter):
    """A line for programs: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        document = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **(getattr(record, "request", None) or {"message": record.getMessage()}),
        }
        if record.exc_info:
            document["traceback"] = self.formatException(record.exc_info)
        return json.dumps(document, ensure_ascii=False)
