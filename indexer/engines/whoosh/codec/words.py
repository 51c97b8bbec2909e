"""
The `words` file: the words that may be offered to who types, each with how many documents hold it.

They are plain words of exact forms, sorted, that more than a few documents hold: a word of one article among tens of
thousands is a name that no two people look for, or a typing error. Which letters a word has is kept as bits, by which
nearly all that are unlike another word are told from it without a look at their texts.
"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.records import runs

LONGEST = 24
"""Letters of a word at most: longer ones are made up, or what a missing blank made of two."""

_SHORTEST = 3
_ONE_IN = 40_000  # documents of which more than one must hold a word
_HYPHEN, _FIRST, _LAST = ord("-"), ord("a"), ord("z")


def write_words(file: ArrayFileWriter, forms: Sequence[bytes], holding: Array, articles: int) -> None:
    """Write the words among *forms*, sorted, which as many of *articles* hold as *holding* says."""
    least = articles // _ONE_IN + 1
    often = [(forms[place], int(holding[place])) for place in np.flatnonzero(holding >= least).tolist()]
    known: dict[bytes, int] = {}
    for form, count in often:
        if is_word(form):
            known[form] = known.get(form, 0) + count
    sizes = np.fromiter(map(len, known), np.int64, len(known))
    text = np.frombuffer(b"".join(known), np.uint8)
    file.write("text", text)
    file.write("starts", np.append(0, np.cumsum(sizes)).astype("<u4"))
    file.write("letters", _letters(text, sizes).astype("<u4"))
    file.write("holding", np.fromiter(known.values(), "<u4", len(known)))


def is_word(form: bytes) -> bool:
    """
    Say whether *form* is letters alone, of which a hyphen may part two halves, and not too long.

    >>> is_word(b"isu-isu"), is_word(b"covid19"), is_word(b"ke")
    (True, False, False)
    """
    return _SHORTEST <= len(form) <= LONGEST and form.isascii() and form.replace(b"-", b"", 1).isalpha()


def letters_of(word: bytes) -> int:
    """Return the letters that *word* has as bits."""
    return int(_letters(np.frombuffer(word, np.uint8), np.array([len(word)]))[0])


def _letters(text: Array, sizes: Array) -> Array:
    """Return for each word of *sizes* bytes, one after the other in *text*, the letters that it has as bits."""
    bits = np.left_shift(1, text & 31, dtype=np.uint32)  # a to z are 1 to 26, the hyphen is 13, as m is
    return np.bitwise_or.reduceat(bits, np.cumsum(sizes) - sizes) if len(sizes) else bits


class KnownWords:
    """The words that `write_words` wrote, by number."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self.text, self.starts = file.array("text"), file.array("starts")
        self.letters, self.holding = file.array("letters"), file.array("holding")

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.holding)

    def __getitem__(self, number: int) -> bytes:
        """Return the word *number*."""
        start, stop = self.starts.slice(number, number + 2).tolist()
        return self.text.slice(start, stop).tobytes()

    def sizes(self, numbers: Array) -> Array:
        """Return how many letters the words *numbers* have (int64)."""
        return self.starts.take(numbers + 1).astype(np.int64) - self.starts.take(numbers)

    def matrix(self, numbers: Array) -> Array:
        """Return the words *numbers* as rows of letters, which zeros follow."""
        starts, sizes = self.starts.take(numbers).astype(np.int64), self.sizes(numbers)
        rows = np.zeros((len(numbers), LONGEST), np.uint8)
        place = runs(np.arange(len(numbers)) * LONGEST, sizes)
        rows.reshape(-1)[place] = self.text.whole()[runs(starts, sizes)]
        return rows

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """Return the first number of the words that begin with *prefix*, and the one after the last."""
        return self._below(prefix), self._below(prefix + b"\xff")

    def _below(self, text: bytes) -> int:
        first, last = 0, len(self)
        while first < last:
            middle = (first + last) // 2
            if self[middle] < text:
                first = middle + 1
            else:
                last = middle
        return first
