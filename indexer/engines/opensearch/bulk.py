"""
Bulk requests: many documents at once, each with a version, so that a request may be sent again and do no harm.

What is refused for the time being is sent again, later and later. An item whose version is already there, or a newer
one, is done: `external_gte` takes an equal one, and what is newer came by a later change.
"""

import time
from collections.abc import Iterator, Sequence
from random import random
from typing import Any, NamedTuple

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError, ConnectionTimeout, TransportError  # noqa: A004 - the library's

from indexer.engines.opensearch.documents import encode, key_of
from indexer.engines.opensearch.failures import BUSY, reason
from indexer.errors import IndexUnavailable

MOST_BYTES = 3_000_000
"""Bytes of a request after which it is closed; a document that is larger has one of its own."""

TRIES = 12
"""How often a request is sent at most; the pauses between are three minutes in all."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0  # seconds
WAITING = {"request_timeout": 120.0}
"""That the cluster may take so many seconds for a request: sent again meanwhile, it would be worked on twice."""

_WAITING = {**WAITING, "timeout": "10s"}
"""The same, but it waits no longer than that itself for a shard that is lost: a build has no copies of it."""

_OVERTAKEN = 409  # a newer version is there
_TOO_LARGE = 413


class Item(NamedTuple):
    """What is to become of the article *article_id*: its *document* as JSON, None to take it out, by *version*."""

    article_id: str
    document: bytes | None
    version: int

    def lines(self) -> bytes:
        """Return the item as a bulk request has it."""
        kind = "delete" if self.document is None else "index"
        action = {"_id": key_of(self.article_id), "version": self.version, "version_type": "external_gte"}
        head = encode({kind: action}) + b"\n"
        return head if self.document is None else head + self.document + b"\n"


def requests(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield *items* in as many requests as they need."""
    request: list[Item] = []
    size = 0
    for item in items:
        own = len(item.document or b"")
        if request and size + own > MOST_BYTES:
            yield request
            request, size = [], 0
        request.append(item)
        size += own
    if request:
        yield request


def send(client: OpenSearch, index: str, items: Sequence[Item]) -> None:
    """
    Send *items* to *index* in one request, and again what is refused for the time being.

    Raises:
        IndexUnavailable: the cluster cannot be reached, or refuses something for good.
    """
    pause, trouble = _FIRST_PAUSE, ""
    left = list(items)
    for attempt in range(TRIES):
        if attempt:
            time.sleep(pause * (0.5 + random()))  # noqa: S311 - so that not all come back at once
            pause = min(2 * pause, _LONGEST_PAUSE)
        try:
            answer = client.bulk(index=index, body=b"".join(item.lines() for item in left), params=_WAITING)
        except (ConnectionError, ConnectionTimeout) as exc:
            trouble = reason(exc)
            continue
        except TransportError as exc:
            if exc.status_code not in BUSY:
                raise IndexUnavailable(_refused(exc, left)) from exc
            trouble = reason(exc)
            continue
        left, trouble = _left(left, answer)
        if not left:
            return
    raise IndexUnavailable(f"{len(left):,} articles could not be sent to the cluster in {TRIES} tries: {trouble}")


def _left(items: Sequence[Item], answer: dict[str, Any]) -> tuple[list[Item], str]:
    """Return those of *items* that are to be sent again, and why."""
    left, trouble = [], ""
    for item, outcome in zip(items, answer["items"] if answer["errors"] else (), strict=bool(answer["errors"])):
        (result,) = outcome.values()
        status, error = result["status"], result.get("error") or {}
        if status in BUSY:
            left.append(item)
            trouble = f"{status} {error.get('type', '')}"
        elif "error" in result and status != _OVERTAKEN:
            raise IndexUnavailable(
                f"the cluster does not take the article {item.article_id!r} ({status} {error.get('type')}: "
                f"{str(error.get('reason'))[:300]}): run `telusur reindex SOURCE…` if its mapping is not ours"
            )
    return left, trouble


def _refused(exc: TransportError, items: Sequence[Item]) -> str:
    if exc.status_code == _TOO_LARGE:
        largest = max(items, key=lambda item: len(item.document or b""))
        size = len(largest.document or b"")
        return (
            f"the article {largest.article_id!r} takes {size:,} bytes, more than the cluster takes at a time: raise "
            "http.max_content_length of its nodes, or part the article"
        )
    return reason(exc)
