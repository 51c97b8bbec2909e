"""
What a segment is made of: the occurrences of terms in documents, as arrays.

New articles, merges and Whoosh's own writer all speak in them.
"""

from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array

NO_FORM = -1
"""The form of an occurrence that has none."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """
    Occurrences of some terms of one field, ordered by term, then document, then position.

    *terms* are the texts, in their order as bytes; *term*, *document* and *position* have an element for each
    occurrence, *term* being an index of *terms*. In a field of whole values all positions are 0.
    """

    terms: list[bytes]
    term: Array
    document: Array
    position: Array
    forms: "Forms | None" = None

    def __len__(self) -> int:
        """Return the number of occurrences."""
        return len(self.term)


@dataclass(frozen=True, slots=True)
class Forms:
    """
    The exact forms in which the terms occur.

    *texts* are those of all terms, ordered by term and then by text; *term* says which term's each is. *form* has
    an element for each occurrence: an index of *texts*, or `NO_FORM`.
    """

    texts: list[bytes]
    term: Array
    form: Array

    @property
    def number(self) -> Array:
        """The place of each form among those of its term."""
        return np.arange(len(self.term)) - np.searchsorted(self.term, self.term)
