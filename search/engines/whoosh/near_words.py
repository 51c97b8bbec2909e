"""
The words of a segment that few changes of a letter make of another: which letters they have leaves few to compare.

A change puts a letter in, takes one out, exchanges one, or swaps two (Damerau's distance, as optimal string alignment
has it). Those that are left are compared by compiled code: among the 98,000 known words of 121,382 articles one
change takes .2 ms and two take .6. Without it they are compared all at once, a column of letters at a time: .5 and 1.7.
"""

from collections.abc import Iterator

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.words import KnownWords, letters_of
from search.engines.whoosh import compiled

_MOST_COMPARED = 4096  # words, those that most documents hold
_FAR = 100  # changes; more than any word has letters


def near(words: KnownWords, word: bytes, changes: int, least: int) -> Array:
    """Return the numbers of the *words* that *changes* make of *word*, and that *least* documents hold."""
    unlike = np.bitwise_count(words.letters.whole() ^ np.uint32(letters_of(word)))
    likely = (unlike <= 2 * changes) & (words.holding.whole() >= least)
    numbers = np.flatnonzero(likely)
    numbers = _best_known(words, numbers[np.abs(words.sizes(numbers) - len(word)) <= changes])
    found = compiled.similar(words, numbers, word, changes)
    return _similar(words, numbers, word, changes) if found is None else found


def _similar(words: KnownWords, numbers: Array, word: bytes, changes: int) -> Array:
    *_, last = _rows(words.matrix(numbers), word, changes)
    is_near: Array = last[np.arange(len(numbers)), words.sizes(numbers)] <= changes
    return numbers[is_near]


def near_beginnings(words: KnownWords, beginning: bytes, changes: int) -> Array:
    """Return the numbers of the *words* whose beginning *changes* make of *beginning*, but for the first letter."""
    first, last = words.prefixed(beginning[:1])
    lacking = np.bitwise_count(~words.letters.slice(first, last) & np.uint32(letters_of(beginning)))
    numbers = _best_known(words, first + np.flatnonzero(lacking <= changes))
    *_, row = _rows(words.matrix(numbers), beginning, changes)
    is_near: Array = row[:, 1:].min(axis=1, initial=_FAR) <= changes
    return numbers[is_near]


def _best_known(words: KnownWords, numbers: Array) -> Array:
    if len(numbers) <= _MOST_COMPARED:
        return numbers
    best: Array = np.argsort(-words.holding.take(numbers).astype(np.int64), kind="stable")
    return np.sort(numbers[best[:_MOST_COMPARED]])


def _rows(others: Array, word: bytes, changes: int) -> Iterator[Array]:
    """
    Yield for each beginning of *word*, the empty one first, the changes to each beginning of each of *others*.

    What is further from the diagonal than *changes* is left far away.
    """
    longest = others.shape[1]
    before, above = _far(others), _far(others)
    above[:, : changes + 1] = np.arange(changes + 1)
    yield above
    for row, letter in enumerate(word, 1):
        here = _far(others)
        if row <= changes:
            here[:, 0] = row
        for column in range(max(1, row - changes), min(longest, row + changes) + 1):
            is_other = others[:, column - 1] != letter
            least = np.minimum(above[:, column - 1] + is_other, np.minimum(above[:, column], here[:, column - 1]) + 1)
            if row > 1 and column > 1:
                is_swapped = (others[:, column - 2] == letter) & (others[:, column - 1] == word[row - 2])
                least = np.where(is_swapped, np.minimum(least, before[:, column - 2] + 1), least)
            here[:, column] = least
        before, above = above, here
        yield here


def _far(others: Array) -> Array:
    return np.full((len(others), others.shape[1] + 1), _FAR, np.int8)
