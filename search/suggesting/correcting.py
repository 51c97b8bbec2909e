"""
Did you mean: a query -> the same with its misspelt words corrected, where the index knows these better by far.

A word is doubted only if hardly any article holds it, and believed to be another only if many times as many articles
hold that one; where a title holds it, which editors read again, far more, and only for the likeliest slips. Of several
corrections those are taken that are found together with the other words most. What the reading of a query understands
by itself, as forms of a word, or words written together or apart, is left to it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from math import log

from indexer import schema
from indexer.analysis import Analyzer, chat_forms, fold, function_words
from search.engines import Engine
from search.query import Expansions, Term
from search.query.joining import joined, parted
from search.results import Known
from search.suggesting.mistakes import cost
from search.suggesting.typed_words import TypedWord, typed_words

FAR = 50
"""So many times as many articles must hold a correction as hold what was typed."""

_FAR_FROM_TITLED, _LIKELY = 500, 3.0
"""The same, and the highest cost of the slip, where titles hold what was typed."""

_RARE = 6_000
"""Of so many articles one at most may hold a word that is doubted."""

_KNOWN = 20_000
"""Of so many articles one must hold a correction, at least."""

_SHORTEST, _LONGEST = 4, 24  # letters of a word that is doubted
_TWO_CHANGES = 6  # letters of a word of which two may be wrong
_MOST_WRONG = 4  # words
_LOOKED_AT = 8  # corrections of a word of which it is asked how many titles hold them
_CHOICE = 3  # corrections of a word that are tried
_TRIED = 8  # corrections of a query that are tried


@dataclass(frozen=True, slots=True)
class _Correction:
    """What was meant by a word, and how likely that is, as a logarithm."""

    word: TypedWord
    meant: str
    likelihood: float


_Way = tuple[_Correction, ...]
"""How all wrong words of a query may be corrected."""


@dataclass(frozen=True)
class Corrector:
    """Corrects queries by what the index of *engine* knows; *hits* says how many articles hold all words of a query."""

    analyzer: Analyzer
    engine: Engine
    expansions: Expansions
    hits: Callable[[str], int]

    def corrected(self, text: str) -> str | None:
        """Return the query *text* as it may have been meant, or None: it is right, or nobody knows."""
        rows = typed_words(text)
        wrong = [choice for row in rows for word in self._doubted(row) if (choice := self._choice(word))]
        if not wrong:
            return None
        all_ways: Iterator[_Way] = product(*wrong[:_MOST_WRONG])
        ways = sorted(all_ways, key=_likelihood, reverse=True)[:_TRIED]
        needed = FAR * self.hits(text) if all(self._holding(self._exact(choice[0].word)) for choice in wrong) else 0
        found = {way: hits for way in ways if (hits := self.hits(_replaced(text, way))) > needed}
        if not found:  # where what was typed is found, nothing is found more often by far
            return None if needed else _replaced(text, ways[0])
        is_alone = sum(map(len, rows)) == 1
        return _replaced(text, max(found, key=lambda way: _likelihood(way) + (0 if is_alone else log(found[way]))))

    def _doubted(self, row: Sequence[TypedWord]) -> Iterator[TypedWord]:
        """Yield the words of *row*, which stand next to each other, that may be wrong."""
        doubts = [self._is_doubted(word) for word in row]
        for place, pair in enumerate(pairwise(row)):
            if any(doubts[place : place + 2]) and self._is_one(*pair):
                doubts[place : place + 2] = False, False
        yield from (word for word, is_doubted in zip(row, doubts, strict=True) if is_doubted)

    def _is_doubted(self, word: TypedWord) -> bool:
        written = fold(word.written)
        if not (_SHORTEST <= len(written) <= _LONGEST and written.isascii() and written.isalpha()):
            return False
        if self._holding(written) > self._most_rare:  # as nearly all words; others take longer to look at
            return False
        exact = self._exact(word)
        if self._holding(exact) > self._most_rare or self.analyzer.is_name(exact):
            return False
        return not (exact in function_words() or written in chat_forms() or self.expansions.knows(exact))

    @cached_property
    def _most_rare(self) -> int:
        return self.engine.articles // _RARE

    def _is_one(self, word: TypedWord, other: TypedWord) -> bool:
        """Say whether both are known better when they are written as one, as the reading of the query writes them."""
        first, second = self._exact(word), self._exact(other)
        stem = self.analyzer.read_word(second).stems[0]
        together = max(
            (self.engine.holding(term) for term in joined(first, second, stem, self.engine, None)), default=0
        )
        return together > min(self._holding(first), self._holding(second))

    def _choice(self, word: TypedWord) -> list[_Correction]:
        """Return the likeliest corrections of *word*, the best first; none if it is not wrong."""
        exact = self._exact(word)
        is_titled = self.engine.offering.titled(fold(word.written)) > 0
        far = (_FAR_FROM_TITLED if is_titled else FAR) * self._holding(exact)
        least = max(1, self.engine.articles // _KNOWN, far)
        for changes in (1, 2) if len(exact) >= _TWO_CHANGES and not is_titled else (1,):
            similar = self.engine.offering.similar(exact, changes=changes, least=least)
            costs = {other: cost(exact, other.text) for other in similar if other.text != exact}
            if found := {other: paid for other, paid in costs.items() if paid <= _LIKELY or not is_titled}:
                as_two = self._parted(exact)
                return self._likeliest(word, {other: paid for other, paid in found.items() if other.articles > as_two})
        return []

    def _likeliest(self, word: TypedWord, costs: Mapping[Known, float]) -> list[_Correction]:
        """Return the best corrections of *word* by their *costs*, by the articles and by the titles that hold them."""
        best = sorted(costs, key=lambda other: costs[other] - log(other.articles))[:_LOOKED_AT]
        titled = self.engine.offering.titled
        found = [
            _Correction(word, other.text, (log(other.articles) + log(1 + titled(other.text))) / 2 - costs[other])
            for other in best
        ]
        found.sort(key=lambda one: -one.likelihood)
        is_understood = found and self._stem(self._exact(word)) == self._stem(found[0].meant)
        return [] if is_understood else found[:_CHOICE]

    def _parted(self, exact: str) -> int:
        """Return how many articles hold *exact* written as two words, as the reading of the query writes it."""
        if self.analyzer.is_known(exact):
            return 0
        phrase = parted(self._stem(exact), self.engine, None)
        return self.engine.holding(phrase) if phrase else 0

    def _exact(self, word: TypedWord) -> str:
        return self.analyzer.read_word(fold(word.written)).exact

    def _stem(self, exact: str) -> str:
        return self.analyzer.read_word(exact).stems[0]

    def _holding(self, exact: str) -> int:
        return self.engine.holding(Term(schema.EXACT, exact))


def _likelihood(way: _Way) -> float:
    return sum(one.likelihood for one in way)


def _replaced(text: str, way: _Way) -> str:
    """Return *text* with the corrections of *way*."""
    pieces, cursor = [], 0
    for one in way:
        pieces += [text[cursor : one.word.start], one.word.like(one.meant)]
        cursor = one.word.end
    return "".join([*pieces, text[cursor:]])
