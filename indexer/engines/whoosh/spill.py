"""
A run on disk: what some articles give to the index, sorted, on its way into the segment.

The file is flat arrays and texts, read in slices, so that nothing of a run stays in memory. It lives as long as the
build; there is nothing in it that anyone else reads.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.releases.signatures import SLOTS
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.stored import Packed

MOST_ARTICLES = 1 << 14
"""Articles of a run at most."""

POSITION_BITS = 21
"""Bits of a position: no article has as many words as its body may have characters."""

DOCUMENT_BITS = 14
"""Bits of a document's number within its run."""

_SEPARATOR = b"\n"  # no term holds white space


@dataclass(frozen=True, slots=True)
class Section:
    """Where in the file something is: the byte it starts at, its elements or bytes."""

    start: int
    count: int


@dataclass(frozen=True, slots=True)
class RunField:
    """
    What the file has of a field of words: the texts of its *terms*, sorted, and the *sizes* of these.

    *occurrences* are numbers, sorted, that are made of the place of the term, the document and the position.
    """

    terms: Section
    sizes: Section
    occurrences: Section


@dataclass(frozen=True, slots=True)
class Run:
    """A run: its file, its number of *articles*, the highest position in it, and where in the file everything is."""

    path: Path
    articles: int
    last_position: int
    fields: dict[str, RunField]
    columns: Section
    signatures: Section
    contents: Section

    def terms_of(self, field: str, low: bytes = b"", high: bytes | None = None) -> tuple[int, list[bytes]]:
        """Return the terms of *field* from *low* to before *high*, and how many come before them."""
        content = self._bytes(self.fields[field].terms)
        start = _line_from(content, low)
        stop = len(content) if high is None else _line_from(content, high)
        return content.count(_SEPARATOR, 0, start), content[start:stop].split(_SEPARATOR)[:-1]

    def sizes_of(self, field: str) -> Array:
        """Return how many occurrences each term of *field* has."""
        sizes = self.fields[field].sizes
        return np.fromfile(self.path, np.int64, sizes.count, offset=sizes.start)

    def occurrences_of(self, field: str, start: int, stop: int) -> Array:
        """Return the occurrences of *field* from the number *start* to before *stop*."""
        offset = self.fields[field].occurrences.start + 8 * start
        return np.fromfile(self.path, np.int64, stop - start, offset=offset)

    def columns_of(self) -> Columns:
        """Return the values of the articles."""
        ids, published, keys, tags, titles, portals = json.loads(self._bytes(self.columns))
        own = self.signatures
        rows = np.fromfile(self.path, np.uint16, own.count, offset=own.start).reshape(-1, SLOTS)
        return Columns(ids, np.array(published, np.int64), keys, tags, titles, rows, np.array(portals, np.uint32))

    def stored(self, step: int = 1) -> Iterator[Packed]:
        """Yield every *step*-th of the stored articles, packed plainly."""
        with self.path.open("rb") as file:
            file.seek(self.contents.start)
            sizes = np.frombuffer(file.read(8 * self.contents.count), np.int64)
            starts = np.cumsum(sizes) - sizes + file.tell()
            for start, size in zip(starts[::step].tolist(), sizes[::step].tolist(), strict=True):
                file.seek(start)
                yield Packed(file.read(size), b"")

    def _bytes(self, section: Section) -> bytes:
        with self.path.open("rb") as file:
            file.seek(section.start)
            return file.read(section.count)


@dataclass(slots=True)
class RunFile:
    """The file of a run while it is written."""

    file: BinaryIO

    def numbers(self, array: Array) -> Section:
        """Write *array*."""
        return Section(self._written([np.ascontiguousarray(array).data.cast("B")]), len(array))

    def terms(self, texts: Sequence[str]) -> Section:
        """Write *texts*."""
        content = _SEPARATOR.decode().join((*texts, "")).encode()
        return Section(self._written([content]), len(content))

    def columns(self, columns: Columns) -> Section:
        """Write *columns*, but for the signatures, which are numbers."""
        published, portals = columns.published.tolist(), columns.portals.tolist()
        own = (columns.ids, published, columns.keys, columns.tags, columns.titles, portals)
        content = json.dumps(own).encode()
        return Section(self._written([content]), len(content))

    def stored(self, packed: Sequence[Packed]) -> Section:
        """Write the articles *packed*, and before them their sizes."""
        sizes = np.array([len(own.content) for own in packed], np.int64)
        return Section(self._written(chain((sizes.tobytes(),), (own.content for own in packed))), len(packed))

    def _written(self, parts: Iterable[bytes | memoryview]) -> int:
        start = self.file.tell()
        self.file.writelines(parts)
        return start


def _line_from(content: bytes, text: bytes) -> int:
    """Return where in *content*, which is sorted lines, the first one begins that is not below *text*."""
    low, high = 0, len(content)
    while low < high:
        middle = (low + high) // 2
        start = content.rfind(_SEPARATOR, low, middle) + 1 or low
        stop = content.index(_SEPARATOR, middle)
        if content[start:stop] < text:
            low = stop + 1
        else:
            high = start
    return low
