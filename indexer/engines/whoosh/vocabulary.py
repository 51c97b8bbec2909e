"""
Texts -> words, fast: what each piece of text holds is kept by its number.

All that is left of the analysis is arithmetic over arrays of these numbers.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis import Analyzer
from indexer.engines.arrays import Array
from indexer.engines.pieces import Found, PieceReader

FORM_SIGN = "\0"
"""Between a stem and an exact form of it; less than any letter, so that joined pairs sort as pairs do."""


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
        self._pieces = PieceReader(analyzer)
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
        return self._pieces.numbers(texts, self._entered)

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

    def _entered(self, found: Sequence[Found], width: int) -> int:
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
