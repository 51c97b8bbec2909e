"""
The record of a term: everything that its postings are, in one place of the `postings` file.

    documents   up to 64 of them as 32-bit numbers;
                more: how many lie below each multiple of 65,536, as 32-bit numbers, then their lower 16 bits;
                a term that more than a quarter of the articles hold: nothing, there is a slot for every article
    counts      a byte for each slot: occurrences in the title in the upper two bits, all others in the lower six
    forms       a byte for each slot, where the term has several forms: which of them the article holds
    positions   of all occurrences, slot by slot, in 16 or 32 bits

A slot is a document of the term, or for the most common terms an article. Terms of whole values (ids, sources) have
documents only. All of this is worked out for many terms at once; a term at a time would take ten times as long.
"""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.files import Array

SHORT = 64
"""Documents up to which a list is written as 32-bit numbers."""

CHUNK = 1 << 16
"""Documents whose lower 16 bits tell them apart."""

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
    Where in their records the parts of some terms lie, for terms that *holding* documents hold.

    All offsets are bytes from the start of a term's record. *slots* is how many a term has; the documents of a
    *dense* term are its slots, those of a *split* one 16-bit numbers.
    """

    slots: Array
    dense: Array
    split: Array
    documents: Array
    counts: Array
    forms: Array
    positions: Array

    @classmethod
    def of(cls, holding: Array, coded: Array, *, articles: int, words: bool) -> "Layout":
        """Return the layout of terms of a field of *words*, or of whole values; *coded* ones have several forms."""
        dense = (holding > SHORT) & (holding * DENSE > articles) if words else np.zeros(len(holding), bool)
        split = (holding > SHORT) & ~dense
        slots = np.where(dense, articles, holding)
        documents = np.where(split, 4 * chunks(articles), 0)
        counts = documents + np.where(split, 2, 4) * np.where(dense, 0, holding)
        forms = counts + (slots if words else 0)
        positions = aligned(forms + (slots * coded if words else 0))
        return cls(slots, dense, split, documents, counts, forms, positions)


def chunks(articles: int) -> int:
    """Return how many chunks of documents a segment has."""
    return max(1, -(-articles // CHUNK))


def aligned(size: Array) -> Array:
    """Return *size* in bytes, rounded up to whole 32-bit numbers."""
    rounded: Array = (size + 3) & ~3
    return rounded


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
