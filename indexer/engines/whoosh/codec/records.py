"""
The record of a term: everything that its postings are, in one place of the `postings` file.

    documents   see `doclists`: from four bytes for each down to none
    counts      a byte for each slot: occurrences in the title in the upper two bits, all others in the lower six;
                where the term has several forms, a symbol for the count and the form that the article holds
    further     the counts and the forms that have no symbol, see `symbols`
    positions   of all occurrences, slot by slot, see `positions`

A slot is a document of the term, or for the most common terms an article. Terms of whole values (ids, sources) have
documents only. All of this is worked out for many terms at once; a term at a time would take ten times as long.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array

SHORT = 64
"""Documents up to which a list has no chunks."""

FINE = 64
"""A term that more than one in this many articles hold has a byte for each document."""

DENSE = 4
"""A term that more than one in this many articles hold has a slot for every article."""

MIXED = 255
"""The form of a slot where the article holds several forms of the term; the `forms` file has each of them."""

FORMLESS = 254
"""The form of a slot whose occurrences have no exact form of their own, as ``24`` has where ``24.5`` stands."""

MAX_FORM = 252
"""Forms of a term that have a number of their own; a slot that holds any further one counts as mixed."""

ESCAPED = 255
"""The count of a slot with more occurrences than a byte can say; the `escaped` arrays have them."""

TITLE_BITS = 6
"""Where in the byte of a slot the occurrences in the title begin."""

MOST_TITLE, MOST_BODY = 3, 63
"""The most occurrences that the byte of a slot can say."""


def packed_counts(title: Array, body: Array) -> Array:
    """Return the byte for each slot that *title* and *body* occurrences are packed into, `ESCAPED` where none can."""
    packed = (title << TITLE_BITS) | body
    return np.where((title > MOST_TITLE) | (body > MOST_BODY), ESCAPED, packed).astype(np.uint8)


_BYTES = np.arange(256)
TITLE_COUNTS = (_BYTES >> TITLE_BITS).astype(np.int64)
"""Occurrences in the title, by the byte of a slot."""

COUNTS = TITLE_COUNTS + (_BYTES & MOST_BODY)
"""All occurrences, by the byte of a slot."""


@dataclass(frozen=True, slots=True)
class Layout:
    """
    How the documents of some terms are written, and where in their records the next part, *counts*, begins.

    *slots* is how many a term has. A term is one of *short*, *split*, *fine* and *dense*. *counts* and *further* are
    bytes from the start of a term's record.
    """

    slots: Array
    short: Array
    split: Array
    fine: Array
    dense: Array
    counts: Array
    further: Array

    @classmethod
    def of(cls, holding: Array, *, articles: int, words: bool) -> "Layout":
        """Return the layout of terms of a field of *words*, or of whole values, that *holding* documents hold."""
        short = holding <= SHORT
        dense = ~short & (holding * DENSE > articles) if words else np.zeros(len(holding), bool)
        fine = ~short & ~dense & (holding * FINE > articles)
        split = ~short & ~dense & ~fine
        sizes = [
            (2 + chunk_width(articles)) * holding,
            heads_size(articles, 2) + 2 * holding,
            heads_size(articles, 1) + holding,
        ]
        counts = np.select([short, split, fine], sizes, 0)
        slots = np.where(dense, articles, holding)
        return cls(slots, short, split, fine, dense, counts, counts + slots * words)

    def part(self, terms: Array) -> "Layout":
        """Return the layout of some of the *terms*."""
        return Layout(*(getattr(self, name)[terms] for name in Layout.__slots__))

    @property
    def chunked(self) -> Iterator[tuple[int, Array]]:
        """The bytes that documents take in chunks, and the terms of which they do."""
        return iter(((2, self.split), (1, self.fine)))


def chunk_width(articles: int) -> int:
    """Return how many bytes the number of a document has above its lower 16 bits."""
    last = max(0, articles - 1) >> 16
    return 0 if not last else 1 if last < 1 << 8 else 2


def heads_size(articles: int, width: int) -> int:
    """Return the bytes of the sizes of all chunks, where each document takes *width* bytes in its chunk."""
    chunks = max(1, -(-articles >> 8 * width))
    return 2 * width * chunks


def runs(starts: Array, lengths: Array) -> Array:
    """
    Return the numbers from each of *starts* on, as many as *lengths* says, one run after the other.

    >>> runs(np.array([10, 50]), np.array([3, 2])).tolist()
    [10, 11, 12, 50, 51]
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Array = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return numbers


def sums_before(values: Array, places: Array) -> tuple[Array, int]:
    """
    Return what the *values* before each of *places*, which are ascending, add up to, and the sum of all of them.

    Adding up between the places takes a twentieth of the time of adding up everywhere.
    """
    if not len(places):
        return places, int(values.sum(dtype=np.int64))
    first = np.concatenate(([True], places[1:] != places[:-1]))
    distinct = places[first]
    between = np.add.reduceat(values, distinct, dtype=np.int64)
    before = np.cumsum(between) - between + int(values[: distinct[0]].sum(dtype=np.int64))
    return before.take(np.cumsum(first) - 1), int(before[-1] + between[-1])
