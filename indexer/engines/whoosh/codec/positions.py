"""
The positions of a term in its record, slot by slot, most of them in one byte.

    low     the lowest byte of each
    flags   a bit for each: whether more than that byte is needed; missing where no position needs more
    high    the other bytes of those that need them: one, or four in a segment of *wide* positions

Positions of the body count from its beginning, so that nine in ten need no more than a byte; those of the title, which
come before it, wrap around to the highest numbers there are.
"""

from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.records import runs, sums_before

_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)).reshape(256, 8).sum(axis=1, dtype=np.uint8)
"""How many bits each byte has."""

_FEW = 16
"""One in so many places are few."""


@dataclass(frozen=True, slots=True)
class PositionFormat:
    """How positions are written: the *gap* before the body, and whether they are *wide*, of more than 16 bits."""

    gap: int
    wide: bool

    @property
    def dtype(self) -> str:
        """The type of a position."""
        return "<u4" if self.wide else "<u2"

    @property
    def high_width(self) -> int:
        """The bytes of what is above the lowest byte."""
        return 4 if self.wide else 1

    def unpacked(self, packed: Array, count: int) -> Array:
        """Return the *count* positions of one term, which are *packed*."""
        positions: Array = packed[:count].astype(self.dtype)
        if len(packed) > count:
            after = count + (count + 7 >> 3)
            self._raise(
                positions, np.flatnonzero(np.unpackbits(packed[count:after], count=count).view(bool)), packed[after:]
            )
        np.add(positions, self.gap, out=positions)
        return positions

    def picked(self, packed: Array, count: int, places: Array) -> Array:
        """Return those of the *count* positions at *places*; where these are few, without unpacking all."""
        if len(places) * _FEW > count:
            return self.unpacked(packed, count).take(places)
        positions: Array = packed.take(places).astype(self.dtype)
        if len(packed) > count:
            after = count + (count + 7 >> 3)
            flags = packed[count:after]
            has_high = np.flatnonzero(flags.take(places >> 3) & (128 >> (places & 7)))
            wanted = places.take(has_high)
            before, _ = sums_before(np.bitwise_count(flags), wanted >> 3)
            before += _BITS.take(flags.take(wanted >> 3) >> (8 - (wanted & 7)))
            high = packed[after:].view(f"<u{self.high_width}").take(before)
            positions[has_high] += high.astype(self.dtype) << 8
        np.add(positions, self.gap, out=positions)
        return positions

    def all_unpacked(self, content: Array, start: Array, stop: Array, count: Array) -> Array:
        """Return the positions of many terms; those of each are packed from *start* to before *stop* in *content*."""
        positions: Array = content[runs(start, count)].astype(self.dtype)
        flagged = np.where(stop - start > count, count, 0)
        flag_bytes = _flag_bytes(flagged)
        bits = np.unpackbits(content[runs(start + count, flag_bytes)])
        has_high = np.flatnonzero(bits[runs(8 * (np.cumsum(flag_bytes) - flag_bytes), flagged)])
        high = content[runs(start + count + flag_bytes, stop - start - count - flag_bytes)]
        self._raise(positions, runs(np.cumsum(count) - count, flagged)[has_high], high)
        np.add(positions, self.gap, out=positions)
        return positions

    def _raise(self, positions: Array, places: Array, high: Array) -> None:
        """Put the bytes *high* above the lowest one of the *positions* at *places*."""
        if self.wide:
            positions[places] += high.view(f"<u{self.high_width}").astype(self.dtype) << 8
        else:
            positions.view(np.uint8)[1::2][places] = high  # twice as fast as adding it


@dataclass(frozen=True, slots=True)
class PackedPositions:
    """The positions of many terms, packed: *parts* are the bytes of each of the three, and how many each term has."""

    parts: tuple[tuple[Array, Array], ...]

    @classmethod
    def of(cls, position: Array, count: Array, written: PositionFormat) -> "PackedPositions":
        """Pack *position*, of which each term has *count*."""
        number: Array = (position - written.gap).astype(written.dtype)
        high: Array = number >> 8
        has_high = high > 0
        term = np.repeat(np.arange(len(count)), count)
        highs = np.bincount(term[has_high], minlength=len(count))
        flagged = np.where(highs > 0, count, 0)
        flag_bytes = _flag_bytes(flagged)
        bits = np.zeros(8 * int(flag_bytes.sum()), np.uint8)
        bits[runs(8 * (np.cumsum(flag_bytes) - flag_bytes), flagged)] = has_high[flagged[term] > 0]
        high_bytes = high[has_high].astype(f"<u{written.high_width}").view(np.uint8)
        low = number.astype(np.uint8)
        return cls(((low, count), (np.packbits(bits), flag_bytes), (high_bytes, highs * written.high_width)))

    @property
    def size(self) -> Array:
        """The bytes of each term."""
        size: Array = np.sum([lengths for _, lengths in self.parts], axis=0)
        return size

    def put(self, content: Array, start: Array) -> None:
        """Put them into *content*, those of each term from *start* on."""
        for part, lengths in self.parts:
            content[runs(start, lengths)] = part
            start = start + lengths


def _flag_bytes(count: Array) -> Array:
    found: Array = (count + 7) >> 3
    return found
