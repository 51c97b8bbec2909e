"""The documents that hold any of many terms, or any of many exact forms: read together, not term by term."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.records import CHUNK, Layout, chunks, runs
from indexer.engines.whoosh.codec.tables import CODED

_CODES = 256


def documents_of_terms(segment: OpenSegment, terms: Array, *, words: bool) -> Array:
    """Return the documents of *segment* that hold any of *terms*, in order; they are of fields of *words* or not."""
    records = _Records.of(segment, terms, words=words)
    marks = np.zeros(segment.articles, bool)
    every = np.arange(len(terms))
    for part in records.parted(every):
        term, slot = records.all_slots(part)
        if words:
            term, slot = records.occurring(term, slot)
        marks[records.documents(term, slot)] = True
    return np.flatnonzero(marks)


def documents_of_forms(segment: OpenSegment, forms: Array) -> Array:
    """Return the documents of *segment* that hold any of the exact *forms*, in order."""
    terms, owner = np.unique(segment.form_terms.take(forms), return_inverse=True)
    records = _Records.of(segment, terms.astype(np.int64), words=True)
    wanted = np.zeros(len(terms) * _CODES, bool)
    wanted[owner * _CODES + segment.form_codes.take(forms)] = True
    marks = np.zeros(segment.articles, bool)
    for part in records.parted(np.flatnonzero(wanted.reshape(-1, _CODES).any(axis=1))):
        term, slot = records.all_slots(part)
        term, slot = records.occurring(*records.coded_as(wanted, term, slot))
        marks[records.documents(term, slot)] = True
    first, last = (segment.form_mixed.take(forms + step).astype(np.int64) for step in (0, 1))
    slots = segment.mixed_arrays[0].take(runs(first, last - first)).astype(np.int64)
    marks[records.documents(np.repeat(owner, last - first), slots)] = True
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
    def of(cls, segment: OpenSegment, terms: Array, *, words: bool) -> "_Records":
        holding = segment.holdings.take(terms).astype(np.int64)
        coded = holding & CODED != 0
        layout = Layout.of(holding & ~CODED, coded, articles=segment.articles, words=words)
        start, end = (4 * segment.records.take(terms + step).astype(np.int64) for step in (0, 1))
        content = segment.content.spanned(start, end)
        return cls(segment.articles, content, start, coded, layout)

    def parted(self, terms: Array) -> list[Array]:
        """Return *terms* in parts of a million slots or so, which bounds the memory that reading them takes."""
        ends = np.cumsum(self.layout.slots[terms])
        total = int(ends[-1]) if len(ends) else 0
        cuts = np.searchsorted(ends, np.arange(_PART, total, _PART))
        return [part for part in np.split(terms, cuts) if len(part)]

    def all_slots(self, terms: Array) -> tuple[Array, Array]:
        """Return the term and the number of each slot of *terms*."""
        slots = self.layout.slots[terms]
        return np.repeat(terms, slots), runs(np.zeros(len(terms), np.int64), slots)

    def coded_as(self, wanted: Array, term: Array, slot: Array) -> tuple[Array, Array]:
        """Return the slots whose form is *wanted*, which has a value for each term and form; the others are mixed."""
        code = np.zeros(len(slot), np.int64)
        has = np.flatnonzero(self.coded[term])
        code[has] = self._bytes(self.layout.forms, term[has], slot[has])
        kept = np.flatnonzero(wanted.take(term * _CODES + code))
        return term.take(kept), slot.take(kept)

    def occurring(self, term: Array, slot: Array) -> tuple[Array, Array]:
        """Return the slots in which their term occurs: all but some of those of dense terms."""
        dense = np.flatnonzero(self.layout.dense[term])
        absent = dense[self._bytes(self.layout.counts, term[dense], slot[dense]) == 0]
        return np.delete(term, absent), np.delete(slot, absent)

    def documents(self, term: Array, slot: Array) -> Array:
        """Return the document of each slot."""
        documents = slot.copy()
        layout, content = self.layout, self.content
        split, dense = layout.split[term], layout.dense[term]
        short = np.flatnonzero(~split & ~dense)
        documents[short] = content.view("<u4").take(self.start[term[short]] // 4 + slot[short])
        split = np.flatnonzero(split)
        heads = chunks(self.articles)
        base = self.start[term[split]]
        documents[split] = content.view("<u2").take((base + 4 * heads) // 2 + slot[split])
        for head in range(heads - 1):
            documents[split] += CHUNK * (content.view("<u4").take(base // 4 + head) <= slot[split])
        return documents

    def _bytes(self, part: Array, term: Array, slot: Array) -> Array:
        return self.content.take(self.start[term] + part[term] + slot)


_PART = 1 << 20
