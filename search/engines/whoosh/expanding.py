"""Leaves that stand for many terms (prefix, wildcard, near spelling, range): the documents that hold any of them."""

from collections.abc import Callable, Sequence

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.dictionary import Texts
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.unions import documents_of_forms, documents_of_terms
from search.query import Fuzzy, Prefix, Range, Wildcard
from search.query.matching import is_near, wildcard_pattern

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
            return _where(texts, start, stop, lambda word: pattern.fullmatch(word) is not None)
        case Fuzzy(_, text, distance):
            start, stop = texts.prefixed(text[:1].encode(), first, last)
            return _where(texts, start, stop, lambda word: is_near(text, word, distance))


def _literal(text: str) -> str:
    """Return what stands before the first sign of a wildcard."""
    return text[: min(place for place in (text.find("*"), text.find("?"), len(text)) if place >= 0)]


def _where(texts: Texts, start: int, stop: int, holds: Callable[[str], bool]) -> list[int]:
    words = (text.decode() for text in texts.listed(start, stop))
    return [number for number, word in enumerate(words, start) if holds(word)]
