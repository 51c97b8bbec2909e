"""
A byte for the count and the form of a slot together: the 255 likeliest pairs of both; the last says "see further on".

Which pairs are likely hardly depends on the term: one occurrence in the body, of the first form or of several. A pair
is the likelier the lower the product of the ranks of its parts. 98 of 100 slots are among the 255.
"""

from itertools import product

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.records import MIXED

FURTHER = 255
"""The symbol of a slot whose count and form come after all symbols: first all such counts, then all such forms."""

_COUNTS = (1, 2, 3, 65, 4, 5, 64, 66, 6, 67, 7, 68, 8, 9, 10, 69, 11, 12)  # 64 for an occurrence in the title
_FORMS = (0, MIXED, *range(1, 150))


def _likeliest() -> list[tuple[int, int]]:
    ranked = product(enumerate(_COUNTS, 1), enumerate(_FORMS, 1))
    pairs = sorted((one * other, count, form) for (one, count), (other, form) in ranked)
    return [(0, 0), *((count, form) for _, count, form in pairs)][:FURTHER]


_PAIRS = np.array([*_likeliest(), (0, 0)], np.uint8)
COUNT_OF, FORM_OF = np.ascontiguousarray(_PAIRS.T)
_PAIR = COUNT_OF | FORM_OF.astype(np.uint16) << 8
_SYMBOL = np.full((256, 256), FURTHER, np.uint8)
_SYMBOL[COUNT_OF[:FURTHER], FORM_OF[:FURTHER]] = np.arange(FURTHER)


def symbols(counts: Array, forms: Array) -> Array:
    """Return the symbol for each of the *counts* and *forms* of slots."""
    found: Array = _SYMBOL[counts, forms]
    return found


def pairs(symbol: Array, further: Array) -> tuple[Array, Array, int]:
    """Return the counts and the forms of slots, and how many bytes of *further* they took."""
    pair = _PAIR.take(symbol)
    counts, forms = pair.astype(np.uint8), (pair >> 8).astype(np.uint8)
    places = np.flatnonzero(symbol == FURTHER)
    if len(places):
        counts[places] = further[: len(places)]
        forms[places] = further[len(places) : 2 * len(places)]
    return counts, forms, 2 * len(places)
