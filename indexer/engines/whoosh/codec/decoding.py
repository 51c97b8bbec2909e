"""Records -> occurrences, many terms at once: what a merge reads."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.doclists import all_documents
from indexer.engines.whoosh.codec.fields import CODED, KINDS
from indexer.engines.whoosh.codec.occurrences import NO_FORM
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.records import COUNTS, FORMLESS, Layout, runs
from indexer.engines.whoosh.codec.symbols import FURTHER, pairs
from indexer.schema import STEM

GONE = -1
"""The new number of a document that does not stay."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The occurrences of some terms: *term* counts from the first of them, *form* is a number of the segment's."""

    term: Array
    document: Array
    position: Array
    form: Array | None

    def kept(self) -> "Decoded":
        """Return the same without the documents that are `GONE`."""
        stays = self.document != GONE
        return self if stays.all() else self.only(stays)

    def only(self, chosen: Array) -> "Decoded":
        """Return the occurrences for which *chosen* is true."""
        form = None if self.form is None else self.form[chosen]
        return Decoded(self.term[chosen], self.document[chosen], self.position[chosen], form)


@dataclass(frozen=True, slots=True)
class _Block:
    """The records of the terms from *first* to before *last*; *further* counts the slots of each without symbol."""

    segment: OpenSegment
    first: int
    content: Array
    start: Array
    stop: Array
    layout: Layout
    packed: Array
    code: Array
    further: Array

    @classmethod
    def of(cls, segment: OpenSegment, field: str, first: int, last: int) -> "_Block":
        records = segment.records.slice(first, last + 1).astype(np.int64)
        holding = segment.holdings.slice(first, last).astype(np.int64)
        layout = Layout.of(holding & ~CODED, articles=segment.articles, words=KINDS[field].words)
        content = segment.content.slice(int(records[0]), int(records[-1]))
        start, stop = records[:-1] - records[0], records[1:] - records[0]
        counted = _counted(content, start, layout, holding & CODED != 0) if KINDS[field].words else (start,) * 3
        return cls(segment, first, content, start, stop, layout, *counted)

    @property
    def slot_term(self) -> Array:
        return np.repeat(np.arange(len(self.start)), self.layout.slots)

    def documents(self) -> Array:
        """Return the document of each slot."""
        return all_documents(self.content, self.layout, self.start, self.segment.articles)


def _counted(content: Array, start: Array, layout: Layout, coded: Array) -> tuple[Array, Array, Array]:
    """Return the byte of counts and the form of each slot, and how many slots of each term have no symbol."""
    packed = content[runs(start + layout.counts, layout.slots)]
    code = np.zeros(len(packed), np.uint8)
    own = np.flatnonzero(np.repeat(coded, layout.slots))
    symbol = packed[own]
    term = np.repeat(np.arange(len(start)), layout.slots * coded)
    further = np.bincount(term[symbol == FURTHER], minlength=len(start))
    beyond = start + layout.further
    extra = np.concatenate((content[runs(beyond, further)], content[runs(beyond + further, further)]))
    packed[own], code[own], _ = pairs(symbol, extra)
    return packed, code, further


class SegmentDecoder:
    """Gives back the occurrences that a segment was made of."""

    def __init__(self, segment: OpenSegment, number: Array) -> None:
        """Read from *segment*, whose documents are to have the numbers *number*, or be `GONE`."""
        self.segment = segment
        self._number = number
        terms = segment.form_terms.whole().astype(np.int64)
        self._by_term = np.lexsort((np.arange(len(terms)), terms))
        self._form_terms = terms[self._by_term]
        self._texts = segment.forms.listed(0, len(segment.forms))

    def decode(self, field: str, first: int, last: int) -> Decoded:
        """Return the occurrences of the terms of *field* from the number *first* to before *last*."""
        block = _Block.of(self.segment, field, first, last)
        documents, term = self._number[block.documents()], block.slot_term
        if not KINDS[field].words:
            return Decoded(term, documents, np.zeros(len(term), np.int64), None).kept()
        counts = _counts(block)
        form = self._forms(block, counts) if field == STEM else None
        found = Decoded(np.repeat(term, counts), np.repeat(documents, counts), _positions(block, field, counts), form)
        return found.kept()

    def forms(self, first: int, last: int) -> list[tuple[int, int, bytes]]:
        """Return the forms of the terms from *first* to before *last*: number, place of the term, text."""
        low, high = np.searchsorted(self._form_terms, [first, last])
        terms = (self._form_terms[low:high] - first).tolist()
        numbers = self._by_term[low:high].tolist()
        return [(number, term, self._texts[number]) for number, term in zip(numbers, terms, strict=True)]

    def _forms(self, block: _Block, counts: Array) -> Array:
        """Return the number of the form of each occurrence, `NO_FORM` where it has none."""
        slots, code = block.layout.slots, block.code.astype(np.int64)
        first_form = np.searchsorted(self._form_terms, block.first + np.arange(len(slots)))
        has_any = np.searchsorted(self._form_terms, block.first + np.arange(len(slots)), "right") > first_form
        plain = (code < FORMLESS) & np.repeat(has_any, slots)
        form = np.full(len(counts), NO_FORM)
        form[plain] = self._by_term[np.repeat(first_form, slots)[plain] + code[plain]]
        form = np.repeat(form, counts)
        self._put_mixed(form, block, counts)
        return form

    def _put_mixed(self, form: Array, block: _Block, counts: Array) -> None:
        """Put the forms of mixed slots into *form*, occurrence by occurrence."""
        slots = block.layout.slots
        low, high = np.searchsorted(self._form_terms, [block.first, block.first + len(slots)])
        own = self._by_term[low:high]
        mixed = self.segment.form_mixed.whole().astype(np.int64)
        entries = runs(mixed[own], mixed[own + 1] - mixed[own])
        owner = np.repeat(np.arange(low, high), mixed[own + 1] - mixed[own])
        slot, title, body, skip = (array.take(entries).astype(np.int64) for array in self.segment.mixed_arrays)
        first_slot = (np.cumsum(slots) - slots)[self._form_terms[owner] - block.first]
        start = (np.cumsum(counts) - counts)[first_slot + slot] + skip
        form[runs(start, title + body)] = np.repeat(self._by_term[owner], title + body)


def _counts(block: _Block) -> Array:
    """Return the occurrences of each slot."""
    counts = COUNTS[block.packed]
    terms, slots, title, body = (array.whole().astype(np.int64) for array in block.segment.escaped_arrays)
    own = (terms >= block.first) & (terms < block.first + len(block.start))
    first_slot = np.cumsum(block.layout.slots) - block.layout.slots
    counts[first_slot[terms[own] - block.first] + slots[own]] = (title + body)[own]
    return counts


def _positions(block: _Block, field: str, counts: Array) -> Array:
    occurring = np.bincount(block.slot_term, counts, len(block.start)).astype(np.int64)
    start = block.start + block.layout.further + 2 * block.further
    written = KINDS[field].positions(wide=block.segment.manifest.wide)
    return written.all_unpacked(block.content, start, block.stop, occurring).astype(np.int64)
