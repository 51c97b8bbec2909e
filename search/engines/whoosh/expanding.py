"""Leaves that stand for many terms (prefix, wildcard, near spelling, range): the documents that hold any of them."""

from collections.abc import Sequence

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.dictionary import Texts
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.unions import documents_of_forms, documents_of_terms
from search.query import Fuzzy, Prefix, Range, Wildcard
from search.query.matching import near, wildcard_pattern

Expanding = Prefix | Wildcard | Fuzzy | Range


def documents_of(segment: OpenSegment, leaf: Expanding) -> Array:
    """Return the documents of *segment* that hold one of the terms of *leaf*."""
    if leaf.field == schema.EXACT:
        numbers = numbers_of(segment.forms, leaf, 0, len(segment.forms))
        return documents_of_forms(segment, np.array(numbers, np.int64))
    facts = segment.facts(leaf.field)
    numbers = numbers_of(segment.terms, leaf, facts.first, facts.last)
    return documents_of_terms(segment, np.array(numbers, np.int64), words=leaf.field in schema.WORD_FIELDS)


def numbers_of(texts: Texts, leaf: Expanding, first: int, last: int) -> Sequence[int]:
    """Return the numbers of those *texts* from *first* to before *last*, which are sorted, that *leaf* stands for."""
    match leaf:
        case Prefix(_, text):
            return range(*texts.prefixed(text.encode(), first, last))
        case Range(_, low, high):
            start = texts.below(low.encode(), first, last)
            return range(start, texts.below(high.encode() + b"\0", start, last) if high else last)
        case Wildcard(_, text):
            pattern = wildcard_pattern(text)
            start, stop = texts.prefixed(_literal(text).encode(), first, last)
            return [number for number, word in enumerate(_words(texts, start, stop), start) if pattern.fullmatch(word)]
        case Fuzzy(_, text, distance):
            start, stop = texts.prefixed(text[:1].encode(), first, last)
            return [start + place for place in near(_words(texts, start, stop), text, distance)]


def _literal(text: str) -> str:
    """Return what stands before the first sign of a wildcard."""
    return text[: min(place for place in (text.find("*"), text.find("?"), len(text)) if place >= 0)]


def _words(texts: Texts, start: int, stop: int) -> list[str]:
    """Return the *texts* from *start* to before *stop*, decoded all at once: no term holds a NUL."""
    return b"\0".join(texts.listed(start, stop)).decode().split("\0") if start < stop else []
