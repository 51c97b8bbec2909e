"""
Expansion: what else a query asks for. Kalsel is "Kalimantan Selatan", and the other way round.

A short form finds its long form as a phrase, and the words of a long form find the short one. So do words that are
written together or apart (tanggung jawab, tanggungjawab). Nothing of this is in the index.

What the reader typed stays what it is, and what means the same never counts more: see `tree.Alike`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from indexer import schema
from indexer.analysis import Analyzer, Token, acronyms, function_words
from search.query.tree import Alike, Node, Phrase, Prefer, Term

Pair = tuple[str, str]
"""A short form and its long form, as written."""

SYNONYM_WEIGHT = 0.7
"""What a short form counts where the long one was asked for, or the other way round; the word itself counts 1."""

_LONGEST = 10  # words of a long form
_MOST = 2  # long forms of a short form; the first that are given
_CAPITALS = 2  # letters by which a short form is told from a name


class Expansions:
    """Pairs of forms that mean the same."""

    def __init__(self, pairs: Iterable[Pair], analyzer: Analyzer, ordinary: Collection[str] = ()) -> None:
        """
        Know *pairs*, as *analyzer* reads them; of a short form the first are believed most.

        Short forms that are *ordinary* words too mean their long form only where they are written in capitals.
        """
        self._ordinary = frozenset(ordinary)
        self._long: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._together: dict[str, tuple[str, ...]] = {}
        for short, long in pairs:
            tokens, stems = analyzer.analyze(short), tuple(token.stems[0] for token in analyzer.analyze(long))
            if len(tokens) == 1 and 1 < len(stems) <= _LONGEST:
                self._add(tokens[0], stems, is_together=short.lower() == long.replace(" ", ""))

    def _add(self, short: Token, long: tuple[str, ...], *, is_together: bool) -> None:
        if is_together:
            self._together[short.stems[0]] = long
        elif long in (longs := self._long[_key(short.exact)]) or len(longs) == _MOST:
            return
        else:
            longs.append(long)
        self._short[long].append(short.stems[0])

    def widened(self, node: Node, written: str) -> Node:
        """Return *node*, a word of a query as *written* there, with the long forms that it means."""
        match node:
            case Prefer(Term(schema.STEM, stem), Term(schema.EXACT, exact)) if exact not in function_words():
                if long := self._together.get(stem):
                    return Alike(node, (Phrase(schema.STEM, long),))
                longs = self._long.get(_key(exact), ())
                if longs and (exact not in self._ordinary or sum(map(str.isupper, written)) >= _CAPITALS):
                    return Alike(node, tuple(Phrase(schema.STEM, long) for long in longs), SYNONYM_WEIGHT)
        return node

    def joined(self, nodes: Sequence[Node], join: Callable[[Sequence[Node]], Node]) -> Iterator[tuple[int, Node]]:
        """
        Yield *nodes*, which stand next to each other in a query, those that make up a long form as one.

        Before each comes how many of them it is. *join* says what several words in a row are without that.
        """
        stems = [_stem(node) for node in nodes]
        place = 0
        while place < len(nodes):
            length = self._longest(stems[place : place + _LONGEST])
            apart = nodes[place : place + length]
            yield length, self._with_short(join(apart), stems[place : place + length]) if length > 1 else apart[0]
            place += length

    def _longest(self, stems: Sequence[str]) -> int:
        """Return how many of *stems*, from the first on, make up the longest known long form; 1 where none does."""
        return next((length for length in range(len(stems), 1, -1) if tuple(stems[:length]) in self._short), 1)

    def _with_short(self, node: Node, long: Sequence[str]) -> Node:
        shorts = self._short[tuple(long)]
        weight = 1.0 if any(self._together.get(short) == tuple(long) for short in shorts) else SYNONYM_WEIGHT
        return Alike(node, tuple(Term(schema.STEM, short) for short in shorts), weight)


def _key(exact: str) -> str:
    """Return under which form the short form *exact* is known: DP3AKB is DPPPAKB."""
    return acronyms.written_out(exact) or exact


def _stem(node: Node) -> str:
    """Return the stem that *node* asks for; nothing if it is no plain word."""
    match node:
        case Alike(word, _):
            return _stem(word)
        case Prefer(Term(schema.STEM, text), _):
            return text
    return ""
