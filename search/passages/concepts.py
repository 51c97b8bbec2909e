"""
Concepts: the things that a query asks for, however a text says them; and which leaves of its tree say which.

A word is one concept, whether its stem or its exact form is found, its long form or a synonym. A set of concepts is a
number with a bit for each, as sets are made for every mark.
"""

from collections.abc import Callable, Iterator

from indexer import schema
from indexer.analysis import function_words
from search.query.tree import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Leaf,
    Meaning,
    Node,
    Nothing,
    Phrase,
    Prefer,
    Term,
    word_of,
)
from search.ranking import telling

Rarity = Callable[[Term], float]
"""Says what a term tells, as the ranking has it."""


class Concepts:
    """
    The concepts of one query, and what in a text shows them.

    *leaves* has the concepts of each leaf that may be marked; function words alone are none. *wholes* are phrases of
    which all is one mark, as they say what one word does: long forms, synonyms.
    """

    def __init__(self, tree: Node, rarity: Rarity = lambda _: 1.0) -> None:
        """Part *tree* into concepts, which are as dear as *rarity* says."""
        self.leaves: dict[Leaf, int] = {}
        self.wholes: set[Phrase] = set()
        self._bits: dict[Node, int] = {}
        self._nodes: dict[int, Node] = {}
        self._rarity = rarity
        self._weights: dict[int, float] = {}
        self._add(tree)

    def weight(self, concepts: int) -> float:
        """Return what *concepts* tell, all in all; of each it is asked once."""
        if concepts not in self._weights:
            self._weights[concepts] = sum(self._told(bit) for bit in _bits(concepts))
        return self._weights[concepts]

    def _told(self, bit: int) -> float:
        if bit not in self._weights:
            self._weights[bit] = telling(self._nodes[bit], self._rarity)
        return self._weights[bit]

    def _add(self, node: Node) -> int:
        """Take *node* in; return its concepts."""
        if word := word_of(node):
            return self._one(node, word.stem, word.exact) if word.exact.text not in function_words() else 0
        match node:
            case All(nodes) | AnyOf(nodes):
                return _union(map(self._add, nodes))
            case Prefer(child, bonus):
                return self._add(child) | self._add(bonus)
            case Alike():
                return self._alike(node)
            case Except(child, _):
                return self._add(child)
            case Everything() | Nothing():
                return 0
            case Term(_, text) if text in function_words():
                return 0
        return self._one(node, node)

    def _alike(self, node: Alike) -> int:
        concepts = self._add(node.node)
        self._show(concepts, *node.others)
        self.wholes.update(other for other in node.others if isinstance(other, Phrase))
        if node.meaning is not Meaning.SPELLING and len(stems := tuple(_stems(node.node))) > 1:
            said = Phrase(schema.STEM, stems)
            self._show(concepts, said)
            self.wholes.add(said)
        return concepts

    def _one(self, node: Node, *leaves: Leaf) -> int:
        bit = self._bits.setdefault(node, 1 << len(self._bits))
        self._nodes[bit] = node
        self._show(bit, *leaves)
        return bit

    def _show(self, concepts: int, *leaves: Leaf) -> None:
        for leaf in leaves:
            self.leaves[leaf] = self.leaves.get(leaf, 0) | concepts


def _bits(concepts: int) -> Iterator[int]:
    """Yield each of *concepts* alone."""
    while concepts:
        bit = concepts & -concepts
        yield bit
        concepts ^= bit


def _union(sets: Iterator[int]) -> int:
    union = 0
    for concepts in sets:
        union |= concepts
    return union


def _stems(node: Node) -> Iterator[str]:
    """Yield the stems of the words that *node* joins, which were typed in a row."""
    if word := word_of(node):
        yield word.stem.text
    match node:
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from _stems(child)
        case Alike(child, _):
            yield from _stems(child)
