"""The documents that hold any of many terms, or any of many exact forms: read together, not term by term."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.doclists import all_documents
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.records import Layout, runs
from indexer.engines.whoosh.codec.symbols import FURTHER, pairs
from indexer.engines.whoosh.codec.tables import CODED

_CODES = 256


def documents_of_terms(segment: OpenSegment, terms: Array, *, words: bool) -> Array:
    """Return the documents of *segment* that hold any of *terms*, in order; they are of fields of *words* or not."""
    marks = np.zeros(segment.articles, bool)
    for records in _Records.parted(segment, terms, words=words):
        documents = records.documents()
        marks[documents[records.occurring()] if words else documents] = True
    return np.flatnonzero(marks)


def documents_of_forms(segment: OpenSegment, forms: Array) -> Array:
    """Return the documents of *segment* that hold any of the exact *forms*, in order."""
    terms, owner = np.unique(segment.form_terms.take(forms), return_inverse=True)
    wanted = np.zeros((len(terms), _CODES), bool)
    wanted[owner, segment.form_codes.take(forms)] = True
    first, last = (segment.form_mixed.take(forms + step).astype(np.int64) for step in (0, 1))
    slots = segment.mixed_arrays[0].take(runs(first, last - first)).astype(np.int64)
    holder = np.repeat(owner, last - first)
    marks = np.zeros(segment.articles, bool)
    done = 0
    for records in _Records.parted(segment, terms.astype(np.int64), words=True):
        documents, own = records.documents(), slice(done, done + len(records.start))
        done = own.stop
        marks[documents[records.occurring() & records.coded_as(wanted[own])]] = True
        mixed = np.flatnonzero((holder >= own.start) & (holder < own.stop))
        marks[documents[records.first_slot()[holder[mixed] - own.start] + slots[mixed]]] = True
    return np.flatnonzero(marks)


@dataclass(frozen=True, slots=True)
class _Records:
    """The records of some terms: where each begins, and how it is laid out."""

    articles: int
    content: Array
    start: Array
    coded: Array
    layout: Layout

    @classmethod
    def parted(cls, segment: OpenSegment, terms: Array, *, words: bool) -> "Iterator[_Records]":
        """Yield the records of *terms* in parts of a million slots or so, which bounds the memory they take."""
        holding = segment.holdings.take(terms).astype(np.int64)
        coded = holding & CODED != 0
        layout = Layout.of(holding & ~CODED, articles=segment.articles, words=words)
        start, end = (segment.records.take(terms + step).astype(np.int64) for step in (0, 1))
        content = segment.content.spanned(start, end)
        ends = np.cumsum(layout.slots)
        total = int(ends[-1]) if len(ends) else 0
        cuts = np.searchsorted(ends, np.arange(_PART, total, _PART))
        for part in np.split(np.arange(len(terms)), cuts):
            if len(part):
                yield cls(segment.articles, content, start[part], coded[part], layout.part(part))

    def documents(self) -> Array:
        """Return the document of each slot."""
        return all_documents(self.content, self.layout, self.start, self.articles)

    def first_slot(self) -> Array:
        """Return the first slot of each term."""
        first: Array = np.cumsum(self.layout.slots) - self.layout.slots
        return first

    def occurring(self) -> Array:
        """Return for each slot whether its term occurs there: in all but some of those of dense terms."""
        found = np.ones(int(self.layout.slots.sum()), bool)
        dense = np.flatnonzero(self.layout.dense)
        found[np.repeat(self.layout.dense, self.layout.slots)] = self._bytes(dense) != 0
        return found

    def coded_as(self, wanted: Array) -> Array:
        """Return for each slot whether its form is *wanted*, a value for each term and form; mixed ones are not."""
        code = np.zeros(int(self.layout.slots.sum()), np.int64)
        coded = np.flatnonzero(self.coded)
        symbol = self._bytes(coded)
        further = np.bincount(np.repeat(coded, self.layout.slots[coded])[symbol == FURTHER], minlength=len(self.start))
        extra = (self.start + self.layout.further)[:, None] + further[:, None] * np.arange(2)
        counts, codes = (self.content[runs(extra[:, half], further)] for half in (0, 1))
        code[np.repeat(self.coded, self.layout.slots)] = pairs(symbol, np.concatenate((counts, codes)))[1]
        term = np.repeat(np.arange(len(self.start)), self.layout.slots)
        found: Array = wanted.ravel().take(term * _CODES + code)
        return found

    def _bytes(self, terms: Array) -> Array:
        """Return the bytes of counts of all slots of *terms*."""
        return self.content[runs((self.start + self.layout.counts)[terms], self.layout.slots[terms])]


_PART = 1 << 20
