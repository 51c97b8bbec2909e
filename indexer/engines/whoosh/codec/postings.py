"""The postings of one term, and what an exact form has of them."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.doclists import chunked_documents, short_documents
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.positions import PositionFormat
from indexer.engines.whoosh.codec.records import (
    DENSE,
    FINE,
    MAX_FORM,
    MOST_BODY,
    SHORT,
    TITLE_BITS,
    chunk_width,
    heads_size,
)
from indexer.engines.whoosh.codec.symbols import pairs
from indexer.schema import TITLE_WEIGHT


@dataclass(frozen=True, slots=True)
class EscapedSlots:
    """The slots of a term whose counts no byte can say, and their counts."""

    slots: Array
    title: Array
    body: Array

    def among(self, slots: Array | None) -> tuple[Array, Array, Array]:
        """Return the places that these have among *slots* (ascending; None: all slots), and their counts."""
        if slots is None:
            return self.slots, self.title, self.body
        _, place, own = np.intersect1d(slots, self.slots, assume_unique=True, return_indices=True)
        return place, self.title[own], self.body[own]


@dataclass(frozen=True, slots=True)
class Postings:
    """
    The slots of one term.

    *documents* are ascending; None for a dense term, whose slots are all documents of the segment. *packed* has the
    byte of counts of each slot (0 where a dense term does not occur); None for a whole value. *codes* has the form of
    each slot; None where all hold form 0.
    """

    holding: int
    documents: Array | None
    packed: Array | None
    codes: Array | None
    packed_positions: Array
    format: PositionFormat
    escaped: EscapedSlots | None = None

    @property
    def positions(self) -> Array:
        """The positions of all slots, one after the other; unpacked each time it is asked for."""
        return self.format.unpacked(self.packed_positions, int(self.counts().sum()))

    def positions_at(self, places: Array) -> Array:
        """Return those of the positions that stand at *places*."""
        return self.format.picked(self.packed_positions, int(self.counts().sum()), places)

    def weights(self, slots: Array | None = None) -> Array:
        """Return the weight of each slot, or of *slots*: its occurrences, those in the title times `TITLE_WEIGHT`."""
        if self.packed is None:
            return np.ones(self.holding if slots is None else len(slots), np.float32)
        packed = self.packed if slots is None else self.packed.take(slots)
        weights: Array = (packed >> TITLE_BITS).astype(np.float32)  # arithmetic takes a third of a look-up's time
        weights *= np.float32(TITLE_WEIGHT)
        weights += packed & MOST_BODY
        if self.escaped:
            place, title, body = self.escaped.among(slots)
            weights[place] = body + TITLE_WEIGHT * title
        return weights

    def counts(self, slots: Array | None = None) -> Array:
        """Return the occurrences of each slot, or of *slots*."""
        if self.packed is None:
            return np.ones(self.holding if slots is None else len(slots), np.int32)
        packed = self.packed if slots is None else self.packed.take(slots)
        counts: Array = ((packed & MOST_BODY) + (packed >> TITLE_BITS)).astype(np.int32)
        if self.escaped:
            place, title, body = self.escaped.among(slots)
            counts[place] = body + title
        return counts

    def slots_in(self, documents: Array) -> Array:
        """Return the slots of those of *documents*, which are ascending, that have one in which the term occurs."""
        if self.documents is None:
            return documents if self.packed is None else documents.take(np.flatnonzero(self.packed[documents]))
        place: Array = np.minimum(self.documents.searchsorted(documents), self.holding - 1)
        return place.take(np.flatnonzero(self.documents[place] == documents))


@dataclass(frozen=True, slots=True)
class Form:
    """
    An exact form of *term*: the *code* of its slots, how many documents hold it, its entries in mixed slots.

    A term's forms beyond the first `MAX_FORM` share a code that no slot has: all their slots are mixed.
    """

    term: int
    code: int
    holding: int
    first_mixed: int
    last_mixed: int

    @property
    def only_mixed(self) -> bool:
        """Whether all its slots are mixed."""
        return self.code > MAX_FORM


@dataclass(frozen=True, slots=True)
class MixedSlots:
    """What a form has in mixed slots; *skip* counts the positions of the slot that stand before its own."""

    slots: Array
    title: Array
    body: Array
    skip: Array

    def weights(self) -> Array:
        """Return the weight of the form in each of the slots."""
        return (self.body + np.float32(TITLE_WEIGHT) * self.title).astype(np.float32)

    def counts(self) -> Array:
        """Return the occurrences of the form in each of the slots."""
        return self.body.astype(np.int64) + self.title


@dataclass(frozen=True, slots=True)
class RecordShape:
    """What all records of a field share: the *articles* of the segment; counts and positions if of *words*."""

    articles: int
    words: bool
    positions: PositionFormat

    def split(self, record: Array, holding: int, escaped: EscapedSlots | None, *, coded: bool) -> Postings:
        """Return the postings in the bytes *record* of a term that *holding* documents hold."""
        documents, after = self._documents(record, holding)
        packed = codes = None
        record = record[after:]
        if self.words:
            slots = self.articles if documents is None else holding
            packed, record = record[:slots], record[slots:]
            if coded:
                packed, codes, further = pairs(packed, record)
                record = record[further:]
        return Postings(holding, documents, packed, codes, record, self.positions, escaped)

    def _documents(self, record: Array, holding: int) -> tuple[Array | None, int]:
        """Return the documents, None where each article has a slot, and the bytes that they take; see `Layout`."""
        articles = self.articles
        if holding <= SHORT:
            return short_documents(record, holding, articles), (2 + chunk_width(articles)) * holding
        if self.words and holding * DENSE > articles:
            return None, 0
        width = 1 if holding * FINE > articles else 2
        return chunked_documents(record, holding, articles, width), heads_size(articles, width) + width * holding
