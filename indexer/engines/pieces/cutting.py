"""
Texts -> pieces, many texts at once, by arithmetic over their bytes.

A piece is a run of bytes within which chunks of the analysis lie whole: the chunks of the pieces are those of the
text. Most are single words, without the full stop, the comma or the bracket that is written onto them, so that few
pieces are distinct. No string is made of a word: its bytes are looked up as they are (see `numbers`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis.characters import APOSTROPHES, HYPHENS
from indexer.analysis.dates import MONTHS
from indexer.engines.arrays import Array

PADDING = 16
"""Bytes that follow the texts, none of them of a word, so that 16 bytes can be read wherever a piece begins."""

OTHER_SEPARATORS = (
    "\x85\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f–—…“”„«»•·"
)
"""Signs beyond ASCII that no chunk holds; one that is not listed only makes for a longer piece."""

_APART = "\n\0\n"  # between two texts: no written date reaches across it
_NONE, _JOINER, _WORD = range(3)


def _kind(byte: int) -> int:
    """Return what *byte* is: of a word, as all beyond ASCII are, a joiner of two words, or neither."""
    sign = chr(byte)
    if not sign.isascii() or sign.isalnum() or sign in "_#":
        return _WORD
    return _JOINER if sign in _JOINERS else _NONE


_JOINERS = f"{APOSTROPHES}{HYPHENS}.,/:@&+"
_KINDS = bytes(map(_kind, range(256)))
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

    *content* is UTF-8, as bytes and as an array, and ends in `PADDING` bytes that are of no piece.
    """

    text: bytes
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
        text = f"\n{joined}\0{' ' * PADDING}".encode()
        content = np.frombuffer(text, np.uint8)
        start, stop = _dates_joined(content, *_pieces(text))
        ends = np.flatnonzero(content == 0)
        counts = np.diff(np.searchsorted(start, ends), prepend=0)
        return cls(text, content, start, stop, counts[: len(texts)])

    def pieces(self, numbers: Array) -> list[bytes]:
        """Return the pieces of these *numbers*."""
        starts, stops = self.start[numbers].tolist(), self.stop[numbers].tolist()
        return [self.text[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _pieces(text: bytes) -> tuple[Array, Array]:
    """Return where pieces start and stop: at what is of no word, a joiner that has no word on either side included."""
    kinds = np.frombuffer(text.translate(_KINDS), np.uint8)
    inside = kinds == _WORD
    inside[1:-1] |= (kinds[1:-1] == _JOINER) & inside[:-2] & inside[2:]
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _dates_joined(content: Array, start: Array, stop: Array) -> tuple[Array, Array]:
    """Return the pieces with those made one that may be the day, the month and the year of a written date."""
    if len(start) <= 2:  # noqa: PLR2004 - a date is three pieces
        return start, stop
    day = np.flatnonzero(_DIGIT[content[stop[:-2] - 1]])
    month, year = start[day + 1], start[day + 2]
    fits = (month - stop[day] == 1) & _CENTURY[content[year]] & (stop[day + 2] - year >= _YEAR)
    fits &= year - stop[day + 1] <= 2  # noqa: PLR2004 - a point and a space
    fits &= _MONTH[_LOWER[content[month]].astype(np.int64) << 8 | _LOWER[content[month + 1]]]
    joined = np.zeros(len(start), bool)  # to the piece before
    joined[day[fits] + 1] = True
    joined[day[fits] + 2] = True
    return start[~joined], stop[~np.append(joined[1:], False)]
