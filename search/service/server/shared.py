"""What the processes of one service share: the board, counted requests, a folder for figures, and hashed callers."""

import time
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from search.service.server.board import Board, Seat
from search.service.server.callers import Callers
from search.service.server.memory import Cells

_FIELDS = 3  # of a slot: the key's hash, when its time is over, units counted
_SLOTS = 1 << 14  # clients counted at a time, 400 kB
_PROBES = 8  # slots that are looked at for a key
_BYTES = 8


class Counts:
    """
    How much was asked for by key within its time, in memory that children share.

    Nothing is locked, for a process may die at any time: two that count at the same moment may count once. Where all
    slots of a key are taken, that whose time is over first is given away.
    """

    def __init__(self) -> None:
        """Count nothing yet."""
        self._cells = Cells(_SLOTS * _FIELDS)

    def add(self, key: str, seconds: float, amount: int) -> int:
        """Add *amount* to *key*, whose time begins now and has *seconds* if it has none; return the sum."""
        place, number, over, count = self._find(key)
        now = time.time()
        if over <= now:
            over, count = now + seconds, 0
        self._cells.real[place + 1], self._cells.whole[place + 2] = over, count + amount
        self._cells.whole[place] = number
        return count + amount

    def get(self, key: str) -> tuple[int, float]:
        """Return the sum of *key*, and when its time is over, in seconds since 1970."""
        _, _, over, count = self._find(key)
        now = time.time()
        return (count, over) if over > now else (0, now)

    def _find(self, key: str) -> tuple[int, int, float, int]:
        """Return the place of *key*, its hash, when its time is over, and its sum; 0 for both of a new one."""
        number = int.from_bytes(blake2b(key.encode(), digest_size=_BYTES).digest(), "little") | 1
        places = [(number + probe) % _SLOTS * _FIELDS for probe in range(_PROBES)]
        whole, real = self._cells.whole, self._cells.real
        found = [(place, whole[place], real[place + 1], whole[place + 2]) for place in places]
        for place, owner, over, count in found:
            if owner == number:
                return place, number, over, count
        oldest = min(found, key=lambda slot: slot[2])
        return oldest[0], number, 0.0, 0


@dataclass(frozen=True, slots=True)
class Shared:
    """
    What one process has in common with the others.

    It has its *seat* among them, and with all of them the *counts*, the *folder* of figures, if any, and what hashes
    *callers*.
    """

    seat: Seat
    counts: Counts
    folder: Path | None = None
    callers: Callers = field(default_factory=Callers)

    @classmethod
    def alone(cls) -> "Shared":
        """Return what a process has that shares with nobody."""
        return cls(Board(1).seat(0), Counts())
