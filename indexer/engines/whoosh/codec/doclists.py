"""
The documents of a term in its record, in one of four forms; the more there are, the fewer bytes each takes.

    short   up to 64: the lower 16 bits of each, then what is above them, in as many bytes as the segment needs
    split   how many lie in each chunk of 65,536 documents, in 32 bits, then the lower 16 bits of each
    fine    how many lie in each chunk of 256 documents, in 16 bits, then the lower 8 bits of each
    dense   nothing: the record has a slot for every document
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.records import Layout, chunk_width, heads_size, runs

_SHORT_LOW = 2


@dataclass(frozen=True, slots=True)
class DocumentLists:
    """The *documents* of terms, ordered by *term*; *place* counts those of each."""

    term: Array
    document: Array
    place: Array

    def put(self, content: Array, layout: Layout, start: Array, articles: int) -> None:
        """Put them into *content*, where the records of the terms begin at *start*."""
        self._put_short(content, layout, start, articles)
        for width, terms in layout.chunked:
            self._put_chunked(content, start, terms, width, articles)

    def _put_short(self, content: Array, layout: Layout, start: Array, articles: int) -> None:
        own = np.flatnonzero(layout.short[self.term])
        term, document, place = self.term[own], self.document[own], self.place[own]
        _put_number(content, start[term] + _SHORT_LOW * place, document, _SHORT_LOW)
        high = chunk_width(articles)
        after = start[term] + _SHORT_LOW * layout.slots[term]
        _put_number(content, after + high * place, document >> 16, high)

    def _put_chunked(self, content: Array, start: Array, terms: Array, width: int, articles: int) -> None:
        own = np.flatnonzero(terms[self.term])
        term, document = self.term[own], self.document[own]
        size = heads_size(articles, width)
        _put_number(content, start[term] + size + width * self.place[own], document, width)
        numbers = np.flatnonzero(terms)
        chunks = size // (2 * width)
        chunk = np.searchsorted(numbers, term) * chunks + (document >> 8 * width)
        heads = np.bincount(chunk, minlength=len(numbers) * chunks).astype(f"<u{2 * width}")
        content[start[numbers][:, None] + np.arange(size)] = heads.view(np.uint8).reshape(-1, size)


def _put_number(content: Array, place: Array, number: Array, width: int) -> None:
    for byte in range(width):
        content[place + byte] = number >> 8 * byte & 255


def short_documents(record: Array, holding: int, articles: int) -> Array:
    """Return the *holding* documents at the begin of a short *record*."""
    documents: Array = record[: _SHORT_LOW * holding].view("<u2").astype(np.uint32)
    if high := chunk_width(articles):
        above = record[_SHORT_LOW * holding : (_SHORT_LOW + high) * holding]
        documents += above.view(f"<u{high}").astype(np.uint32) << 16
    return documents


def chunked_documents(record: Array, holding: int, articles: int, width: int) -> Array:
    """Return the *holding* documents at the begin of a *record* that has the lower *width* bytes of each."""
    size = heads_size(articles, width)
    documents: Array = _firsts(size // (2 * width), width).repeat(record[:size].view(f"<u{2 * width}"))
    documents += record[size : size + width * holding].view(f"<u{width}")
    return documents


def all_documents(content: Array, layout: Layout, start: Array, articles: int) -> Array:
    """Return the document of each slot of terms of this *layout*, whose records begin at *start* in *content*."""
    found = runs(np.zeros(len(layout.slots), np.int64), layout.slots)
    short = np.repeat(layout.short, layout.slots)
    holding = layout.slots * layout.short
    found[short] = content[runs(start, _SHORT_LOW * holding)].view("<u2")
    if high := chunk_width(articles):
        above = content[runs(start + _SHORT_LOW * holding, high * holding)].view(f"<u{high}")
        found[short] += above.astype(np.int64) << 16
    for width, terms in layout.chunked:
        size = heads_size(articles, width)
        heads = content[start[terms][:, None] + np.arange(size)].view(f"<u{2 * width}").ravel()
        low = content[runs(start + size, width * layout.slots * terms)].view(f"<u{width}")
        firsts = np.tile(_firsts(size // (2 * width), width), int(terms.sum()))
        found[np.repeat(terms, layout.slots)] = firsts.repeat(heads) + low
    return found


@lru_cache(64)
def _firsts(chunks: int, width: int) -> Array:
    """Return the first document of each chunk."""
    return np.arange(chunks, dtype=np.uint32) << np.uint32(8 * width)
