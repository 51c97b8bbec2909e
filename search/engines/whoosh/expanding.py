"""Leaves that stand for many terms (prefix, wildcard, near spelling, range): the documents that hold any of them."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.dictionary import Texts
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.found import slots_of_form, slots_of_term
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.query import Fuzzy, Prefix, Range, Wildcard
from search.query.matching import is_near, wildcard_pattern

Expanding = Prefix | Wildcard | Fuzzy | Range


def documents_of(segment: OpenSegment, leaf: Expanding) -> Array:
    """Return the documents of *segment* that hold one of the terms of *leaf*."""
    marks = np.zeros(segment.articles, bool)
    for documents in _each(segment, leaf):
        marks[documents] = True
    return np.flatnonzero(marks)


def _each(segment: OpenSegment, leaf: Expanding) -> Iterable[Array]:
    if leaf.field == schema.EXACT:
        for number in numbers_of(segment.forms, leaf, 0, len(segment.forms)):
            yield slots_of_form(segment, segment.form(number)).documents
    else:
        facts = segment.facts(leaf.field)
        for number in numbers_of(segment.terms, leaf, facts.first, facts.last):
            yield slots_of_term(segment.postings(number)).documents


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
