"""Texts as the cluster gets them: the terms of our analysis in a row, with blanks between their places."""

import re
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.analysis import Analyzer
from indexer.analysis.words import Reading
from indexer.engines.arrays import Array
from indexer.engines.opensearch.mapping import EMPTY, STACKED
from indexer.engines.pieces import Found, PieceReader
from indexer.engines.releases.signatures import stem_hash

_KEPT = 800_000  # pieces that are remembered, about 300 MB
_ALL = (1 << 64) - 1

_UNFIT = re.compile(rf"[\s{re.escape(STACKED)}]|^{EMPTY}$")


def fit(term: str) -> str:
    """
    Return *term* without what has a meaning of its own between terms; both who writes and who asks must do so.

    >>> fit("kawin"), fit("a|b"), fit("_")
    ('kawin', 'a%7cb', '%5f')
    """
    return _UNFIT.sub(lambda found: f"%{ord(found.group()):02x}", term)


class Texts:
    """Reads texts, and remembers what their pieces are sent as; for one thread."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read with *analyzer*."""
        self._analyzer = analyzer
        self._begin()

    def _begin(self) -> None:
        self._terms = _Terms()
        self._pieces = PieceReader(self._analyzer)

    def read(self, texts: Sequence[str]) -> "list[Text]":
        """Return *texts*, read; several at once take less time each."""
        if len(self._pieces) > _KEPT:
            self._begin()
        numbers, counts = self._pieces.numbers(texts, self._terms.entered)
        tokens, words, hashed = self._terms.told(numbers)
        pieces, ends = numbers.tolist(), _sums(counts)
        bounds = zip(*(pairwise(own.tolist()) for own in (ends, tokens[ends], words[ends])), strict=True)
        return [
            Text(self._terms, pieces[start:end], after - before, hashed[first:last])
            for (start, end), (before, after), (first, last) in bounds
        ]


class _Terms:
    """What each piece is sent as, by number: its places in both forms; how many tokens it has, and its words."""

    def __init__(self) -> None:
        self.stems: list[str] = []
        self.exact: list[str] = []
        self._tokens, self._first, self._hashes = array("I"), array("I", [0]), array("Q")

    def entered(self, found: Sequence[Found], width: int) -> int:
        """Return a new number, of a piece in which the words *found* take *width* positions."""
        if width == len(found) == 1:  # as in nearly all pieces
            ((_, (exact, stems)),) = found
            return self._added([stems], [(exact,)], 1)
        places: list[list[Reading]] = [[] for _ in range(width)]
        for place, reading in found:
            places[place].append(reading)
        stems_of = [[stem for reading in place for stem in reading.stems] for place in places]
        exact_of = [[reading.exact for reading in place if reading.exact] for place in places]
        return self._added(stems_of, exact_of, len(found))

    def _added(self, stems: Sequence[Sequence[str]], exact: Sequence[Sequence[str]], tokens: int) -> int:
        written, exactly = "".join(map(_place, stems)), "".join(map(_place, exact))
        self.stems.append(written)
        self.exact.append(written if exactly == written else exactly)  # one string in memory, of names and figures
        self._hashes.extend(sum(map(stem_hash, own)) & _ALL for own in stems if own)
        self._first.append(len(self._hashes))
        self._tokens.append(tokens)
        return len(self._tokens) - 1

    def told(self, numbers: Array) -> tuple[Array, Array, Array]:
        """
        Return how many tokens come before each of the pieces of *numbers*, and in all, and the same of words.

        After that 64 bits of each of these words, by which copies are told (uint64).
        """
        first, after = _taken(self._first, numbers), _taken(self._first, numbers + 1)
        count = after - first
        tokens, words = _sums(_taken(self._tokens, numbers)), _sums(count)
        where = np.arange(words[-1]) + np.repeat(first - words[:-1], count)
        return tokens, words, _taken(self._hashes, where)


class Text(NamedTuple):
    """A text by the numbers of its pieces: how many *tokens* it has, and 64 bits of each of its *words*."""

    terms: _Terms
    pieces: Sequence[int]
    tokens: int
    words: Array

    def stems(self) -> str:
        """Return the places of the text, each with its stems."""
        return "".join(map(self.terms.stems.__getitem__, self.pieces))[:-1]

    def exact(self) -> str:
        """Return the places of the text, each with its exact form."""
        return "".join(map(self.terms.exact.__getitem__, self.pieces))[:-1]


def _taken(values: "array[int]", numbers: Array) -> Array:
    """Return those of *values* that have *numbers*; not all are copied, as they are many."""
    dtype = f"u{values.itemsize}"
    return np.frombuffer(values, dtype)[numbers] if len(numbers) else np.zeros(0, dtype)


def _sums(values: Array) -> Array:
    """Return the sum of the *values* before each, and of all (int64)."""
    return np.append(np.int64(0), np.cumsum(values, dtype=np.int64))


def _place(terms: Sequence[str]) -> str:
    """Return a place with *terms* as it is written, with a blank behind it."""
    return f"{STACKED.join(map(fit, terms)) or EMPTY} "
