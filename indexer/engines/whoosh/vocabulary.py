"""
Texts -> words, fast: each distinct piece of text is analysed once, and from then on is a number.

Words that differ only in their capitals or accents share what was found. All that is left of the analysis is
arithmetic over arrays of these numbers.
"""

import gc
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from indexer.analysis import Analyzer, fold, surfaces
from indexer.analysis.words import Reading
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.cutting import Cut
from indexer.engines.whoosh.pieces import PieceNumbers

FORM_SIGN = "\0"
"""Between a stem and an exact form of it; less than any letter, so that joined pairs sort as pairs do."""

Found = tuple[int, Reading]
"""A word of a piece: its place among the words of the piece, and what it is found by."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the order of the texts: the document of each, its position, and its form by number."""

    document: Array
    position: Array
    form: Array


class Vocabulary:
    """
    The pieces met so far, and the words in each.

    A *form* is a stem, `FORM_SIGN`, and an exact form of it; the further stems of a word have an empty one.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        """Read with *analyzer*."""
        self._analyzer = analyzer
        self._pieces = PieceNumbers(self._numbers)
        self._folded: dict[str, int] = {}
        self.forms: dict[str, int] = {}
        self._first = array("I", [0])
        self._form = array("I")
        self._offset = array("I")
        self._width = array("I")

    def __len__(self) -> int:
        """Return how many pieces are known."""
        return len(self._pieces)

    def numbers(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the number of each piece of *texts*, and how many pieces each of them has."""
        cut = Cut.of(texts)
        with _not_collecting():
            return self._pieces.of(cut), cut.counts

    def words(self, numbers: Array, counts: Array, gap: int) -> Words:
        """Return the words of the pieces of *numbers*, as many as *counts* for each document, from *gap* on."""
        first, form, offset, width = (
            np.array(part, np.int32) for part in (self._first, self._form, self._offset, self._width)
        )
        wide = width[numbers]
        place = np.cumsum(wide, dtype=np.int32)
        before = np.append(np.int32(0), place)[np.cumsum(counts) - counts]
        place -= wide
        place -= np.repeat(before - np.int32(gap), counts)
        document = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        tokens = np.diff(first)[numbers]
        ends = np.cumsum(tokens, dtype=np.int32)
        where = np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
        where += np.repeat(first[numbers] - (ends - tokens), tokens)  # from the first token of each piece on
        return Words(np.repeat(document, tokens), np.repeat(place, tokens) + offset[where], form[where])

    def _numbers(self, pieces: list[bytes]) -> list[int]:
        texts = b"\0".join(pieces).decode().split("\0") if pieces else ()
        return [self._letters(text) if text.isalpha() else self._entered(*self._read(text)) for text in texts]

    def _letters(self, text: str) -> int:
        """Return the number of a piece of letters alone, which is read as what it folds to."""
        folded = fold(text)
        number = self._folded.get(folded)
        if number is None:
            found = [(0, self._analyzer.read_word(folded))] if folded else []
            number = self._folded[folded] = self._entered(found, len(found))
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

    def _entered(self, found: list[Found], width: int) -> int:
        """Return a new number, of a piece in which the words *found* take *width* positions."""
        for offset, (exact, stems) in found:
            form = exact
            for stem in stems:
                self._form.append(self.forms.setdefault(f"{stem}{FORM_SIGN}{form}", len(self.forms)))
                self._offset.append(offset)
                form = ""
        self._first.append(len(self._form))
        self._width.append(width)
        return len(self._width) - 1


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
