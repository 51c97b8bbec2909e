"""
The `titles` file: the titles as they are typed, in small letters, and all places where a word begins in them, in order.

What begins with some letters, anywhere in a title, is one stretch of these places. Function words begin none but the
first of a title.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.analysis import function_words
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter

LONGEST = 240
"""Bytes of a title that are kept; those of most have 60."""

SORTED = 24
"""Bytes by which the places are in order; those that share as many stand next to each other, in the order of titles."""

_END = b"\n"  # below the blank, and below all that a word may hold
_BLANK = ord(" ")
_KEY = 8


def write_titles(file: ArrayFileWriter, titles: Sequence[str]) -> None:
    """Write *titles*, those of the documents in their order, of which each is words with a blank between them."""
    ended = [kept(title) + _END for title in titles]
    text = np.frombuffer(b"".join(ended) + bytes(SORTED), np.uint8)
    starts = np.cumsum([0, *map(len, ended)])
    place = _beginnings(text, starts)
    place = place[np.lexsort(_keys(text, place))]
    document = np.searchsorted(starts, place, side="right") - 1
    file.write("text", text)
    file.write("starts", starts.astype("<u4"))
    file.write("document", document.astype("<u4"))
    file.write("offset", (place - starts[document]).astype("<u1"))


def kept(title: str) -> bytes:
    """Return what is kept of *title*: all of it, without the words that are too many."""
    whole = title.encode()
    return whole if len(whole) <= LONGEST else whole[: max(0, whole.rfind(b" ", 0, LONGEST + 1))]


def _beginnings(text: Array, starts: Array) -> Array:
    """Return where in *text* words begin, in titles that begin at *starts*, but for function words within a title."""
    size = int(starts[-1])
    ends = np.flatnonzero(text[:size] <= _BLANK)
    begins = np.append(0, ends[:-1] + 1) if len(ends) else ends
    is_kept = np.ones(len(begins), bool)
    sizes = ends - begins
    for word in function_words():
        letters = word.encode()
        likely = np.flatnonzero(sizes == len(letters))
        for place, letter in enumerate(letters):
            likely = likely[text[begins[likely] + place] == letter]
        is_kept[likely] = False
    first = np.zeros(size + 1, bool)
    first[starts] = True
    return begins[(is_kept | first[begins]) & (sizes > 0)]


def _keys(text: Array, place: Array) -> tuple[Array, ...]:
    """Return the bytes of *text* from each *place* on as numbers, the last of which decides first."""
    bits = np.arange(_KEY - 1, -1, -1, dtype=np.uint64) * 8
    parts = []
    for start in range(0, SORTED, _KEY):
        key = np.zeros(len(place), np.uint64)
        for step in range(_KEY):
            key |= text[place + start + step].astype(np.uint64) << bits[step]
        parts.append(key)
    return tuple(reversed(parts))


class KnownTitles:
    """The titles that `write_titles` wrote; *documents* and *offsets* say of each place where it is in which title."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self._text, self._starts = file.array("text"), file.array("starts")
        self.documents, self.offsets = file.array("document"), file.array("offset")

    def __getitem__(self, document: int) -> bytes:
        """Return the title of *document*."""
        start, stop = self._starts.slice(document, document + 2).tolist()
        return self._text.slice(start, stop - 1).tobytes()

    def sizes(self, documents: Array) -> Array:
        """Return how many bytes the titles of *documents* have."""
        return self._starts.take(documents + 1).astype(np.int64) - self._starts.take(documents)

    def all(self) -> list[str]:
        """Return all titles."""
        return self._text.slice(0, int(self._starts[len(self._starts) - 1])).tobytes().decode().split("\n")[:-1]

    def beginning(self, text: bytes) -> tuple[int, int]:
        """Return the first of the places at which a title has *text*, by its first bytes, and the one after them."""
        sorted_by = text[:SORTED]
        return self.below(sorted_by), self.below(sorted_by + b"\xff")

    def holding(self, text: bytes) -> Array:
        """Return the places from which a title goes on with *text*, in order."""
        first, last = self.beginning(text)
        places = np.arange(first, last)
        more = np.frombuffer(text[SORTED:], np.uint8)
        if len(more) and len(places):
            places = places[(self.window(places, SORTED, len(more)) == more).all(axis=1)]
        return places

    def window(self, places: Array, start: int, size: int) -> Array:
        """Return for each of *places* the *size* bytes from *start* bytes after it on, as a row."""
        begin = self._starts.take(self.documents.take(places)).astype(np.int64) + self.offsets.take(places) + start
        last = len(self._text) - 1
        rows: Array = self._text.whole()[np.minimum(begin[:, None] + np.arange(size), last)]
        return rows

    def below(self, text: bytes) -> int:
        """Return the first of the places from which a title does not go on with less than *text*."""
        content, starts, documents, offsets = self._seen
        first, last = 0, len(documents)
        while first < last:
            middle = (first + last) // 2
            start = starts[documents[middle]] + offsets[middle]
            if bytes(content[start : start + SORTED]) < text:
                first = middle + 1
            else:
                last = middle
        return first

    @cached_property
    def _seen(self) -> tuple[memoryview, ...]:
        """All arrays as Python sees them, an element at a time, in a tenth of the time that numpy takes."""
        arrays = (self._text, self._starts, self.documents, self.offsets)
        return tuple(array.whole().data for array in arrays)
