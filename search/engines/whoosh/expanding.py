"""Leaves that stand for many terms (prefix, wildcard, near spelling, range): the documents that hold any of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.dictionary import Texts
from indexer.engines.whoosh.codec.fields import CODED
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.unions import documents_of_forms, documents_of_terms, slots_of_terms
from search.query import Fuzzy, Pattern, Prefix, Range, Wildcard
from search.query.budget import MOST_READ, MOST_WORDS, READ_ANYHOW
from search.query.matching import near, wildcard_pattern


class Expansion(NamedTuple):
    """The *numbers* of the terms that a leaf is looked for as, and whether it stands for more of them."""

    numbers: Array
    is_cut: bool

    @property
    def nbytes(self) -> int:
        """The memory that it takes."""
        return self.numbers.nbytes + 200


def expansion(segment: OpenSegment, leaf: Pattern) -> Expansion:
    """
    Return what *leaf* is looked for as in *segment*, within the budget of a query.

    Beyond it, the terms are kept that most documents hold, those of equally many in the order of their texts.
    """
    numbers = _all_numbers(segment, leaf)
    words = leaf.field in schema.WORD_FIELDS
    most = max(MOST_READ * segment.articles, READ_ANYHOW)
    if leaf.field == schema.EXACT:
        holding, terms = segment.form_holdings.take(numbers).astype(np.int64), segment.form_terms.take(numbers)
    else:
        holding, terms = segment.holdings.take(numbers).astype(np.int64) & ~CODED, numbers
    slots = slots_of_terms(segment, terms, words=words)
    if len(numbers) <= MOST_WORDS and slots.sum() <= most:
        return Expansion(numbers, is_cut=False)
    order = (-holding).argsort(kind="stable")
    kept = order[: min(MOST_WORDS, _affordable(terms.take(order), slots.take(order), most))]
    return Expansion(np.sort(numbers.take(kept)), is_cut=len(kept) < len(numbers))


def documents_of(segment: OpenSegment, leaf: Pattern, numbers: Array) -> Array:
    """Return the documents of *segment* that hold one of the terms *numbers*, which *leaf* stands for."""
    if leaf.field == schema.EXACT:
        return documents_of_forms(segment, numbers)
    return documents_of_terms(segment, numbers, words=leaf.field in schema.WORD_FIELDS)


def _affordable(terms: Array, slots: Array, most: int) -> int:
    """Return of how many of *terms*, from the first on, the *slots* are *most* at most; a term is read once."""
    _, first = np.unique(terms, return_index=True)
    cost = np.zeros(len(terms), np.int64)
    cost[first] = slots.take(first)
    return int(np.cumsum(cost).searchsorted(most, side="right"))


def _all_numbers(segment: OpenSegment, leaf: Pattern) -> Array:
    if leaf.field == schema.EXACT:
        return np.array(numbers_of(segment.forms, leaf, 0, len(segment.forms)), np.int64)
    facts = segment.facts(leaf.field)
    return np.array(numbers_of(segment.terms, leaf, facts.first, facts.last), np.int64)


def numbers_of(texts: Texts, leaf: Pattern, first: int, last: int) -> Sequence[int]:
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
