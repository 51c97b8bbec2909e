"""Marks: which tokens of a text a leaf of the query asks for, and for what each of them counts."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from indexer import schema
from indexer.analysis import Span, Token
from search.query.matching import is_near, wildcard_pattern
from search.query.tree import Fuzzy, Leaf, Phrase, Prefix, Range, Term, Wildcard

Like = Prefix | Wildcard | Fuzzy
"""Leaves that ask for what a word is like."""

_STEMMED = frozenset({schema.STEM, schema.TITLE})


class Mark(NamedTuple):
    """A marked span, and for what: equal *reason*s count once when passages are compared."""

    span: Span
    reason: str


def terms_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the terms without which *leaf* marks nothing; none for one that asks what words are like."""
    match leaf:
        case Term(_, text):
            return (text,)
        case Phrase(_, terms):
            return terms
    return ()


def is_stemmed(leaf: Leaf) -> bool:
    """Say whether *leaf* asks for stems, and not for exact forms."""
    return leaf.field in _STEMMED


def likeness(leaf: Like) -> Callable[[str], bool]:
    """Return what says whether a word is like *leaf*."""
    match leaf:
        case Prefix(_, text):
            return lambda word: word.startswith(text)
        case Wildcard(_, text):
            fullmatch = wildcard_pattern(text).fullmatch
            return lambda word: fullmatch(word) is not None
        case Fuzzy(_, text, distance):
            return lambda word: is_near(text, word, distance)


def marks_of(leaf: Leaf, tokens: list[Token]) -> Iterator[Mark]:
    """Yield a mark for each of *tokens* for which *leaf* asks."""
    stemmed = is_stemmed(leaf)
    match leaf:
        case Term(_, text):
            found = [t for t in tokens if (text in t.stems if stemmed else text == t.exact)]
            yield from (Mark(Span(t.start, t.end), t.stems[0]) for t in found)
        case Prefix() | Wildcard() | Fuzzy():
            is_like = likeness(leaf)
            found = [t for t in tokens if any(map(is_like, _terms(t, stemmed=stemmed)))]
            yield from (Mark(Span(t.start, t.end), leaf.text) for t in found)
        case Phrase():
            yield from _phrase_marks(leaf, tokens)
        case Range():  # of whole values, which are in no text
            return


def _terms(token: Token, *, stemmed: bool) -> tuple[str, ...]:
    return token.stems if stemmed else (token.exact,)


def _phrase_marks(phrase: Phrase, tokens: list[Token]) -> Iterator[Mark]:
    """Yield a mark for each word of each place where *phrase* stands."""
    at: dict[str, dict[int, Token]] = {term: {} for term in phrase.terms}
    for token in tokens:
        for term in _terms(token, stemmed=is_stemmed(phrase)):
            if term in at:
                at[term][token.position] = token
    reach = range(1, phrase.slop + 2)
    standing = _reached(_reached([set(at[term]) for term in phrase.terms], reach)[::-1], [-step for step in reach])
    for term, positions in zip(reversed(phrase.terms), standing, strict=True):
        for word in map(at[term].__getitem__, positions):
            yield Mark(Span(word.start, word.end), phrase.text)


def _reached(words: list[set[int]], steps: Iterable[int]) -> list[set[int]]:
    """Return the positions of each of *words* that are one of *steps* after such a position of the word before."""
    reached = words[:1]
    for positions in words[1:]:
        reached.append({position + step for position in reached[-1] for step in steps} & positions)
    return reached
