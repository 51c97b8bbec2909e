"""
Texts -> pieces, many texts at once, by arithmetic over their bytes.

A piece is a run of bytes within which chunks of the analysis lie whole: the chunks of the pieces are those of the
text. Most are single words, without the full stop, the comma or the bracket that is written onto them, so that few
pieces are distinct. No string is made of a word: its bytes are looked up as they are (see `pieces`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis.characters import APOSTROPHES, HYPHENS
from indexer.analysis.dates import MONTHS
from indexer.engines.whoosh.codec.files import Array

KEPT = 16
"""Bytes that follow the texts, none of them of a word, so that 16 bytes can be read wherever a piece begins."""

OTHER_SEPARATORS = (
    "\x85\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f–—…“”„«»•·"
)
"""Signs beyond ASCII that no chunk holds; one that is not listed only makes for a longer piece."""

_APART = "\n\0\n"  # between two texts: no written date reaches across it
_NONE, _JOINER, _WORD = range(3)


def _kinds() -> Array:
    """Return what each byte is: of a word, a joiner of two words, or neither; of a word all beyond ASCII too."""
    kinds = np.full(256, _WORD, np.uint8)
    kinds[:128] = [
        _WORD if chr(n).isalnum() or chr(n) in "_#" else _JOINER if chr(n) in _JOINERS else _NONE for n in range(128)
    ]
    return kinds


_JOINERS = f"{APOSTROPHES}{HYPHENS}.,/:@&+"
_KINDS = _kinds()
_MONTH_HEADS = sorted({name[:2] for names in MONTHS for name in names})
_MONTH = np.zeros(1 << 16, bool)  # by its first two letters
_MONTH[[ord(head[0]) << 8 | ord(head[1]) for head in _MONTH_HEADS]] = True
_LOWER = np.frombuffer(bytes(range(256)).lower(), np.uint8)
_DIGIT = np.isin(np.arange(256), list(b"0123456789"))
_CENTURY = np.isin(np.arange(256), list(b"12"))
_YEAR = 4  # figures


@dataclass(frozen=True, slots=True)
class Cut:
    """
    Pieces: ``content[start:stop]`` is one, *counts* says how many each text has.

    *content* is UTF-8, and ends in `KEPT` bytes that are of no piece.
    """

    content: Array
    start: Array
    stop: Array
    counts: Array

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Cut":
        """Return the pieces of *texts*."""
        joined = _APART.join(texts)
        if joined.count("\0") >= len(texts):  # no article that was checked holds one
            joined = _APART.join(text.replace("\0", " ") for text in texts)
        if not joined.isascii():
            for sign in OTHER_SEPARATORS:
                joined = joined.replace(sign, " ")
        content = np.frombuffer(f"\n{joined}\0{' ' * KEPT}".encode(), np.uint8)
        start, stop = _dates_joined(content, *_pieces(content))
        ends = np.flatnonzero(content == 0)
        return cls(content, start, stop, np.diff(np.searchsorted(start, ends), prepend=0))

    def piece(self, number: int) -> bytes:
        """Return the piece *number*."""
        return self.content[self.start[number] : self.stop[number]].tobytes()


def _pieces(content: Array) -> tuple[Array, Array]:
    """Return where pieces start and stop: at what is of no word, a joiner that has no word on either side included."""
    kinds = _KINDS[content]
    inside = kinds == _WORD
    inside[1:-1] |= (kinds[1:-1] == _JOINER) & inside[:-2] & inside[2:]
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _dates_joined(content: Array, start: Array, stop: Array) -> tuple[Array, Array]:
    """Return the pieces with those made one that may be the day, the month and the year of a written date."""
    if len(start) <= 2:  # noqa: PLR2004 - a date is three pieces
        return start, stop
    day = _DIGIT[content[stop[:-2] - 1]] & (start[1:-1] - stop[:-2] == 1)
    day &= _CENTURY[content[start[2:]]] & (stop[2:] - start[2:] >= _YEAR)
    day &= start[2:] - stop[1:-1] <= 2  # noqa: PLR2004 - a point and a space
    month = start[1:-1]
    day &= _MONTH[_LOWER[content[month]].astype(np.int64) << 8 | _LOWER[content[month + 1]]]
    joined = np.zeros(len(start), bool)  # to the piece before
    joined[1:-1] |= day
    joined[2:] |= day
    return start[~joined], stop[~np.append(joined[1:], False)]
