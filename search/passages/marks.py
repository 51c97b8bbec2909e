"""Marks: which tokens of a text a leaf of the query asks for, and for what each of them counts."""

from collections.abc import Callable, Iterable, Iterator
from operator import methodcaller

from indexer import schema
from indexer.analysis import Token
from search.query.matching import is_near, wildcard_pattern
from search.query.tree import Fuzzy, Leaf, Phrase, Prefix, Range, Term, Wildcard

Like = Prefix | Wildcard | Fuzzy
"""Leaves that ask for what a word is like."""

_STEMMED = frozenset({schema.STEM, schema.TITLE})


Mark = tuple[int, int, str]
"""Where a mark starts and ends, and for what it is: equal reasons count once when passages are compared."""


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


def likeness(leaf: Like) -> Callable[[str], object]:
    """Return what says by a true value that a word is like *leaf*."""
    match leaf:
        case Prefix(_, text):
            return methodcaller("startswith", text)
        case Wildcard(_, text):
            return wildcard_pattern(text).fullmatch
        case Fuzzy(_, text, distance):
            return lambda word: is_near(text, word, distance)


def marks_of(leaf: Leaf, tokens: list[Token]) -> list[Mark]:
    """Return a mark for each of *tokens* for which *leaf* asks."""
    stemmed = is_stemmed(leaf)
    match leaf:
        case Term(_, text) if stemmed:
            return [(start, end, stems[0]) for _, start, end, _, stems in tokens if text in stems]
        case Term(_, text):
            return [(start, end, stems[0]) for _, start, end, exact, stems in tokens if text == exact]
        case Prefix() | Wildcard() | Fuzzy():
            is_like = likeness(leaf)
            return [(t.start, t.end, leaf.text) for t in tokens if any(map(is_like, _terms(t, stemmed=stemmed)))]
        case Phrase():
            return list(_phrase_marks(leaf, tokens))
        case Range():
            return []  # a range is of whole values, which stand in no text


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
            yield word.start, word.end, phrase.text


def _reached(words: list[set[int]], steps: Iterable[int]) -> list[set[int]]:
    """Return the positions of each of *words* that are one of *steps* after such a position of the word before."""
    reached = words[:1]
    for positions in words[1:]:
        reached.append({position + step for position in reached[-1] for step in steps} & positions)
    return reached
