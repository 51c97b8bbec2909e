"""The terms of several segments, walked together: the occurrences of each from all of them."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.decoding import Decoded, SegmentDecoder
from indexer.engines.whoosh.codec.occurrences import NO_FORM, Occurrences
from indexer.engines.whoosh.codec.sorting import ordered, ordered_forms

Text = TypeVar("Text")

_BATCH = 9_000_000
"""Bytes of records that are read at a time, some 3 million occurrences."""


def merged_batches(field: str, parts: Sequence[SegmentDecoder]) -> Iterator[Occurrences]:
    """Yield the occurrences of *field* in all *parts*, whose documents have ascending numbers from part to part."""
    sources = [_Source(part, field) for part in parts]
    terms = sorted({text for source in sources for text in source.texts})
    number = {text: place for place, text in enumerate(terms)}
    size = np.zeros(len(terms), np.int64)
    for source in sources:
        source.place = np.fromiter((number[text] for text in source.texts), np.int64, len(source.texts))
        source.texts = []
        size[source.place] += source.sizes()
    del number
    ends = np.cumsum(size)
    first = 0
    while first < len(terms):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _BATCH, "right")))
        yield from _batch(field, sources, terms[first:last], first)
        first = last


class _Source:
    """The terms of *field* in one part; *place* says where they stand among all."""

    def __init__(self, part: SegmentDecoder, field: str) -> None:
        self._part, self._field = part, field
        facts = part.segment.facts(field)
        self._first, self._last = facts.first, facts.last
        self.texts = part.segment.terms.listed(facts.first, facts.last)
        self.place: Array = np.zeros(0, np.int64)

    def sizes(self) -> Array:
        """Return the size of each record."""
        return np.diff(self._part.segment.records.slice(self._first, self._last + 1).astype(np.int64))

    def read(self, first: int, last: int) -> tuple[Decoded, list[tuple[int, int, bytes]]] | None:
        """Return the occurrences of the terms from the place *first* to before *last*, and the forms of these."""
        low, high = np.searchsorted(self.place, [first, last]).tolist()
        if low == high:
            return None
        found = self._part.decode(self._field, self._first + low, self._first + high)
        place = self.place[low:high] - first
        own = self._part.forms(self._first + low, self._first + high) if self._field == schema.STEM else []
        forms = [(number, int(place[term]), text) for number, term, text in own]
        return Decoded(place[found.term], found.document, found.position, found.form), forms


def _batch(field: str, sources: Sequence[_Source], terms: list[bytes], first: int) -> Iterator[Occurrences]:
    read = [found for source in sources if (found := source.read(first, first + len(terms)))]
    document = np.concatenate([found.document for found, _ in read])
    position = np.concatenate([found.position for found, _ in read])
    if field != schema.STEM:
        term = np.concatenate([found.term for found, _ in read])
        return ordered(*_used(terms, term), document, position)
    pairs = {(place, text) for _, forms in read for _, place, text in forms} | {(n, b"") for n in range(len(terms))}
    known = sorted(pairs)
    number = {pair: place for place, pair in enumerate(known)}
    pair = np.concatenate([_pairs(found, forms, number) for found, forms in read])
    return ordered_forms(*_used([(terms[place], text) for place, text in known], pair), document, position)


def _pairs(found: Decoded, forms: list[tuple[int, int, bytes]], number: dict[tuple[int, bytes], int]) -> Array:
    """Return the pair of stem and form of each occurrence, by *number*."""
    assert found.form is not None  # noqa: S101 - stems have forms, for the type checker
    table = np.zeros(1 + max((form for form, _, _ in forms), default=0), np.int64)
    for form, place, text in forms:
        table[form] = number[place, text]
    formless = np.array([number[place, b""] for place in range(int(found.term.max(initial=-1)) + 1)], np.int64)
    return np.where(found.form == NO_FORM, formless[found.term], table[found.form])


def _used(texts: list[Text], number: Array) -> tuple[list[Text], Array]:
    """Return those of *texts* that some of *number* stand for, and these as numbers of them."""
    used = np.bincount(number, minlength=len(texts)) > 0
    if used.all():
        return texts, number
    return [text for text, stays in zip(texts, used.tolist(), strict=True) if stays], (np.cumsum(used) - 1)[number]
