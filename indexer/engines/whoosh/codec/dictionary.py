"""
A sorted list of texts in flat arrays: each says how much of the one before it begins with, and how it goes on.

Every sixteenth is a head, written whole. A text is looked for among the first eight bytes of the heads, then among the
texts from one head to the next. That takes some microseconds, and less space than a table of hashes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.kernels import native
from indexer.engines.whoosh.codec.records import runs

_STEP = 16
"""Texts from one head to the next."""

_KEY = 8
"""Bytes of the key of a head."""

_MOST_SHARED = 32
"""Bytes at most that a text leaves to the one before it."""


def write_texts(file: ArrayFileWriter, texts: Sequence[bytes]) -> None:
    """Write *texts*, sorted as a whole or in groups that are told apart by their numbers."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    shared = _shared(texts, sizes)
    own = sizes - shared
    content = np.frombuffer(b"".join(texts), np.uint8)
    ends = np.cumsum(own)
    file.write("text", content[runs(np.cumsum(sizes) - own, own)])
    file.write("shared", shared.astype("<u1"))
    file.write("own", narrow(own))
    keys = np.array([text[:_KEY] for text in texts[::_STEP]], f"S{_KEY}").view(">u8")
    file.write("keys", keys.astype("<u8"))
    file.write("heads", np.append((ends - own)[::_STEP], ends[-1:] if len(ends) else 0).astype("<u4"))


def _shared(texts: Sequence[bytes], sizes: Array) -> Array:
    """Return how many bytes each text shares with the one before it; a head none."""
    begins = np.array(texts, f"S{_MOST_SHARED}").view(np.uint8).reshape(len(texts), _MOST_SHARED)
    shared = np.zeros(len(texts), np.int64)
    same = np.ones(max(0, len(texts) - 1), bool)
    for byte in range(_MOST_SHARED):
        same &= begins[1:, byte] == begins[:-1, byte]
        shared[1:] += same
    shared[1:] = np.minimum(shared[1:], np.minimum(sizes[1:], sizes[:-1]))
    shared[::_STEP] = 0
    return shared


class Texts(Sequence[bytes]):
    """The texts that `write_texts` wrote."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self._starts = file.array("heads")
        self._key_array = file.array("keys")
        self._text = file.array("text")
        self._shared = file.array("shared")
        self._own = file.array("own")

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._own)

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # no slices
        """Return the text *number*."""
        return self.listed(number, number + 1)[0]

    def find(self, text: bytes, first: int, last: int) -> Iterator[int]:
        """Yield the numbers of those from *first* to before *last*, which are sorted, that equal *text*."""
        number, equal, stop = self._below(text, first, last)
        yield from range(number, number + equal)
        number += equal
        while stop <= number < last and self[number] == text:
            yield number
            number += 1

    def below(self, text: bytes, first: int, last: int) -> int:
        """Return the first number from *first* on, up to *last*, whose text is not below *text*."""
        return self._below(text, first, last)[0]

    def _below(self, text: bytes, first: int, last: int) -> tuple[int, int, int]:
        """Return what `below` does, how many from there on equal *text*, and before which number they were counted."""
        head = self._head_below(text, -(-first // _STEP), -(-last // _STEP))
        start, stop = max(first, (head - 1) * _STEP), min(last, head * _STEP)
        if start >= stop:
            return start, 0, start
        if native:
            begin = start // _STEP * _STEP
            content, shared, own = self._written(begin, stop)
            below, equal = native.place(content, shared, own, own.itemsize, start - begin, text)
            return begin + below, equal, stop
        found = self.listed(start, stop)
        below = bisect_left(found, text)
        return start + below, bisect_right(found, text, below) - below, stop

    def _head_below(self, text: bytes, first: int, last: int) -> int:
        """Return the first head from the number *first* on, up to *last*, that is not below *text*."""
        key = int.from_bytes(text[:_KEY].ljust(_KEY, b"\0"))
        start = bisect_left(self._keys, key, first, last)
        stop = bisect_right(self._keys, key, start, last)
        while start < stop:
            middle = (start + stop) // 2
            if self._head(middle) < text:
                start = middle + 1
            else:
                stop = middle
        return start

    def _head(self, number: int) -> bytes:
        """Return the head *number*, which is written whole."""
        start = int(self._starts[number])
        return self._text.slice(start, start + int(self._own[number * _STEP])).tobytes()

    def prefixed(self, prefix: bytes, first: int, last: int) -> tuple[int, int]:
        """Return the first and last-but-one number from *first* to before *last* of the texts that begin so."""
        start = self.below(prefix, first, last)
        after = prefix.rstrip(b"\xff")
        stop = self.below(after[:-1] + bytes([after[-1] + 1]), start, last) if after else last
        return start, stop

    def listed(self, first: int, last: int) -> list[bytes]:
        """Return the texts from *first* to before *last*."""
        last = min(last, len(self))
        if first >= last:
            return []
        begin = first // _STEP * _STEP
        written, shared, own = self._written(begin, last)
        content = written.tobytes()
        texts = []
        text, place = b"", 0
        for kept, more in zip(shared.tolist(), own.tolist(), strict=True):
            text = text[:kept] + content[place : place + more]
            place += more
            texts.append(text)
        return texts[first - begin :]

    def _written(self, begin: int, last: int) -> tuple[Array, Array, Array]:
        """Return what is written of the texts from the head *begin* to before *last*: their bytes, and both lengths."""
        content = self._text.slice(int(self._starts[begin // _STEP]), int(self._starts[-(-last // _STEP)]))
        return content, self._shared.slice(begin, last), self._own.slice(begin, last)

    @cached_property
    def _keys(self) -> memoryview:
        """The first bytes of each head as a number."""
        return self._key_array.whole().astype(np.uint64).data


def narrow(values: Array) -> Array:
    """Return *values*, none below 0, in the smallest type of whole numbers that holds them."""
    largest = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(largest).newbyteorder("<"))
