"""
Expansion: what else a query asks for. Kalsel is "Kalimantan Selatan", and the other way round.

A short form finds its long form as a phrase, and the words of a long form find the short one. So do words that are
written together or apart (tanggung jawab, tanggungjawab). Nothing of this is in the index.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer import schema
from indexer.analysis import Analyzer
from search.query.tree import All, AnyOf, Node, Phrase, Prefer, Term

Pair = tuple[str, str]
"""A short form and its long form, as written."""

_LONGEST = 10  # words of a long form


class Expansions:
    """Pairs of forms that mean the same."""

    def __init__(self, pairs: Iterable[Pair], analyzer: Analyzer) -> None:
        """Know *pairs*, as *analyzer* reads them."""
        self._long: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for short, long in pairs:
            key, stems = _stems(short, analyzer), _stems(long, analyzer)
            if len(key) == 1 and 1 < len(stems) <= _LONGEST and stems not in self._long[key[0]]:
                self._long[key[0]].append(stems)
                self._short[stems].append(key[0])

    def expanded(self, nodes: Sequence[Node]) -> list[Node]:
        """Return *nodes*, which stand next to each other in a query, with what else each and several of them mean."""
        found: list[Node] = []
        place = 0
        while place < len(nodes):
            length, node = self._longest(nodes, place)
            found.append(node)
            place += length
        return found

    def _longest(self, nodes: Sequence[Node], place: int) -> tuple[int, Node]:
        """Return the longest known long form at *place*, and how many nodes it takes; or the node there alone."""
        stems = tuple(_stem(node) or "" for node in nodes[place : place + _LONGEST])
        for length in range(len(stems), 1, -1):
            if shorts := self._short.get(stems[:length]):
                apart = All(tuple(nodes[place : place + length]))
                return length, AnyOf((apart, *(Term(schema.STEM, short) for short in shorts)))
        return 1, self._with_long_forms(nodes[place], stems[0])

    def _with_long_forms(self, node: Node, stem: str) -> Node:
        longs = self._long.get(stem, [])
        return AnyOf((node, *(Phrase(schema.STEM, long) for long in longs))) if longs else node


def _stems(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    return tuple(token.stems[0] for token in analyzer.analyze(text))


def _stem(node: Node) -> str | None:
    """Return the stem that *node* asks for, if it is a plain word."""
    match node:
        case Prefer(Term(schema.STEM, text), _):
            return text
    return None
