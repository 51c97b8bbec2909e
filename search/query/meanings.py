"""
What the words of a query mean, each for itself and two next to each other, as an index has them.

A question is read twice where all of its words may be asked for, or any: what its words mean is found once.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from indexer import schema
from indexer.analysis import Analyzer, function_words
from indexer.analysis.reduplication import is_pair
from search.query import words
from search.query.expansion import Expansions
from search.query.joining import joined, parted
from search.query.spellings import otherwise
from search.query.tree import Alike, Node, Phrase, Prefer, Term
from search.query.vocabulary import Vocabulary, is_rarer

_ENDINGS = frozenset(("nya", "an"))
"""What readers part from its word, as no text does: "rumah nya", "1960 an"."""

_ORDINAL = "ke"

Found = TypeVar("Found")
"""What is found of words."""


class Word(NamedTuple):
    """
    A word of the query: its exact form, its node, what else it means where it stands, and how it was written.

    *is_unusual*: the index writes it more often as the first of what else it means.
    """

    exact: str
    node: Node
    also: tuple[Term | Phrase, ...] = ()
    written: str = ""
    is_unusual: bool = False


class Meanings:
    """Finds what words mean, and keeps it; for one question."""

    def __init__(self, analyzer: Analyzer, expansions: Expansions, vocabulary: Vocabulary) -> None:
        """Read words with *analyzer*; *expansions* say what else they mean, *vocabulary* what the index has."""
        self.analyzer, self.expansions, self.vocabulary = analyzer, expansions, vocabulary
        self._known: dict[Hashable, Any] = {}

    def words(self, text: str, field: str | None, *, is_shouted: bool) -> list[Word]:
        """Return the words of *text*; where all of the query *is_shouted*, capitals say nothing of them."""
        return self._once(("words", text, field, is_shouted), lambda: self._words(text, field, is_shouted=is_shouted))

    def is_one(self, first: str, second: str) -> bool:
        """Say whether a text that writes a hyphen between two words has one word there, and no function word."""
        return self._once(("is one", first, second), lambda: self._is_one(first.lower(), second.lower()))

    def alone(self, word: Word, field: str | None) -> Word:
        """Return *word* with what it means by itself: a doubled one may lack its hyphen, one word be written as two."""
        return self._once(("alone", word, field), lambda: self._alone(word, field))

    def widened(self, word: Word) -> Node:
        """Return the node of *word* with all that it means."""
        return self._once(("widened", word), lambda: self._widened(word))

    def joined(self, word: Word, other: Word, field: str | None) -> tuple[Term, ...]:
        """Return what two words that stand next to each other are where they are written as one."""
        return self._once(("joined", word, other, field), lambda: self._joined(word, other, field))

    def _once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what *find* found for *key* when it was first asked for."""
        if key not in self._known:
            self._known[key] = find()
        found: Found = self._known[key]
        return found

    def _words(self, text: str, field: str | None, *, is_shouted: bool) -> list[Word]:
        written = text.lower() if is_shouted else text
        return [Word(exact, node, written=written) for exact, node in words.each(text, self.analyzer, field)]

    def _is_one(self, first: str, second: str) -> bool:
        if not (first in (second, _ORDINAL) or second in _ENDINGS or is_pair(first, second)):
            return False
        tokens = self.analyzer.analyze(f"{first}-{second}")
        if len(tokens) != 1 or not ("-" in tokens[0].exact or second in _ENDINGS):
            return False
        return function_words().isdisjoint(tokens[0].stems)

    def _alone(self, word: Word, field: str | None) -> Word:
        if word.exact in function_words():
            return word
        first, hyphen, second = word.exact.partition("-")
        stem = stem_of(word.node)
        if hyphen and stem and "-" in stem and function_words().isdisjoint((first, second)):
            return word._replace(also=(Phrase(field or schema.EXACT, (first, second)),))
        if stem is None or self.analyzer.is_known(word.exact) or self.analyzer.is_name(word.exact):
            return word
        other = parted(stem, self.vocabulary, field)
        spellings = otherwise(word.exact, stem, self.vocabulary) if field is None else ()
        if other is None:
            return word._replace(also=spellings)
        is_unusual = is_rarer(Term(field or schema.STEM, stem), other, self.vocabulary)
        return word._replace(also=(other, *spellings), is_unusual=is_unusual)

    def _widened(self, word: Word) -> Node:
        node = self.expansions.widened(word.node, word.written, self.vocabulary)
        return alike(node, word.also, is_unusual=word.is_unusual)

    def _joined(self, word: Word, other: Word, field: str | None) -> tuple[Term, ...]:
        stem = stem_of(other.node)
        if stem is None or stem_of(word.node) is None:
            return ()
        return joined(word.exact, other.exact, stem, self.vocabulary, field)


def stem_of(node: Node) -> str | None:
    """Return the stem that *node* asks for, if it is a plain word."""
    match node:
        case Prefer(Term(schema.STEM, text), Term(schema.EXACT)) | Term(schema.TITLE, text):
            return text
    return None


def alike(node: Node, others: tuple[Term | Phrase, ...], *, is_unusual: bool = False) -> Node:
    """Return what finds *node* or one of *others*, which mean the same; see `Alike`."""
    return Alike(node, others, is_unusual=is_unusual) if others else node
