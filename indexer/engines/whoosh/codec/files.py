"""
Files of arrays: written front to back, read through the page cache, each block checked when it is first read.

A file is its arrays, each at a multiple of 64 bytes, and after them a table with the CRC-32 of every block of 64 KiB.
The segment's manifest holds the checksum of that table, so that a file of another segment is told from its own.
"""

import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from indexer.durable import named
from indexer.engines.arrays import Array
from indexer.errors import IndexUnavailable

BLOCK = 1 << 16
"""Bytes that share one checksum."""

_SHIFT = 16
_ALIGNMENT = 64


@dataclass(frozen=True, slots=True)
class Region:
    """Where in a file an array lies: the byte it starts at, numpy's name of its type, its elements."""

    start: int
    dtype: str
    count: int


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the manifest knows of a file: its size in bytes, the checksum of its checksums, its arrays by name."""

    size: int
    checksum: int
    regions: dict[str, Region]


class ArrayFileWriter:
    """Writes one file of arrays; an array may come in pieces."""

    def __init__(self, path: Path) -> None:
        """Write to *path*, anew."""
        self._path = path
        self._file = path.open("wb")
        self._regions: dict[str, Region] = {}
        self._size = 0
        self._block = 0
        self._room = BLOCK
        self._checksums: list[int] = []

    def write(self, name: str, pieces: Iterable[Array] | Array) -> None:
        """Write the array *name*, whole or in *pieces* of one type."""
        self._pad()
        start, dtype, count = self._size, "|u1", 0
        for piece in [pieces] if isinstance(pieces, np.ndarray) else pieces:
            dtype, count = piece.dtype.str, count + len(piece)
            self._append(np.ascontiguousarray(piece).data.cast("B"))
        self._regions[name] = Region(start, dtype, count)

    def finish(self) -> FileFacts:
        """Write the checksums, close the file, and return what the manifest must know."""
        if self._room < BLOCK:
            self._checksums.append(self._block)
        table = np.array(self._checksums, "<u4").tobytes()
        with named(self._path):
            self._file.write(table)
            self._file.close()
        return FileFacts(self._size + len(table), crc32(table), self._regions)

    def close(self) -> None:
        """Close the file, as it is if it is not finished."""
        with named(self._path):
            self._file.close()

    def _pad(self) -> None:
        self._append(memoryview(bytes(-self._size % _ALIGNMENT)))

    def _append(self, data: memoryview) -> None:
        with named(self._path):
            self._file.write(data)
        self._size += len(data)
        while data:
            piece, data = data[: self._room], data[self._room :]
            self._block = crc32(piece, self._block)
            self._room -= len(piece)
            if not self._room:
                self._checksums.append(self._block)
                self._block, self._room = 0, BLOCK


class ArrayFile:
    """One file of arrays, mapped into memory."""

    def __init__(self, path: Path, facts: FileFacts) -> None:
        """
        Map the file at *path*, of which the manifest says *facts*.

        Raises:
            IndexUnavailable: the file is missing, of another size, or another than the manifest speaks of.
        """
        self.path = path
        self._facts = facts
        self._bytes = _mapped(path, facts.size)
        blocks = _blocks(facts)
        table = self._bytes[len(self._bytes) - 4 * blocks :]
        if crc32(table.data) != facts.checksum:
            raise damaged(path, "its checksums are not those of the manifest")
        self._checksums = table.view("<u4")
        self._payload = self._bytes[: len(self._bytes) - 4 * blocks]
        self._good = bytearray(blocks)

    def array(self, name: str) -> "CheckedArray":
        """Return the array *name*."""
        return CheckedArray(self, self._facts.regions[name])

    def view(self, region: Region) -> Array:
        """Return the array in *region*, unchecked."""
        stop = region.start + region.count * np.dtype(region.dtype).itemsize
        return self._payload[region.start : stop].view(region.dtype)

    def check(self, start: int, stop: int) -> None:
        """
        Make sure that the bytes from *start* to before *stop* are as they were written.

        Raises:
            IndexUnavailable: they are not.
        """
        good = self._good
        for block in range(start >> _SHIFT, ((stop - 1) >> _SHIFT) + 1):
            if not good[block]:
                self._check_block(block)

    def check_all(self) -> None:
        """Check every block."""
        self.check(0, len(self._payload))

    def _check_block(self, block: int) -> None:
        if crc32(self._payload[block * BLOCK : (block + 1) * BLOCK].data) != self._checksums[block]:
            raise damaged(self.path, f"the bytes from {block * BLOCK:,} on are not those that were written")
        self._good[block] = 1


class CheckedArray:
    """An array of an `ArrayFile`; what is taken from it is checked first."""

    __slots__ = ("_base", "_file", "_size", "whole_unchecked")

    def __init__(self, file: ArrayFile, region: Region) -> None:
        """Give access to *region* of *file*."""
        self._file = file
        self._base = region.start
        self._size = np.dtype(region.dtype).itemsize
        self.whole_unchecked = file.view(region)

    def __len__(self) -> int:
        """Return the number of elements."""
        return len(self.whole_unchecked)

    def __getitem__(self, index: int) -> Any:
        """Return the element at *index*, which must not be negative."""
        start = self._base + index * self._size
        self._file.check(start, start + self._size)
        return self.whole_unchecked[index]

    def slice(self, start: int, stop: int) -> Array:
        """Return the elements from *start* to before *stop*."""
        if start < stop:
            self._file.check(self._base + start * self._size, self._base + stop * self._size)
        return self.whole_unchecked[start:stop]

    def whole(self) -> Array:
        """Return all elements."""
        return self.slice(0, len(self))

    def take(self, indexes: Array) -> Array:
        """Return the elements at *indexes*."""
        blocks = (self._base + indexes.astype(np.int64) * self._size) >> _SHIFT
        for block in np.flatnonzero(np.bincount(blocks)) if len(blocks) else ():
            self._file.check(int(block) << _SHIFT, (int(block) << _SHIFT) + 1)
        return self.whole_unchecked[indexes]

    def spanned(self, first: Array, last: Array) -> Array:
        """Return all elements, of which those from each of *first* to before that of *last* are checked."""
        begin, end = (self._base + first * self._size) >> _SHIFT, (self._base + last * self._size - 1) >> _SHIFT
        size = int(end.max(initial=0)) + 2
        open_spans = np.cumsum(np.bincount(begin, minlength=size) - np.bincount(end + 1, minlength=size))
        for block in np.flatnonzero(open_spans):
            self._file.check(int(block) << _SHIFT, (int(block) << _SHIFT) + 1)
        return self.whole_unchecked


def damaged(path: Path, why: str) -> IndexUnavailable:
    """Return the error for the file at *path*."""
    return IndexUnavailable(f"{path} is damaged ({why}): restore it, or run `telusur reindex SOURCE…`")


def _mapped(path: Path, size: int) -> Array:
    try:
        with path.open("rb") as file:
            found = file.seek(0, 2)
            if found != size:
                raise damaged(path, f"it has {found:,} bytes where {size:,} were written")
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except FileNotFoundError:
        raise damaged(path, "it is missing") from None
    except OSError as exc:
        raise damaged(path, f"it cannot be read: {exc.strerror}") from exc
    return np.frombuffer(content, np.uint8)


def _blocks(facts: FileFacts) -> int:
    """Return how many blocks the arrays of a file fill: as many as there are checksums after them."""
    return (facts.size + BLOCK + 3) // (BLOCK + 4)
