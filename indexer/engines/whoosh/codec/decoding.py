"""Records -> occurrences, many terms at once: what a merge reads."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.building import KINDS
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.occurrences import NO_FORM
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.records import CHUNK, COUNTS, FORMLESS, Layout, chunks, runs
from indexer.engines.whoosh.codec.tables import CODED
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
        if stays.all():
            return self
        form = None if self.form is None else self.form[stays]
        return Decoded(self.term[stays], self.document[stays], self.position[stays], form)


@dataclass(frozen=True, slots=True)
class _Block:
    """The records of the terms from *first* to before *last*, and where their slots lie."""

    segment: OpenSegment
    first: int
    content: Array
    start: Array
    holding: Array
    coded: Array
    layout: Layout

    @classmethod
    def of(cls, segment: OpenSegment, field: str, first: int, last: int) -> "_Block":
        records = 4 * segment.records.slice(first, last + 1).astype(np.int64)
        holding = segment.holdings.slice(first, last).astype(np.int64)
        coded, holding = holding & CODED != 0, holding & ~CODED
        layout = Layout.of(holding, coded, articles=segment.articles, words=KINDS[field].words)
        content = segment.content.slice(int(records[0]), int(records[-1]))
        return cls(segment, first, content, records[:-1] - records[0], holding, coded, layout)

    @property
    def slot_term(self) -> Array:
        return np.repeat(np.arange(len(self.holding)), self.layout.slots)

    def documents(self) -> Array:
        """Return the document of each slot."""
        layout, articles = self.layout, self.segment.articles
        found = runs(np.zeros(len(layout.slots), np.int64), layout.slots)
        dense, split = np.repeat(layout.dense, layout.slots), np.repeat(layout.split, layout.slots)
        place, base = found.copy(), np.repeat(self.start, layout.slots)
        short = ~(dense | split)
        found[short] = self.content.view("<u4")[base[short] // 4 + place[short]]
        found[split] = self.content.view("<u2")[(base[split] + 4 * chunks(articles)) // 2 + place[split]]
        heads = self.content.view("<u4")[(self.start[layout.split] // 4)[:, None] + np.arange(chunks(articles))]
        below: Array = np.diff(heads.astype(np.int64), axis=1, prepend=0).ravel()
        found[split] += np.repeat(np.tile(np.arange(chunks(articles)) * CHUNK, int(layout.split.sum())), below)
        return found

    def bytes_of(self, part: Array, terms: Array) -> Array:
        """Return the bytes of the slots of *terms* in the *part* of the records that begins so."""
        return self.content[runs((self.start + part)[terms], self.layout.slots[terms])]


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
        found = Decoded(np.repeat(term, counts), np.repeat(documents, counts), _positions(block, counts), form)
        return found.kept()

    def forms(self, first: int, last: int) -> list[tuple[int, int, bytes]]:
        """Return the forms of the terms from *first* to before *last*: number, place of the term, text."""
        low, high = np.searchsorted(self._form_terms, [first, last])
        terms = (self._form_terms[low:high] - first).tolist()
        numbers = self._by_term[low:high].tolist()
        return [(number, term, self._texts[number]) for number, term in zip(numbers, terms, strict=True)]

    def _forms(self, block: _Block, counts: Array) -> Array:
        """Return the number of the form of each occurrence, `NO_FORM` where it has none."""
        slots = block.layout.slots
        code = np.zeros(len(counts), np.int64)
        code[np.repeat(block.coded, slots)] = block.bytes_of(block.layout.forms, np.flatnonzero(block.coded))
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
    counts = COUNTS[block.bytes_of(block.layout.counts, np.arange(len(block.holding)))]
    terms, slots, title, body = (array.whole().astype(np.int64) for array in block.segment.escaped_arrays)
    own = (terms >= block.first) & (terms < block.first + len(block.holding))
    first_slot = np.cumsum(block.layout.slots) - block.layout.slots
    counts[first_slot[terms[own] - block.first] + slots[own]] = (title + body)[own]
    return counts


def _positions(block: _Block, counts: Array) -> Array:
    width = 4 if block.segment.manifest.wide else 2
    occurring = np.bincount(block.slot_term, counts, len(block.holding)).astype(np.int64)
    start = (block.start + block.layout.positions) // width
    return block.content.view(f"<u{width}")[runs(start, occurring)].astype(np.int64)
