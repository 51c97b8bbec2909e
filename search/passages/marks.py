"""Marks: which tokens of a text a leaf of the query asks for, and for what each of them counts."""

import re
from collections.abc import Callable, Iterable, Iterator
from operator import methodcaller

from indexer import schema
from indexer.analysis import MAX_TERM, Hints, Token
from search.deadline import checkpoint
from search.query.matching import is_near, wildcard_pattern
from search.query.tree import Fuzzy, Leaf, Phrase, Prefix, Term, Wildcard

Like = Prefix | Wildcard | Fuzzy
"""Leaves that ask for what a word is like."""

_STEMMED = frozenset({schema.STEM, schema.TITLE})


_LITERAL = re.compile("[a-z0-9]+")
_TELLING = 3
"""Letters that few words hold."""

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
            return _timely(wildcard_pattern(text).fullmatch)
        case Fuzzy(_, text, distance):
            return _timely(lambda word: is_near(text, word, distance))


def hints_of(leaf: Like) -> frozenset[str] | None:
    """Return what all pieces of a text hold that have a word like *leaf*; None where nothing is sure."""
    letters = ""
    match leaf:
        case Prefix(_, text) if text.isalnum():
            letters = text
        case Wildcard(_, text):
            letters = max(_LITERAL.findall(text), key=len, default="")
    return Hints.within(letters[:MAX_TERM]) if len(letters) >= _TELLING and letters.isascii() else None


def _timely(is_like: Callable[[str], object]) -> Callable[[str], object]:
    """Return *is_like*, asked only while there is time: one word takes microseconds, and a text has thousands."""

    def asked(word: str) -> object:
        checkpoint()
        return is_like(word)

    return asked


class Marker:
    """Says for which tokens some leaves ask."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        """Mark what *leaves* ask for."""
        leaves = list(leaves)
        terms = [leaf for leaf in leaves if isinstance(leaf, Term)]
        self._stems = {leaf.text for leaf in terms if is_stemmed(leaf)}
        self._forms = {leaf.text for leaf in terms if not is_stemmed(leaf)}
        self._others = [leaf for leaf in leaves if not isinstance(leaf, Term)]

    def marks(self, tokens: list[Token]) -> list[Mark]:
        """Return the marks of *tokens*, in order: one for each leaf that asks for one."""
        found: list[Mark] = []
        for _, start, end, exact, stems in tokens:
            mark = (start, end, stems[0])
            if exact in self._forms:
                found.append(mark)
            found += [mark for stem in stems if stem in self._stems]
        for leaf in self._others:
            checkpoint()
            found += _marks_of(leaf, tokens)
        return sorted(found)


def _marks_of(leaf: Leaf, tokens: list[Token]) -> list[Mark]:
    """Return a mark for each of *tokens* for which *leaf* asks."""
    stemmed = is_stemmed(leaf)
    match leaf:
        case Prefix() | Wildcard() | Fuzzy():
            is_like = likeness(leaf)
            return [(t.start, t.end, leaf.text) for t in tokens if any(map(is_like, _terms(t, stemmed=stemmed)))]
        case Phrase():
            return list(_phrase_marks(leaf, tokens))
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
    forward = _reached([sorted(at[term]) for term in phrase.terms], phrase.slop + 1)
    standing = _reached([[-position for position in reversed(word)] for word in reversed(forward)], phrase.slop + 1)
    for term, positions in zip(reversed(phrase.terms), standing, strict=True):
        for position in positions:
            word = at[term][-position]
            yield word.start, word.end, phrase.text


def _reached(words: list[list[int]], reach: int) -> list[list[int]]:
    """Return the positions of each of *words* that have such a one of the word before at most *reach* before them."""
    reached = words[:1]
    for positions in words[1:]:
        reached.append(_following(reached[-1], positions, reach))
    return reached


def _following(before: list[int], positions: list[int], reach: int) -> list[int]:
    """Return those of *positions* that have one of *before* at most *reach* before them; both ascend, as in a merge."""
    found, place = [], 0
    for position in positions:
        while place < len(before) and before[place] < position - reach:
            place += 1
        if place < len(before) and before[place] < position:
            found.append(position)
    return found
