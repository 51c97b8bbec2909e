"""
Expansion: what else a query asks for. Kalsel is "Kalimantan Selatan", and the other way round.

A short form finds its long form as a phrase, and the words of a long form find the short one. So do words that are
written together or apart (tanggung jawab, tanggungjawab). Nothing of this is in the index.

What the reader typed stays what it is, and what means the same never counts more: see `tree.Alike`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from indexer import schema
from indexer.analysis import LONGEST, Analyzer, ShortForm, acronyms, function_words, read_short_form
from search.query.tree import Alike, Node, Phrase, Prefer, Term
from search.query.vocabulary import Vocabulary

Pair = tuple[str, str]
"""A short form and its long form, as written."""

Definition = tuple[ShortForm, int]
"""A short form with its long form that articles define, and how many of them do."""

SYNONYM_WEIGHT = 0.7
"""What a short form counts where the long one was asked for, or the other way round; the word itself counts 1."""

_MOST = 2  # long forms of a short form; the first that are given
_DEFINED = 50
"""Of so many articles that hold a short form one at least defines it, if it is nothing but a short form."""

_NONE_READY: Mapping[Pair, ShortForm | None] = {}
_CAPITALS = 2  # letters by which a short form is told from a name


class Expansions:
    """Pairs of forms that mean the same."""

    def __init__(
        self,
        pairs: Iterable[Pair],
        analyzer: Analyzer,
        defined: Iterable[Definition] = (),
        ready: Mapping[Pair, ShortForm | None] = _NONE_READY,
    ) -> None:
        """
        Know *pairs*, as *analyzer* reads them, and after them what is *defined*.

        Of a short form the first are believed most. Pairs that are *ready* were read before.
        """
        self._articles: dict[str, int] = {}
        self._long: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._together: dict[str, tuple[str, ...]] = {}
        for pair in pairs:
            form = ready[pair] if pair in ready else read_short_form(*pair, analyzer)
            if form:
                self._add(form)
        for form, articles in defined:
            self._articles.setdefault(form.exact, articles)
            self._add(form)

    def _add(self, form: ShortForm) -> None:
        if form.is_together:
            self._together[form.stem] = form.long
        elif form.long in (longs := self._long[_key(form.exact)]) or len(longs) == _MOST:
            return
        else:
            longs.append(form.long)
        self._short[form.long].append(form.stem)

    def knows(self, exact: str) -> bool:
        """Say whether *exact* is a short form that has a long one."""
        return exact in self._together or _key(exact) in self._long

    def widened(self, node: Node, written: str, vocabulary: Vocabulary) -> Node:
        """
        Return *node*, a word of a query as *written* there, with the long forms that it means.

        Short forms that are ordinary words of *vocabulary* mean theirs only where they are written in capitals.
        """
        match node:
            case Prefer(Term(schema.STEM, stem), Term(schema.EXACT, exact)) if exact not in function_words():
                if long := self._together.get(stem):
                    return Alike(node, (Phrase(schema.STEM, long),))
                longs = self._long.get(_key(exact), ())
                if longs and (sum(map(str.isupper, written)) >= _CAPITALS or not self._is_ordinary(exact, vocabulary)):
                    return Alike(node, tuple(Phrase(schema.STEM, long) for long in longs), SYNONYM_WEIGHT)
        return node

    def _is_ordinary(self, exact: str, vocabulary: Vocabulary) -> bool:
        """
        Say whether *exact* is an ordinary word too, or a name: few of the articles that hold it define it.

        Of the articles with "KPK" one in nine says what it means, of those with "cara" one in thousands.
        """
        articles = self._articles.get(exact)
        return articles is not None and articles * _DEFINED < vocabulary.holding(Term(schema.EXACT, exact))

    def joined(self, nodes: Sequence[Node], join: Callable[[Sequence[Node]], Node]) -> Iterator[tuple[int, Node]]:
        """
        Yield *nodes*, which stand next to each other in a query, those that make up a long form as one.

        Before each comes how many of them it is. *join* says what several words in a row are without that.
        """
        stems = [_stem(node) for node in nodes]
        place = 0
        while place < len(nodes):
            length = self._longest(stems[place : place + LONGEST])
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
