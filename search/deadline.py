"""
How long an answer may take: set once where a request comes in, looked at wherever work may become much.

As a cancel scope does, a deadline belongs to the thread that works under it, so that nothing on the way from a request
to an array need hand it on. Where none is set, as in the terminal, nothing is ever too late.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.errors import DeadlinePassed

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def deadline(seconds: float, since: float | None = None) -> Iterator[None]:
    """Give the work within *seconds*, counted from the moment *since* of `time.monotonic`, or from now."""
    token = _until.set((time.monotonic() if since is None else since) + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def checkpoint() -> None:
    """
    Go on if there is time left; asked between leaves, hits and texts, which takes a tenth of a microsecond.

    Raises:
        DeadlinePassed: there is none left.
    """
    until = _until.get()
    if until is not None and time.monotonic() > until:
        raise DeadlinePassed("the answer was not ready in the time that one may take")


def left() -> float | None:
    """Return how many seconds are left, None where there is no deadline; for who waits for others."""
    until = _until.get()
    return None if until is None else until - time.monotonic()
