"""
The budget of a query: how much of it is looked for at most, so that none costs more than the index can bear.

Beyond it what tells least is let go: of words those that most articles hold, and those that none holds. Of what stands
for many words of the index an engine looks for those that most articles hold: all of them count alike, these find most
of what all would find for what it takes to read them, and the others are rare words and typing errors.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from search.query.tree import (
    Alike,
    All,
    AnyOf,
    Except,
    Leaf,
    Node,
    Pattern,
    Phrase,
    Prefer,
    Term,
    parts_of,
    typed,
    word_of,
)

MOST_TERMS = 64
"""Terms that are looked for, after widening; the longest of 8,000 questions and sentences has 41."""

MOST_PHRASES = 8
"""Phrases among them, as positions are dear to read."""

MOST_PATTERNS = 8
"""Prefixes, wildcards, similar words and ranges among them, each of which stands for many terms."""

MOST_WORDS = 1 << 14
"""Terms of the index that are looked for in the place of one pattern; among 121,382 articles `ma*` is 11,086."""

MOST_READ = MOST_TERMS // MOST_PATTERNS
"""
How many times the articles of an index the slots may be that are read for one pattern: all patterns of a query take as
many as its words may, if all articles hold these. `perpus*` takes .01, `banjir~2` .03, `ma*` 3, `ke*an` 37, `me*` 60.
"""

READ_ANYHOW = 1 << 16
"""Slots that are read for a pattern however few the articles are."""


class Kept(NamedTuple):
    """What is kept of a query, and what was dropped, as it was typed."""

    tree: Node
    dropped: tuple[str, ...]


def within_budget(tree: Node, holding: Callable[[Term], int]) -> Kept:
    """Return what of *tree* can be looked for; *holding* says how many articles hold a term."""
    parts = list(dict.fromkeys(parts_of(tree)))
    if sum(map(_terms, parts)) <= MOST_TERMS and _few(parts):
        return Kept(tree, ())
    kept: list[Node] = []
    for part in sorted(parts, key=lambda part: _least_telling(part, holding)):
        if sum(map(_terms, kept)) + _terms(part) <= MOST_TERMS and _few([*kept, part]):
            kept.append(part)
    dropped = tuple(dict.fromkeys(typed(part) for part in parts if part not in kept))
    return Kept(_pruned(tree, frozenset(kept)) or tree, dropped)


def _terms(part: Node) -> int:
    return len(part.terms) if isinstance(part, Phrase) else 1


def _few(parts: list[Node]) -> bool:
    """Say whether there are few enough *parts* of the kinds that are dear."""
    phrases = sum(isinstance(part, Phrase) for part in parts)
    patterns = sum(isinstance(part, Pattern) for part in parts)
    return phrases <= MOST_PHRASES and patterns <= MOST_PATTERNS


def _least_telling(part: Node, holding: Callable[[Term], int]) -> tuple[bool, int]:
    """Return by what the parts are ordered, those that tell most first."""
    if word := word_of(part):
        articles = holding(word.stem)
    elif isinstance(part, Phrase):
        articles = min(holding(Term(part.field, term)) for term in part.terms)
    else:
        articles = holding(part) if isinstance(part, Term) else 1
    return not articles, articles


def _pruned(node: Node, kept: frozenset[Node]) -> Node | None:
    """Return *node* with the parts *kept* alone; None if nothing is left of it."""
    if word_of(node) or isinstance(node, Leaf):
        return node if node in kept else None
    match node:
        case All(nodes) | AnyOf(nodes):
            left = tuple(dict.fromkeys(part for child in nodes if (part := _pruned(child, kept))))
            return type(node)(left) if len(left) > 1 else next(iter(left), None)
        case Prefer(child, bonus, weight):
            own, extra = _pruned(child, kept), _pruned(bonus, kept)
            return Prefer(own, extra, weight) if own and extra else own
        case Alike(child, others):
            own, alike = _pruned(child, kept), tuple(other for other in others if other in kept)
            is_unusual = node.is_unusual and others[0] in kept
            return replace(node, node=own, others=alike, is_unusual=is_unusual) if own and alike else own
        case Except(child, excluded):
            own, without = _pruned(child, kept), _pruned(excluded, kept)
            return Except(own, without) if own and without else own
    return node
