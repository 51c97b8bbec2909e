"""
Dear work lets searches go first: the interpreter lets one thread work at a time, and shares that evenly.

Beside one dear request a search would take twice as long, and as long again as the longest step of that.
"""

import time
from collections.abc import Callable

_PAUSE = 0.001  # seconds


class GivingWay:
    """Waits while others are at work, but never longer in all than it may."""

    def __init__(self, is_busy: Callable[[], object], most: float) -> None:
        """Give way while *is_busy* says so, for *most* seconds in all: then it is the turn of the dear work."""
        self._is_busy, self._left = is_busy, most

    def __call__(self) -> None:
        """Wait, if there is something to wait for."""
        while self._left > 0 and self._is_busy():
            before = time.monotonic()
            time.sleep(_PAUSE)
            self._left -= time.monotonic() - before
