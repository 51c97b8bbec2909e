"""
Parses what a reader types. Nothing is an error: a sign that makes no sense where it stands is passed over.

    query  = part { ["AND"] part | "OR" part }      words next to each other: all of them, or any
    part   = "-" part | field ":" part | "(" query ")" | quoted phrase ["~3"] | word
    word   = letters | prefix* | wild*card | w?ldcard | similar~ | similar~2

OR binds tighter than the blank between words: ``banjir rob OR pasang`` is banjir and (rob or pasang).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.analysis import Analyzer
from search.query import words
from search.query.expansion import Expansions
from search.query.lexer import FIELDS, YEAR, Kind, Lexeme, lexemes
from search.query.meanings import Meanings
from search.query.neighbours import Neighbours
from search.query.times import Times
from search.query.tree import All, AnyOf, Everything, Except, Node, Nothing, Prefer, Term
from search.query.vocabulary import NoWords, Vocabulary

_NO_WORDS = NoWords()
_FEW = 2  # words that may all be short forms; more of them in capitals say nothing of any
_DEEPEST = 20  # parentheses within parentheses; deeper ones are passed over


def parse(
    text: str,
    analyzer: Analyzer,
    expansions: Expansions | None = None,
    *,
    vocabulary: Vocabulary = _NO_WORDS,
    require_all: bool = True,
) -> Node:
    """
    Return the tree of the query *text*; a blank one asks for everything, one without any word for nothing.

    *expansions* say what else its words mean, *vocabulary* which of the ways to write them the index has.
    *require_all*: whether words next to each other must all be found, and phrases stand as they are, or one word is
    enough, and a phrase only adds to the score. Function words (yang, di, apa) decide nothing either way, unless there
    are no others.
    """
    return parse_with(
        text, Meanings(analyzer, expansions or Expansions((), analyzer), vocabulary), require_all=require_all
    )


def parse_with(text: str, meanings: Meanings, *, require_all: bool = True) -> Node:
    """Return what `parse` does; what *meanings* found of words before is not looked for again."""
    if not text.strip():
        return Everything()
    found = lexemes(text)
    is_shouted = len(found) > _FEW and not any(lexeme.text.islower() for lexeme in found)
    neighbours = Neighbours(meanings, All if require_all else AnyOf, is_shouted=is_shouted)
    return _Parser(found, neighbours).query(depth=0, field=None) or Nothing()


@dataclass(frozen=True, slots=True)
class _Excluded:
    """A part with a minus before it."""

    node: Node


class _Parser:
    """Walks over the lexemes of one query."""

    def __init__(self, found: Sequence[Lexeme], neighbours: Neighbours) -> None:
        self._lexemes = found
        self._next = 0
        self._neighbours = neighbours

    def query(self, *, depth: int, field: str | None) -> Node | None:
        """Read up to the end or the closing parenthesis."""
        groups: list[list[Node]] = []
        excluded: list[Node] = []
        alternative = False
        while lexeme := self._take():
            if lexeme.kind is Kind.CLOSE and depth:
                break
            if lexeme.kind is Kind.OR:
                alternative = bool(groups)
                continue
            if lexeme.kind is Kind.WORD and not alternative and field != YEAR:
                groups += [[node] for node in self._neighbours.nodes(self._texts_from(lexeme), field)]
                continue
            part = self._part(lexeme, depth=depth, field=field)
            if isinstance(part, _Excluded):
                excluded.append(part.node)
            elif part and alternative:
                groups[-1].append(part)
            elif part:
                groups.append([part])
            alternative = False
        return self._combined([_one(AnyOf, group) for group in groups], excluded)

    def _part(self, lexeme: Lexeme, *, depth: int, field: str | None) -> "Node | _Excluded | None":
        match lexeme.kind:
            case Kind.NOT:
                return self._excluded(depth=depth, field=field)
            case Kind.FIELD:
                return self._following(depth=depth, field=FIELDS[lexeme.text])
            case Kind.OPEN:
                return self.query(depth=depth + 1, field=field) if depth < _DEEPEST else None
            case Kind.AND | Kind.OR | Kind.CLOSE:
                return None
        if field == YEAR:
            return words.years(lexeme.text) or self._word(lexeme, None)
        return self._word(lexeme, field)

    def _word(self, lexeme: Lexeme, field: str | None) -> Node | None:
        match lexeme.kind:
            case Kind.QUOTED:
                return self._quoted(lexeme, field)
            case Kind.PREFIX:
                return words.prefix(lexeme.text, field)
            case Kind.WILDCARD if found := words.wildcard(lexeme.text, field):
                return found
            case Kind.FUZZY if found := words.fuzzy(lexeme.text, field, lexeme.amount):
                return found
        nodes = self._neighbours.nodes(words.without_signs(lexeme.text).split(), field)
        return self._neighbours.together(nodes) if nodes else None

    def _quoted(self, lexeme: Lexeme, field: str | None) -> Node | None:
        """Return a phrase; where not all words must be found, its words, each for itself, and the phrase as a bonus."""
        phrase = self._neighbours.phrase(lexeme.text, field, slop=lexeme.amount)
        if phrase is None or self._neighbours.join is All or isinstance(phrase, Term):
            return phrase
        return Prefer(self._neighbours.together(self._neighbours.alone(lexeme.text.split(), field)), phrase)

    def _excluded(self, *, depth: int, field: str | None) -> "_Excluded | None":
        """Read what a minus stands before; all words of it must be found, whatever is asked of the others."""
        neighbours, self._neighbours = self._neighbours, replace(self._neighbours, join=All)
        part = self._following(depth=depth, field=field)
        self._neighbours = neighbours
        return part if part is None or isinstance(part, _Excluded) else _Excluded(part)

    def _texts_from(self, first: Lexeme) -> list[str]:
        """Return the words from *first* on that stand next to each other, without one that OR binds to what follows."""
        end = self._next
        while end < len(self._lexemes) and self._lexemes[end].kind is Kind.WORD:
            end += 1
        if self._next < end < len(self._lexemes) and self._lexemes[end].kind is Kind.OR:
            end -= 1
        texts = [first.text, *(lexeme.text for lexeme in self._lexemes[self._next : end])]
        self._next = end
        return texts

    def _following(self, *, depth: int, field: str | None) -> "Node | _Excluded | None":
        lexeme = self._take()
        return self._part(lexeme, depth=depth + 1, field=field) if lexeme and depth < _DEEPEST else None

    def _take(self) -> Lexeme | None:
        if self._next == len(self._lexemes):
            return None
        self._next += 1
        return self._lexemes[self._next - 1]

    def _combined(self, wanted: list[Node], excluded: list[Node]) -> Node | None:
        if not wanted and not excluded:
            return None
        node = self._neighbours.together(wanted) if wanted else Everything()
        return Except(node, _one(AnyOf, excluded)) if excluded else node


def _one(join: type[All] | type[AnyOf], nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else join(tuple(nodes))


class Parsing(Protocol):
    """Makes a tree of a text, as `parse_with` does with meanings."""

    def __call__(self, text: str, *, require_all: bool) -> Node:
        """Return the tree of *text*."""


def in_time(times: Times, parsed: Parsing, *, require_all: bool, is_time_enough: bool = False) -> Node:
    """
    Return the tree of *times*, whose words of time decide nothing, unless there are no others.

    *is_time_enough*: whether those that articles may hold (Agustus 2019) are words like any other, so that where one
    word is enough an article that holds nothing but these is found too.
    """
    node = parsed(times.text if is_time_enough else times.essence, require_all=require_all)
    if isinstance(node, Everything | Nothing):
        return parsed(times.whole, require_all=require_all)
    for text in filter(None, (times.said, "" if is_time_enough else times.written)):
        node = Prefer(node, parsed(text, require_all=False))
    return node
