"""Texts -> numbers of pieces: each distinct one is analysed once, and entered where the caller keeps what it holds."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from indexer.analysis import Analyzer, fold, surfaces
from indexer.analysis.words import Reading
from indexer.engines.arrays import Array
from indexer.engines.pieces.cutting import Cut
from indexer.engines.pieces.numbers import PieceNumbers

Found = tuple[int, Reading]
"""A word of a piece: its place among the words of the piece, and what it is found by."""


Enter = Callable[[Sequence[Found], int], int]
"""Takes the words found in a new piece, and how many positions they take; returns the number that it is known by."""


class PieceReader:
    """The pieces met so far, by number; words that differ only in their capitals or accents share one."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read with *analyzer*."""
        self._analyzer = analyzer
        self._pieces = PieceNumbers()
        self._folded: dict[str, int] = {}

    def __len__(self) -> int:
        """Return how many pieces are known."""
        return len(self._pieces)

    def numbers(self, texts: Sequence[str], enter: Enter) -> tuple[Array, Array]:
        """
        Return the number of each piece of *texts*, and how many pieces each of them has; new ones are *enter*ed.

        Neither this nor what it asks keeps *enter*: in a circle of references all that is kept would outlive its use.
        """
        cut = Cut.of(texts)
        with _not_collecting():
            return self._pieces.of(cut, partial(self._numbers, enter)), cut.counts

    def _numbers(self, enter: Enter, pieces: list[bytes]) -> list[int]:
        texts = b"\0".join(pieces).decode().split("\0") if pieces else ()
        return [self._letters(text, enter) if text.isalpha() else enter(*self._read(text)) for text in texts]

    def _letters(self, text: str, enter: Enter) -> int:
        """Return the number of a piece of letters alone, which is read as what it folds to."""
        folded = fold(text)
        number = self._folded.get(folded)
        if number is None:
            found = [(0, self._analyzer.read_word(folded))] if folded else []
            number = self._folded[folded] = enter(found, len(found))
        return number

    def _read(self, text: str) -> tuple[list[Found], int]:
        """Return the words of *text*, and how many positions they take."""
        found: list[Found] = []
        place = 0
        for chunk in surfaces(text):
            width = 0
            for position, _, _, exact, stems in self._analyzer.read_once(chunk):
                found.append((place + position, Reading(exact, stems)))
                width = max(width, position + 1)
            place += width
        return found, place


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Let no garbage be looked for: all that a new piece makes is kept, and going through it takes a quarter more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
