"""
Expansion: what else a query asks for. Kalsel is "Kalimantan Selatan", and the other way round.

A short form finds its long form as a phrase, and the words of a long form find the short one. So do words that are
written together or apart (tanggung jawab, tanggungjawab), and an editor's synonyms. Nothing of this is in the index.

What the reader typed stays what it is, and what means the same never counts more: see `tree.Alike`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy

from indexer import schema
from indexer.analysis import LONGEST, Analyzer, ShortForm, acronyms, function_words, read_short_form
from search.query.synonyms import NO_SYNONYMS, Stems, Synonyms
from search.query.tree import Alike, AnyOf, Meaning, Node, Phrase, Prefer, Term
from search.query.vocabulary import Vocabulary, is_rarer

Pair = tuple[str, str]
"""A short form and its long form, as written."""

Definition = tuple[ShortForm, int]
"""A short form with its long form that articles define, and how many of them do."""

SYNONYM_WEIGHT = 0.7
"""What a short form counts where the long one was asked for, or a synonym; the word itself counts 1."""

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
        self._synonyms = NO_SYNONYMS
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

    def with_synonyms(self, synonyms: Synonyms) -> "Expansions":
        """Return the same pairs, and *synonyms*; they share what both know."""
        if synonyms is self._synonyms:
            return self
        wider = copy(self)
        wider._synonyms = synonyms  # noqa: SLF001 - one of this class
        return wider

    def knows(self, exact: str) -> bool:
        """Say whether *exact* is a short form that has a long one, or a word that has synonyms."""
        return exact in self._together or _key(exact) in self._long or exact in self._synonyms.words

    def widened(self, node: Node, written: str, vocabulary: Vocabulary) -> Node:
        """
        Return *node*, a word of a query as *written* there, with the long forms that it means, and its synonyms.

        Short forms that are ordinary words of *vocabulary* mean theirs only where they are written in capitals.
        """
        return self._with_synonyms(self._with_long(node, written, vocabulary), (_stem(node),))

    def _with_long(self, node: Node, written: str, vocabulary: Vocabulary) -> Node:
        match node:
            case Prefer(Term(schema.STEM, stem), Term(schema.EXACT, exact)) if exact not in function_words():
                if long := self._together.get(stem):
                    apart = Phrase(schema.STEM, long)
                    return Alike(node, (apart,), is_unusual=is_rarer(Term(schema.STEM, stem), apart, vocabulary))
                longs = self._long.get(_key(exact), ())
                if longs and (sum(map(str.isupper, written)) >= _CAPITALS or not self._is_ordinary(exact, vocabulary)):
                    meant = tuple(Phrase(schema.STEM, long) for long in longs)
                    return Alike(node, meant, SYNONYM_WEIGHT, Meaning.SHORT_FORM)
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
        Yield *nodes*, which stand next to each other in a query, those that mean something together as one.

        Before each comes how many of them it is. *join* says what several words in a row are without that.
        """
        stems = [_stem(node) for node in nodes]
        place = 0
        while place < len(nodes):
            length = self._longest(stems[place : place + LONGEST])
            apart, own = nodes[place : place + length], tuple(stems[place : place + length])
            yield length, self._together_meant(join(apart), own) if length > 1 else apart[0]
            place += length

    def _longest(self, stems: Sequence[str]) -> int:
        """Return how many of *stems*, from the first on, make up the longest that is known; 1 where none does."""
        return next((length for length in range(len(stems), 1, -1) if self._is_known(tuple(stems[:length]))), 1)

    def _is_known(self, stems: Stems) -> bool:
        return stems in self._short or (len(stems) <= self._synonyms.longest and bool(self._synonyms.of(stems)))

    def _together_meant(self, node: Node, stems: Stems) -> Node:
        """Return *node*, several words with these *stems*, with the short forms that they have, and their synonyms."""
        if stems in self._short:
            shorts = self._short[stems]
            others = tuple(Term(schema.STEM, short) for short in shorts)
            if any(self._together.get(short) == stems for short in shorts):
                node = Alike(node, others)
            else:
                node = Alike(node, others, SYNONYM_WEIGHT, Meaning.SHORT_FORM)
        return self._with_synonyms(node, stems)

    def _with_synonyms(self, node: Node, stems: Stems) -> Node:
        found = self._synonyms.of(stems)
        others = tuple(Phrase(schema.STEM, one) if len(one) > 1 else Term(schema.STEM, one[0]) for one in found)
        return Alike(node, others, SYNONYM_WEIGHT, Meaning.SYNONYM) if others else node


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
        case AnyOf((Prefer(Term(schema.STEM, text), _), *_, Phrase())):  # COVID-19, which is covid and 19 too
            return text
    return ""
