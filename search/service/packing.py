"""Answers packed by gzip, where a client takes them so; what stands in front of the service may pack the others."""

import gzip
import re

from falcon import Request, Response

_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q\s*=\s*(?P<weight>[0-9.]+)\s*)?(?:,|$)", re.IGNORECASE | re.ASCII)
_LEVEL = 5  # of 20 kB, half a millisecond


def packed(content: bytes, level: int = _LEVEL) -> bytes:
    """Return *content* packed, the same each time."""
    return gzip.compress(content, level, mtime=0)


def is_taken(accepted: str) -> bool:
    """
    Say whether the header ``Accept-Encoding`` takes gzip.

    >>> [is_taken(given) for given in ("gzip, br", "br;q=1, gzip;q=0.5", "gzip;q=0", "gzip;q=0.0, br", "", "gzipped")]
    [True, True, False, False, False, False]
    """
    found = _GZIP.search(accepted)
    return found is not None and (found["weight"] is None or found["weight"].strip("0.") != "")


def pack(req: Request, resp: Response, content: bytes, ready: bytes | None = None) -> None:
    """Answer with *content*, packed if the client takes that; *ready* is that where it was packed before."""
    resp.append_header("Vary", "Accept-Encoding")
    resp.data = content
    if is_taken(req.get_header("Accept-Encoding") or ""):
        resp.set_header("Content-Encoding", "gzip")
        resp.data = ready or packed(content)
