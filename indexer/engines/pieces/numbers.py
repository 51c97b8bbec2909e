"""
The pieces met so far, each with its number: a hash table in arrays, asked for many pieces at a time.

A piece of up to 16 bytes is two 64-bit numbers, and found by them; what is found is compared in full, so that no hash
is trusted. Longer ones, 2 in 100, stand in a dictionary.
"""

from collections.abc import Callable

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.pieces.cutting import Cut

_HALF = 8  # bytes of one number
_WHOLE = 16
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(_HALF + 1)], np.uint64)
_ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # mix the bits; any odd numbers with many would do
_FIRST_SIZE = 1 << 15

Keys = tuple[Array, Array]
"""The first and the last 8 bytes of each piece, as numbers."""


NumbersOf = Callable[[list[bytes]], list[int]]
"""Returns the number of each of some new pieces."""


class PieceNumbers:
    """The number of each piece met so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self._long: dict[bytes, int] = {}
        self._count = 0
        self._empty(_FIRST_SIZE)

    def __len__(self) -> int:
        """Return how many pieces are known."""
        return self._count + len(self._long)

    def of(self, cut: Cut, numbers_of: NumbersOf) -> Array:
        """Return the number of each piece of *cut*; *numbers_of* is asked for those that are not known yet, once."""
        length = cut.stop - cut.start
        low, high = keys = _keys(cut, length)
        numbers = self._found(keys)
        unknown = np.flatnonzero((numbers < 0) & (length <= _WHOLE))
        if len(unknown):
            numbers[unknown] = self._learned(cut, unknown, (low[unknown], high[unknown]), numbers_of)
        long = np.flatnonzero(length > _WHOLE)
        numbers[long] = self._long_numbers(cut.pieces(long), numbers_of)
        return numbers

    def _long_numbers(self, pieces: list[bytes], numbers_of: NumbersOf) -> list[int]:
        new = [piece for piece in dict.fromkeys(pieces) if piece not in self._long]
        self._long.update(zip(new, numbers_of(new), strict=True))
        return [self._long[piece] for piece in pieces]

    def _learned(self, cut: Cut, places: Array, keys: Keys, numbers_of: NumbersOf) -> Array:
        """Return the numbers of the pieces at *places*, which are unknown and have these *keys*."""
        pieces = cut.pieces(places)
        distinct = list(dict.fromkeys(pieces))
        number = dict(zip(distinct, numbers_of(distinct), strict=True))
        found = np.fromiter(map(number.__getitem__, pieces), np.int32, len(pieces))
        place = dict(zip(pieces, range(len(pieces)), strict=True))  # of each piece, any at which it stands
        new = np.fromiter(place.values(), np.int64, len(place))
        self._insert((keys[0][new], keys[1][new]), found[new])
        return found

    def _found(self, keys: Keys) -> Array:
        """Return the number of each of *keys*, below 0 where it is unknown."""
        low, high = keys
        slot = self._slots(keys)
        number = self._number[slot]
        away = np.flatnonzero((self._low[slot] != low) | (self._high[slot] != high))
        while len(away):
            away = away[number[away] >= 0]  # an empty slot ends the search
            slot[away] = after = (slot[away] + 1) & self._mask
            number[away] = self._number[after]
            away = away[(self._low[after] != low[away]) | (self._high[after] != high[away])]
        return number

    def _insert(self, keys: Keys, numbers: Array) -> None:
        """Put in *numbers* for *keys*, which are distinct and unknown."""
        self._count += len(numbers)
        if 2 * self._count > len(self._number):
            known = self._number >= 0
            old = self._low[known], self._high[known], self._number[known]
            self._empty(4 * len(self._number))
            self._place(old[:2], old[2])
        self._place(keys, numbers)

    def _place(self, keys: Keys, numbers: Array) -> None:
        slot = self._slots(keys)
        rest = np.arange(len(numbers))
        while len(rest):
            own = rest[self._number[slot[rest]] < 0]
            self._number[slot[own]] = own  # of several that want a slot the last one has it
            own = own[self._number[slot[own]] == own]
            self._number[slot[own]] = numbers[own]
            self._low[slot[own]], self._high[slot[own]] = keys[0][own], keys[1][own]
            rest = np.setdiff1d(rest, own, assume_unique=True)
            slot[rest] = (slot[rest] + 1) & self._mask

    def _empty(self, size: int) -> None:
        self._low, self._high = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
        self._number = np.full(size, -1, np.int32)
        self._mask = size - 1
        self._shift = np.uint64(64 - self._mask.bit_length())

    def _slots(self, keys: Keys) -> Array:
        mixed: Array = keys[0] * _ODD[0] + keys[1] * _ODD[1]
        mixed ^= mixed >> np.uint64(32)
        mixed *= _ODD[0]
        mixed >>= self._shift
        return mixed.astype(np.int64)


def _keys(cut: Cut, length: Array) -> Keys:
    """Return the keys of all pieces; those of longer pieces than 16 bytes mean nothing."""
    numbers: Array = np.ndarray((len(cut.content) - _HALF + 1,), "<u8", cut.content, 0, (1,))
    low = numbers[cut.start] & _MASKS[np.minimum(length, _HALF)]
    high = np.zeros(len(low), np.uint64)
    longer = np.flatnonzero(length > _HALF)
    high[longer] = numbers[cut.start[longer] + _HALF] & _MASKS[np.minimum(length[longer] - _HALF, _HALF)]
    return low, high
