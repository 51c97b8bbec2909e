"""Marks: which tokens of a text a leaf of the query asks for, and which concepts they show."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import methodcaller, or_

from indexer import schema
from indexer.analysis import MAX_TERM, Finder, Hints, Spots, Token
from search.deadline import checkpoint
from search.query.matching import is_near, wildcard_pattern
from search.query.tree import Fuzzy, Leaf, Phrase, Prefix, Term, Wildcard

Like = Prefix | Wildcard | Fuzzy
"""Leaves that ask for what a word is like."""

_STEMMED = frozenset({schema.STEM, schema.TITLE})


_LITERAL = re.compile("[a-z0-9]+")
_TELLING = 3
"""Letters that few words hold."""

_BITS = 62
"""Words of phrases that are told apart: as many as a signed number of 64 bits has room for."""

Place = tuple[int, int]

Mark = tuple[int, int, int]
"""Where a mark starts and ends, and which concepts of the query it shows, a bit for each."""


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

    def __init__(self, leaves: Mapping[Leaf, int], wholes: Container[Phrase] = ()) -> None:
        """Mark what *leaves* ask for, each of which shows some concepts; all of a phrase of *wholes* is one mark."""
        terms = {leaf: concepts for leaf, concepts in leaves.items() if isinstance(leaf, Term)}
        self._stems = {leaf.text: concepts for leaf, concepts in terms.items() if leaf.field == schema.STEM}
        for leaf, concepts in terms.items():
            if leaf.field == schema.TITLE:
                self._stems[leaf.text] = self._stems.get(leaf.text, 0) | concepts
        self._forms = {leaf.text: concepts for leaf, concepts in terms.items() if not is_stemmed(leaf)}
        self._others = [(leaf, concepts) for leaf, concepts in leaves.items() if not isinstance(leaf, Term)]
        self._wholes = wholes
        self._phrases = _Phrases([leaf for leaf, _ in self._others if isinstance(leaf, Phrase)])
        self._alike = [one for one in self._others if not isinstance(one[0], Phrase)]
        self._known: dict[str, Spots] = {}

    def marks_in(self, text: str, finder: Finder) -> list[Mark]:
        """Return the marks in *text*, whose tokens *finder* finds; they are put together only if a phrase may stand."""
        found = finder.spotted(text, self._known, self._spots)
        if found is None or self._phrases.may_stand(found[1]):
            return self.marks(finder.tokens(text))
        return found[0]

    def _spots(self, tokens: list[Token]) -> Spots:
        """Return the marks of the *tokens* of a piece but those of phrases, and which words of phrases it holds."""
        return self._phrases.words_of(tokens), tuple(self._marked(tokens, self._alike))

    def marks(self, tokens: list[Token]) -> list[Mark]:
        """Return the marks of *tokens*, in order."""
        return self._marked(tokens, self._others)

    def _marked(self, tokens: list[Token], others: Sequence[tuple[Leaf, int]]) -> list[Mark]:
        """Return the marks of *tokens* that words ask for, and *others*, in order."""
        stems, forms = self._stems, self._forms
        found: list[Mark] = []
        for _, start, end, exact, own in tokens:
            concepts = forms.get(exact, 0)
            for stem in own:
                concepts |= stems.get(stem, 0)
            if concepts:
                found.append((start, end, concepts))
        for leaf, concepts in others:
            checkpoint()
            found += [(start, end, concepts) for start, end in _spans_of(leaf, tokens, is_whole=leaf in self._wholes)]
        return sorted(found)


class _Phrases:
    """Says by the words that a text holds whether one of some phrases may stand in it."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Ask for *phrases*; of those with more words than there are bits each may stand anywhere."""
        terms = dict.fromkeys((is_stemmed(phrase), term) for phrase in phrases for term in phrase.terms)
        self._bits = {term: 1 << number for number, term in enumerate(terms)} if len(terms) <= _BITS else {}
        self._wholes = {self._bits_of((is_stemmed(phrase), term) for term in phrase.terms) for phrase in phrases}

    def words_of(self, tokens: list[Token]) -> int:
        """Return which words of the phrases are among *tokens*, a bit for each."""
        if not self._bits:
            return 0
        return self._bits_of(
            (own, term) for token in tokens for own in (True, False) for term in _terms(token, stemmed=own)
        )

    def may_stand(self, words: int) -> bool:
        """Say whether a text that holds *words* has all of those of a phrase."""
        return any(words & whole == whole for whole in self._wholes)

    def _bits_of(self, terms: Iterable[tuple[bool, str]]) -> int:
        return reduce(or_, (self._bits.get(term, 0) for term in terms), 0)


def occurrences(leaf: Leaf, tokens: list[Token]) -> int:
    """Return how often what *leaf* asks for is among *tokens*; a phrase counts once where it stands."""
    if isinstance(leaf, Phrase):
        return len(_standing(leaf, _places(leaf, tokens))[0])
    return len(Marker({leaf: 1}).marks(tokens))


def _spans_of(leaf: Leaf, tokens: list[Token], *, is_whole: bool) -> list[Place]:
    """Return where that stands of *tokens* for which *leaf* asks."""
    stemmed = is_stemmed(leaf)
    match leaf:
        case Prefix() | Wildcard() | Fuzzy():
            is_like = likeness(leaf)
            return [(t.start, t.end) for t in tokens if any(map(is_like, _terms(t, stemmed=stemmed)))]
        case Phrase():
            return list(_phrase_spans(leaf, tokens, is_whole=is_whole))
    return []  # a range is of whole values, which stand in no text


def _terms(token: Token, *, stemmed: bool) -> tuple[str, ...]:
    return token.stems if stemmed else (token.exact,)


def _phrase_spans(phrase: Phrase, tokens: list[Token], *, is_whole: bool) -> Iterator[Place]:
    """Yield where each word of *phrase* stands where all of it does, and if it *is_whole*, where all of it stands."""
    at = _places(phrase, tokens)
    standing = _standing(phrase, at)
    for term, positions in zip(reversed(phrase.terms), standing, strict=True):
        for position in positions:
            word = at[term][-position]
            yield word.start, word.end
    for position in standing[0] if is_whole else ():
        first = at[phrase.terms[0]][1 - position - len(phrase.terms)]
        yield first.start, at[phrase.terms[-1]][-position].end


def _places(phrase: Phrase, tokens: list[Token]) -> dict[str, dict[int, Token]]:
    """Return for each term of *phrase* the token at each position where it is."""
    at: dict[str, dict[int, Token]] = {term: {} for term in phrase.terms}
    for token in tokens:
        for term in _terms(token, stemmed=is_stemmed(phrase)):
            if term in at:
                at[term][token.position] = token
    return at


def _standing(phrase: Phrase, at: dict[str, dict[int, Token]]) -> list[list[int]]:
    """Return where each term of *phrase*, from the last one on, is part of it: its positions, below zero."""
    forward = _reached([sorted(at[term]) for term in phrase.terms], phrase.slop + 1)
    return _reached([[-position for position in reversed(word)] for word in reversed(forward)], phrase.slop + 1)


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
