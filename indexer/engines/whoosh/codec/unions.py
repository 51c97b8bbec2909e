"""
The documents that hold any of many terms, or any of many exact forms.

Terms of few slots are read together, as to begin with each of them takes longer than its slots do; those of many slots
one by one, as all in one take five times as long for each.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.doclists import all_documents
from indexer.engines.whoosh.codec.fields import CODED
from indexer.engines.whoosh.codec.kernels import native
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.records import Layout, runs
from indexer.engines.whoosh.codec.symbols import FURTHER, pairs

_CODES = 256

ALONE = 512
"""Slots from which on a term is read for itself: to begin with it takes the time of so many that are read together."""


def documents_of_terms(segment: OpenSegment, terms: Array, *, words: bool) -> Array:
    """Return the documents of *segment* that hold any of *terms*, in order; they are of fields of *words* or not."""
    marks = np.zeros(segment.articles, bool)
    if words and native:
        _Wanted.all_of(terms).mark(segment, marks)
        return np.flatnonzero(marks)
    for records in _Records.parted(segment, terms, words=words):
        documents = records.documents()
        marks[documents[records.occurring()] if words else documents] = True
    return np.flatnonzero(marks)


def documents_of_forms(segment: OpenSegment, forms: Array) -> Array:
    """Return the documents of *segment* that hold any of the exact *forms*, in order."""
    marks = np.zeros(segment.articles, bool)
    wanted = _Wanted.of(segment, forms)
    if native:
        wanted.mark(segment, marks)
        return np.flatnonzero(marks)
    alone = slots_of_terms(segment, wanted.terms, words=True) > ALONE
    wanted.among(np.flatnonzero(~alone)).mark_together(segment, marks)
    for number in np.flatnonzero(alone).tolist():
        wanted.mark_alone(segment, number, marks)
    return np.flatnonzero(marks)


def slots_of_terms(segment: OpenSegment, terms: Array, *, words: bool) -> Array:
    """Return how many slots each of *terms* has, which are of fields of *words* or not."""
    holding = segment.holdings.take(terms).astype(np.int64) & ~CODED
    return Layout.of(holding, articles=segment.articles, words=words).slots


@dataclass(frozen=True, slots=True)
class _Wanted:
    """
    Which slots of some *terms*, in ascending order, hold what is looked for.

    *codes* says so of each term and form; those of the *mixed* slots that do come term by term, up to *ends*.
    """

    terms: Array
    codes: Array
    mixed: Array
    ends: Array

    @classmethod
    def of(cls, segment: OpenSegment, forms: Array) -> "_Wanted":
        """Return the slots of the exact *forms*."""
        terms, owner = np.unique(segment.form_terms.take(forms).astype(np.int64), return_inverse=True)
        order = owner.argsort(kind="stable")
        forms, owner = forms.take(order), owner.take(order)
        codes = np.zeros((len(terms), _CODES), bool)
        codes[owner, segment.form_codes.take(forms)] = True
        first, last = (segment.form_mixed.take(forms + step).astype(np.int64) for step in (0, 1))
        mixed = segment.mixed_arrays[0].take(runs(first, last - first)).astype(np.int64)
        ends = np.cumsum(np.bincount(owner, last - first, len(terms)).astype(np.int64))
        return cls(terms, codes, mixed, ends)

    @classmethod
    def all_of(cls, terms: Array) -> "_Wanted":
        """Return all slots of *terms*."""
        return cls(terms, np.ones((len(terms), _CODES), bool), np.zeros(0, np.int64), np.zeros(len(terms), np.int64))

    def mark(self, segment: OpenSegment, marks: Array) -> None:
        """Set those of *marks* whose documents hold what is wanted of any of the terms, by compiled code."""
        start, stop = (segment.records.take(self.terms + step).astype(np.int64) for step in (0, 1))
        holding = segment.holdings.take(self.terms).astype(np.uint32)
        content = segment.content.spanned(start, stop)
        native.mark_forms(
            content, start, stop, holding, segment.articles, self.codes, self.mixed, self.ends, marks.view(np.uint8)
        )

    def among(self, numbers: Array) -> "_Wanted":
        """Return what is wanted of those of the terms that have these *numbers*, which are ascending."""
        first = np.append(0, self.ends)[numbers]
        counts = self.ends[numbers] - first
        return _Wanted(self.terms[numbers], self.codes[numbers], self.mixed[runs(first, counts)], np.cumsum(counts))

    def mark_alone(self, segment: OpenSegment, number: int, marks: Array) -> None:
        """Set those of *marks* whose documents hold what is wanted of the term *number*."""
        postings = segment.postings(int(self.terms[number]))
        codes = self.codes[number]
        slots = segment.articles if postings.documents is None else postings.holding
        holds = np.full(slots, codes[0]) if postings.codes is None else codes.take(postings.codes)
        if postings.documents is None:
            holds &= postings.counts() > 0
        holds[self.mixed[self.ends[number - 1] if number else 0 : self.ends[number]]] = True
        if postings.documents is None:
            marks |= holds
        else:
            marks[postings.documents[holds]] = True

    def mark_together(self, segment: OpenSegment, marks: Array) -> None:
        """Set those of *marks* whose documents hold what is wanted of any of the terms."""
        holder = np.repeat(np.arange(len(self.terms)), np.diff(self.ends, prepend=0))
        done = 0
        for records in _Records.parted(segment, self.terms, words=True):
            documents, own = records.documents(), slice(done, done + len(records.start))
            done = own.stop
            marks[documents[records.occurring() & records.coded_as(self.codes[own])]] = True
            mixed = np.flatnonzero((holder >= own.start) & (holder < own.stop))
            marks[documents[records.first_slot()[holder[mixed] - own.start] + self.mixed[mixed]]] = True


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
