"""
What the processes of one service know of each other: how many connections each holds, and that its loop goes round.

A shared socket gives the next connection to whichever process asks first, and measured so sixteen connections often all
ended in one of two; so a process asks only while no other holds clearly fewer.
"""

import os
import time
from typing import NamedTuple

from search.service.server.memory import Cells

PASS = 0.5
"""Seconds that the loop of a process waits at most for something to happen."""

_TURN = 0.02  # the same while it is for others to take the next connection
_FIELDS = 3  # of each seat
_SPARE = 1, 8  # connections that one may hold more than another, and into how many parts of his that is one
_FRESH = 1.0  # seconds after which one that does not pass is not waited for


class Sitting(NamedTuple):
    """Who sits in a seat: what he holds, what waits with him, and when he was *seen*; 0 if nobody is there."""

    connections: int
    waiting: int
    seen: float


class Board:
    """A place for each process, in memory that children share with who made it."""

    def __init__(self, seats: int) -> None:
        """Make so many *seats*, all of them free."""
        self._cells = Cells(seats * _FIELDS)
        self._owner = os.getpid()
        self.seats = range(seats)

    @property
    def is_orphaned(self) -> bool:
        """Whether this process is a child of who made the board, and that is gone."""
        return self._owner not in {os.getpid(), os.getppid()}

    def seat(self, number: int) -> "Seat":
        """Return the seat of this *number*."""
        return Seat(self, number)

    def read(self, number: int) -> Sitting:
        """Return who sits in the seat *number*."""
        connections, waiting, seen = range(number * _FIELDS, (number + 1) * _FIELDS)
        return Sitting(self._cells.whole[connections], self._cells.whole[waiting], self._cells.real[seen])

    def write(self, number: int, sitting: Sitting) -> None:
        """Say who sits there."""
        connections, waiting, seen = range(number * _FIELDS, (number + 1) * _FIELDS)
        self._cells.whole[connections], self._cells.whole[waiting] = sitting.connections, sitting.waiting
        self._cells.real[seen] = sitting.seen


class Seat:
    """The place of one process on the board."""

    def __init__(self, board: Board, number: int) -> None:
        """Take the seat *number* of *board*."""
        self.board, self.number = board, number

    @property
    def seen(self) -> float:
        """When who sits here was last seen, by `time.monotonic`; 0 if nobody is."""
        return self.board.read(self.number).seen

    def sit(self, connections: int, waiting: int) -> None:
        """Say that this process goes on, and what it holds."""
        self.board.write(self.number, Sitting(connections, waiting, time.monotonic()))

    def leave(self) -> None:
        """Free the seat."""
        self.board.write(self.number, Sitting(0, 0, 0.0))

    def is_next(self, connections: int) -> bool:
        """Say whether one who holds so many *connections* should take the next."""
        since = time.monotonic() - _FRESH
        others = (self.board.read(number) for number in self.board.seats if number != self.number)
        return all(connections <= _most_beside(other.connections) for other in others if other.seen > since)

    def patience(self, connections: int) -> float:
        """
        Return how many seconds the loop of one who holds so many *connections* may wait for something to happen.

        While it is for others to take the next one, nobody tells when that changes: it has to look.
        """
        return PASS if self.is_next(connections) else _TURN


def _most_beside(connections: int) -> int:
    """
    Return how many connections may be held beside one who holds so many *connections* by who takes another.

    A crowd that comes at once is taken in large parts: one after the other, in turns, it took half a second.
    """
    fewest, parts = _SPARE
    return connections + max(fewest, connections // parts)
