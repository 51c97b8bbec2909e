"""A sorted list of texts in flat arrays, found by hash, walked in order."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from zlib import crc32

import numpy as np

from indexer.engines.whoosh.codec.files import Array, ArrayFile, ArrayFileWriter


def write_texts(file: ArrayFileWriter, texts: Sequence[bytes], groups: Sequence[tuple[bytes, int]]) -> None:
    """
    Write *texts*, which are sorted within each of *groups*: the prefix that keeps equal texts apart, and how many.

    The hash table has as many buckets as there are texts, to a power of two; a bucket lists its texts by number.
    """
    file.write("starts", np.fromiter(accumulate(map(len, texts), initial=0), "<u4", len(texts) + 1))
    file.write("text", np.frombuffer(b"".join(texts), np.uint8))
    buckets = bucket_count(len(texts))
    hashes = np.empty(len(texts), np.int64)
    first = 0
    for prefix, count in groups:
        seed = crc32(prefix)
        hashes[first : first + count] = [crc32(text, seed) for text in texts[first : first + count]]
        first += count
    bucket = hashes & (buckets - 1)
    file.write("buckets", np.append(0, np.cumsum(np.bincount(bucket, minlength=buckets))).astype("<u4"))
    file.write("members", np.argsort(bucket, kind="stable").astype("<u4"))


def bucket_count(texts: int) -> int:
    """Return the number of buckets for so many *texts*."""
    return 1 << max(0, texts - 1).bit_length()


class Texts(Sequence[bytes]):
    """The texts that `write_texts` wrote."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self._starts = file.array("starts")
        self._text = file.array("text")
        self._buckets = file.array("buckets")
        self._members = file.array("members")
        self._mask = len(self._buckets) - 2

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # no slices
        """Return the text *number*."""
        start, stop = self._starts.slice(number, number + 2)
        return self._text.slice(int(start), int(stop)).tobytes()

    def find(self, prefix: bytes, text: bytes, first: int, last: int) -> Iterator[int]:
        """Yield the numbers of those from *first* to before *last*, of the group *prefix*, that equal *text*."""
        bucket = crc32(text, crc32(prefix)) & self._mask
        start, stop = self._buckets.slice(bucket, bucket + 2).tolist()
        for number in self._members.slice(start, stop).tolist():
            if first <= number < last and self[number] == text:
                yield number

    def below(self, text: bytes, first: int, last: int) -> int:
        """Return the first number from *first* on, up to *last*, whose text is not below *text*."""
        return bisect_left(self, text, first, last)

    def prefixed(self, prefix: bytes, first: int, last: int) -> tuple[int, int]:
        """Return the first and last-but-one number from *first* to before *last* of the texts that begin so."""
        start = self.below(prefix, first, last)
        after = prefix.rstrip(b"\xff")
        stop = self.below(after[:-1] + bytes([after[-1] + 1]), start, last) if after else last
        return start, stop

    def listed(self, first: int, last: int) -> list[bytes]:
        """Return the texts from *first* to before *last*."""
        starts = self._starts.slice(first, last + 1).tolist()
        if not starts:
            return []
        content = self._text.slice(starts[0], starts[-1]).tobytes()
        base = starts[0]
        return [content[start - base : stop - base] for start, stop in pairwise(starts)]


def narrow(values: Array) -> Array:
    """Return *values*, none below 0, in the smallest type of whole numbers that holds them."""
    largest = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(largest).newbyteorder("<"))
