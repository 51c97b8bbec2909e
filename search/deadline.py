"""
How long an answer may take: set once where a request comes in, looked at wherever work may become much.

As a cancel scope does, a deadline belongs to the thread that works under it, so that nothing on the way from a request
to an array need hand it on. Where none is set, as in the terminal, nothing is ever too late.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from search.errors import DeadlinePassed

GiveWay = Callable[[], None]
"""Waits for what goes before the work of this thread, if anything does."""


class _Limit(NamedTuple):
    until: float
    give_way: GiveWay | None


_limit: ContextVar[_Limit | None] = ContextVar("limit", default=None)


@contextmanager
def deadline(seconds: float, since: float | None = None, give_way: GiveWay | None = None) -> Iterator[None]:
    """
    Give the work within *seconds*, counted from the moment *since* of `time.monotonic`, or from now.

    At each checkpoint it may *give_way* to other work.
    """
    token = _limit.set(_Limit((time.monotonic() if since is None else since) + seconds, give_way))
    try:
        yield
    finally:
        _limit.reset(token)


def checkpoint() -> None:
    """
    Go on if there is time left; asked between leaves, hits and texts, which takes a tenth of a microsecond.

    Raises:
        DeadlinePassed: there is none left.
    """
    limit = _limit.get()
    if limit is None:
        return
    until, give_way = limit
    if give_way:
        give_way()
    if time.monotonic() > until:
        raise DeadlinePassed("the answer was not ready in the time that one may take")


def left() -> float | None:
    """Return how many seconds are left, None where there is no deadline; for who waits for others."""
    limit = _limit.get()
    return None if limit is None else limit.until - time.monotonic()
