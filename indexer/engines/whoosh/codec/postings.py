"""The postings of one term, and what an exact form has of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.doclists import chunked_documents, short_documents
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
    runs,
)
from indexer.engines.whoosh.codec.symbols import pairs
from indexer.schema import TITLE_WEIGHT

_BLOCK_BITS = 3
_BLOCK = 1 << _BLOCK_BITS
"""Slots whose counts are added up at once, as the bytes of one number."""

_EVEN = np.uint64(0x00FF00FF00FF00FF)
_ALL_FOUR = np.uint64(0x0001000100010001)


def occurrences(packed: Array) -> Array:
    """Return how many occurrences each of the bytes *packed* says."""
    counts: Array = (packed & MOST_BODY) + (packed >> TITLE_BITS)
    return counts


def _within_block(packed: Array, slots: Array) -> Array:
    """Return how many positions stand between the begin of the block of each of *slots* and itself."""
    places = (slots & -_BLOCK)[:, None] + np.arange(_BLOCK)
    counts = occurrences(packed.take(places, mode="clip"))
    counts *= places < slots[:, None]
    within: Array = counts.sum(axis=1, dtype=np.int64)
    return within


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


@dataclass(frozen=True)
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

    def positions_in(self, slots: Array, counts: Array) -> Array:
        """Return the positions of *slots*, which are ascending and have so many each."""
        if self.packed is None:
            return self.format.picked(self.packed_positions, self.holding, slots)
        starts = self._starts
        first = starts.take(slots >> _BLOCK_BITS) + _within_block(self.packed, slots)
        if self.escaped:
            first += np.append(0, self._more.cumsum()).take(self.escaped.slots.searchsorted(slots))
        return self.format.picked(self.packed_positions, int(starts[-1]), runs(first, counts))

    @cached_property
    def _starts(self) -> Array:
        """How many positions stand before each block of slots, and in all; what no byte can say is left to `_more`."""
        said = occurrences(self._packed)
        padded = np.zeros(-(-len(said) // _BLOCK) * _BLOCK, np.uint8)
        padded[: len(said)] = said
        pairs = padded.view(np.uint64) & _EVEN
        pairs += (padded.view(np.uint64) >> np.uint64(8)) & _EVEN
        sums = (pairs * _ALL_FOUR) >> np.uint64(48)
        starts = np.zeros(len(sums) + 1, np.int64)
        sums.astype(np.int64).cumsum(out=starts[1:])
        starts[-1] += self._more.sum()
        return starts

    @cached_property
    def _more(self) -> Array:
        """How many more occurrences than its byte says each slot has whose counts no byte can say."""
        if not self.escaped:
            return np.zeros(0, np.int64)
        counts = self.escaped.title.astype(np.int64) + self.escaped.body
        more: Array = counts - occurrences(self._packed.take(self.escaped.slots))
        return more

    @property
    def _packed(self) -> Array:
        assert self.packed is not None  # noqa: S101 - whole values have no counts, for the type checker
        return self.packed

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
