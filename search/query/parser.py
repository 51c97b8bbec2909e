"""
Parses what a reader types. Nothing is an error: a sign that makes no sense where it stands is passed over.

    query  = part { ["AND"] part | "OR" part }      words next to each other: all of them, or any
    part   = "-" part | field ":" part | "(" query ")" | quoted phrase ["~3"] | word
    word   = letters | prefix* | wild*card | w?ldcard | similar~ | similar~2

OR binds tighter than the blank between words: ``banjir rob OR pasang`` is banjir and (rob or pasang).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.analysis import Analyzer
from search.query import words
from search.query.expansion import Expansions
from search.query.lexer import FIELDS, YEAR, Kind, Lexeme, lexemes
from search.query.neighbours import Neighbours
from search.query.times import Times
from search.query.tree import All, AnyOf, Everything, Except, Node, Nothing, Prefer
from search.query.vocabulary import NoWords, Vocabulary

FUNCTION_WORD_WEIGHT = 0.2
"""What a function word adds to the score, times what any other word of its frequency would."""

_NO_WORDS = NoWords()
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
    *require_all*: whether words next to each other must all be found, or one of them; function words (yang, di, apa)
    decide nothing either way, unless there are no others.
    """
    if not text.strip():
        return Everything()
    join = All if require_all else AnyOf
    neighbours = Neighbours(analyzer, expansions or Expansions((), analyzer), vocabulary, join)
    return _Parser(list(lexemes(text)), neighbours).query(depth=0, field=None) or Nothing()


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
        self._join = neighbours.join

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
                part = self._following(depth=depth, field=field)
                return _Excluded(part) if part and not isinstance(part, _Excluded) else part
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
                return self._neighbours.phrase(lexeme.text, field, slop=lexeme.amount)
            case Kind.PREFIX:
                return words.prefix(lexeme.text, field)
            case Kind.WILDCARD if found := words.wildcard(lexeme.text, field):
                return found
            case Kind.FUZZY if found := words.fuzzy(lexeme.text, field, lexeme.amount):
                return found
        nodes = self._neighbours.nodes(words.without_signs(lexeme.text).split(), field)
        return _one(self._join, nodes) if nodes else None

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
        node = self._joined(wanted) if wanted else Everything()
        return Except(node, _one(AnyOf, excluded)) if excluded else node

    def _joined(self, wanted: list[Node]) -> Node:
        """Join the words that decide; those that do not only add to the score."""
        aside = [node for node in wanted if words.is_function_word(node)]
        deciding = [node for node in wanted if node not in aside] or aside
        node = _one(self._join, deciding)
        return Prefer(node, _one(AnyOf, aside), FUNCTION_WORD_WEIGHT) if aside and deciding is not aside else node


def _one(join: type[All] | type[AnyOf], nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else join(tuple(nodes))


class Parsing(Protocol):
    """Makes a tree of a text, as `parse` does with an analyzer and expansions."""

    def __call__(self, text: str, *, require_all: bool) -> Node:
        """Return the tree of *text*."""


def in_time(times: Times, parsed: Parsing, *, require_all: bool) -> Node:
    """
    Return the tree of *times*, whose words of time decide nothing, unless there are no others.

    Where one word is enough those that articles may hold (Agustus 2019) are words like any other.
    """
    node = parsed(times.essence if require_all else times.text, require_all=require_all)
    if isinstance(node, Everything | Nothing):
        return parsed(times.whole, require_all=require_all)
    for text in filter(None, (times.said, times.written if require_all else "")):
        node = Prefer(node, parsed(text, require_all=False))
    return node
