"""Who asks, told apart for a day: addresses hashed with a secret that processes share and that is kept nowhere."""

import secrets
import time
from collections.abc import Callable
from hashlib import blake2b

from search.query_log.entries import Caller
from search.service.server.memory import Cells

_DAY = 86_400
_CELL = 8  # bytes
_SECRET = 4  # cells
_POSITIVE = (1 << 63) - 1  # SQLite's numbers have a sign


class Callers:
    """
    Hashes callers; children share what one of them makes up.

    The secret lies in memory alone, and another is written over it with the first caller of a day: then nobody can
    tell any more to which address a hash belongs. Nothing is locked, for a process may die at any time; two that make
    up a secret at the same moment may hash a caller each by a secret that does not last.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Have no secret yet; *clock* tells the seconds since 1970."""
        self._cells = Cells(1 + _SECRET)
        self._clock = clock

    def caller(self, address: str) -> Caller:
        """Return the caller of *address*."""
        today = int(self._clock() // _DAY) + 1
        cells = self._cells.whole
        if cells[0] != today:
            for place in range(1, 1 + _SECRET):
                cells[place] = secrets.randbits(8 * _CELL)
            cells[0] = today
        secret = b"".join(cells[place].to_bytes(_CELL, "little") for place in range(1, 1 + _SECRET))
        return Caller(_number(secret, b"key"), _number(secret, address.encode("utf-8", "replace")))


def _number(secret: bytes, text: bytes) -> int:
    return int.from_bytes(blake2b(text, key=secret, digest_size=_CELL).digest(), "little") & _POSITIVE
