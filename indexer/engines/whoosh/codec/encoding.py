"""Occurrences -> records of the `postings` file, many terms at once."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.doclists import DocumentLists
from indexer.engines.whoosh.codec.fields import FieldKind
from indexer.engines.whoosh.codec.mixing import FormedSlots, FormFacts
from indexer.engines.whoosh.codec.occurrences import Occurrences
from indexer.engines.whoosh.codec.positions import PackedPositions
from indexer.engines.whoosh.codec.records import ESCAPED, Layout, packed_counts, runs
from indexer.engines.whoosh.codec.symbols import FURTHER, symbols
from indexer.schema import BODY_GAP


@dataclass(frozen=True, slots=True)
class Escaped:
    """The counts of slots that a byte cannot say."""

    term: Array
    slot: Array
    title: Array
    body: Array


@dataclass(frozen=True, slots=True)
class Records:
    """
    The records of some terms: *size* bytes of *content* each, in order.

    *holding* is the number of documents of each term; *coded* terms have several forms.
    """

    content: Array
    size: Array
    holding: Array
    coded: Array
    escaped: Escaped
    forms: FormFacts | None


@dataclass(frozen=True, slots=True)
class Slots:
    """
    The documents of each term, ordered by term.

    *first* is the first occurrence in each, and has at its end the number of them all; *title* counts those in titles.
    """

    term: Array
    document: Array
    first: Array
    title: Array

    @classmethod
    def of(cls, found: Occurrences, *, titled: bool) -> "Slots":
        """Return the slots of *found*."""
        key = found.term.astype(np.int64) << 32 | found.document
        starts = np.flatnonzero(np.concatenate((key[:1] == key[:1], key[1:] != key[:-1])))
        in_title = (found.position < BODY_GAP) if titled else np.zeros(len(key), bool)
        title = np.add.reduceat(in_title, starts, dtype=np.int64) if len(starts) else starts
        return cls(found.term[starts], found.document[starts], np.append(starts, len(key)), title)

    @property
    def count(self) -> Array:
        """All occurrences of each slot."""
        return np.diff(self.first)


def encode(found: Occurrences, kind: FieldKind, *, articles: int, wide: bool) -> Records:
    """Return the records of all terms of *found*, in a segment of *articles*; *wide* positions take 32 bits."""
    slots = Slots.of(found, titled=kind.titled)
    terms = len(found.terms)
    formed = FormedSlots.of(found, found.forms, slots.first, slots.term) if found.forms else None
    coded = formed.coded if formed else np.zeros(terms, bool)
    holding = np.bincount(slots.term, minlength=terms)
    layout = Layout.of(holding, articles=articles, words=kind.words)
    place = np.arange(len(slots.term)) - np.repeat(np.cumsum(holding) - holding, holding)
    slot = np.where(layout.dense[slots.term], slots.document, place)
    counted = _counted(slots, formed)
    position = formed.position if formed else found.position
    occurring = np.bincount(found.term, minlength=terms)
    packed = PackedPositions.of(position, occurring, kind.positions(wide=wide))
    positions = layout.further + 2 * counted.further_of(slots.term, terms)
    size = positions + packed.size if kind.words else layout.counts
    start = np.cumsum(size) - size
    content = np.zeros(int(size.sum()), np.uint8)
    DocumentLists(slots.term, slots.document, place).put(content, layout, start, articles)
    if kind.words:
        content[(start + layout.counts)[slots.term] + slot] = counted.symbol
        counted.put_further(content, start + layout.further, slots.term)
        packed.put(content, start + positions)
    escaped = _escaped(slots, slot) if kind.words else _NONE_ESCAPED
    return Records(content, size, holding, coded, escaped, formed.facts(slot) if formed else None)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The byte of each slot, and the counts and codes of the slots for which that byte does not say them."""

    symbol: Array
    further: Array
    count: Array
    code: Array

    def further_of(self, slot_term: Array, terms: int) -> Array:
        """Return how many slots of each term have no symbol."""
        return np.bincount(slot_term[self.further], minlength=terms)

    def put_further(self, content: Array, start: Array, slot_term: Array) -> None:
        """Put the counts and codes that have no symbol into *content*, those of each term from *start* on."""
        lengths = self.further_of(slot_term, len(start))
        content[runs(start, lengths)] = self.count
        content[runs(start + lengths, lengths)] = self.code


def _counted(slots: Slots, formed: FormedSlots | None) -> _Counted:
    count = packed_counts(slots.title, slots.count - slots.title)
    if not formed:
        return _Counted(count, *(np.zeros(0, np.int64) for _ in range(3)))
    symbol = np.where(formed.coded[slots.term], symbols(count, formed.code), count)
    further = np.flatnonzero(formed.coded[slots.term] & (symbol == FURTHER))
    return _Counted(symbol, further, count[further], formed.code[further])


_NONE_ESCAPED = Escaped(*(np.zeros(0, np.int64) for _ in range(4)))


def _escaped(slots: Slots, slot: Array) -> Escaped:
    body = slots.count - slots.title
    big = np.flatnonzero(packed_counts(slots.title, body) == ESCAPED)
    return Escaped(slots.term[big], slot[big], slots.title[big], body[big])
