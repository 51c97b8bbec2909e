"""
The stemmer: takes a word apart in every way that the affixes allow, and keeps the way whose root the lexicon knows.

A word without such a way is left alone, and so is a word that is itself a root or a name. Where several roots would do,
the likelier one wins: the more frequent one, with fewer affixes taken off and fewer sounds restored.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from math import log
from typing import NamedTuple

from indexer.analysis.affixes import DERIVATIONS, FIRST_PARTS, INNER, PARTICLES, POSSESSIVES, PREFIXES, SUFFIXES, Prefix
from indexer.analysis.lexicon import Lexicon

_SHORTEST_BASE = 3  # letters that must remain when a suffix is off
_MOST_PREFIXES = 3
_FIRST_PART = re.compile(rf"(?:{'|'.join(FIRST_PARTS)})(?=.{{4}})")  # the word that it is written onto is no short one

# What a way costs, in units of the logarithm of a root's count. Set by hand on words of the articles.
_FREQUENCY = 0.35
_PREFIX, _RESTORED, _DERIVATION, _CLITIC = 1.0, 0.7, 0.5, 0.3
_WRITTEN, _DICTIONARY = 0.7, 0.7
_SHORT_ROOT, _INNER_SE = 0.7, 1.5

NASAL = frozenset(("meN-", "peN-"))
"""The affixes that take a sound from the root."""

_VERBAL = ("kan", "i")
_MET_WITH = 12  # passives in running text, at least


class Parse(NamedTuple):
    """
    How a word was taken apart.

    A tuple and no dataclass, as a token is: indexing makes one for each of half a million words.

    *affixes* come in the order in which they were taken off, clitics first; *because* names the list that settled it.
    *parts* are the roots of the words written together in it, by which it is found too: antarlembaga by lembaga.
    """

    word: str
    root: str
    affixes: tuple[str, ...] = ()
    because: str = "left alone"
    parts: tuple[str, ...] = ()

    @property
    def stems(self) -> tuple[str, ...]:
        """The root, then the parts."""
        return (self.root, *self.parts)


class Way(NamedTuple):
    """One way to take a word apart, and what it costs."""

    root: str
    affixes: tuple[str, ...]
    cost: float


class Stemmer:
    """
    Stems by one lexicon, and by an operator's own exceptions (a word and its root), which go before everything.

    Safe to share between threads.
    """

    def __init__(self, lexicon: Lexicon, exceptions: Mapping[str, str] | None = None) -> None:
        """Stem by *lexicon* and *exceptions*."""
        self.lexicon = lexicon
        self.exceptions = {**lexicon.exceptions, **(exceptions or {})}
        self._known = lexicon.written | lexicon.counted

    def stem(self, word: str) -> str:
        """Return the root of *word*, or the word itself; see the function `stem`."""
        return self.parse(word).root

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the terms under which *word* is found: its root, then the roots of words written together in it."""
        return self.parse(word).stems

    def parse(self, word: str) -> Parse:
        """Return how *word* is taken apart."""
        if word in self.exceptions:
            return Parse(word, self.exceptions[word], because="exceptions")
        if word in self.lexicon.names:
            return Parse(word, word, because="names")
        if word in self.lexicon.written:
            return Parse(word, word, because="written roots")
        if part := self._first_part(word):
            return Parse(word, word, because="first parts", parts=(self.stem(word.removeprefix(part)),))
        if word in self.lexicon.counted:
            return Parse(word, word, because="counted roots")
        if word[:2] not in _STARTS and not word.endswith(_ENDINGS):
            return Parse(word, word)
        way = self._likeliest(list(self.ways(word)))
        return Parse(word, way.root, way.affixes, "affixes") if way else Parse(word, word)

    def _likeliest(self, ways: list[Way]) -> Way | None:
        """
        Return the way that costs least; of those that differ in the sound alone that a prefix took, one that is met.

        An active verb hides the sound, its passive shows it: *mengemas* is kemas and not emas, as *dikemas* is met with
        and *diemas* is not.
        """
        best = min(ways, key=lambda way: (way.cost, way.root), default=None)
        if best is None or not NASAL.intersection(best.affixes):
            return best
        rivals = [way for way in ways if way.affixes == best.affixes and way.root != best.root]
        if not rivals or self.passive(best):
            return best
        likely = max(rivals, key=lambda way: (self.passive(way), -way.cost, way.root))
        return likely if self.passive(likely) >= _MET_WITH else best

    def passive(self, way: Way) -> int:
        """Return how often the passive of *way* stands in running text, with its suffix where that is a verb's."""
        own = tuple(suffix for suffix in _VERBAL if f"-{suffix}" in way.affixes)
        return max(self.lexicon.counts.get(f"di{way.root}{suffix}", 0) for suffix in own or ("", *_VERBAL))

    def roots_within(self, word: str) -> set[str]:
        """Return every root to which *word* could be taken apart."""
        return {way.root for way in self.ways(word)}

    def _first_part(self, word: str) -> str | None:
        part = _FIRST_PART.match(word) if word.startswith(FIRST_PARTS) else None
        return part.group() if part and self._stands_alone(word.removeprefix(part.group())) else None

    def _stands_alone(self, rest: str) -> bool:
        return rest in self._known or any(self.ways(rest))

    def ways(self, word: str) -> Iterator[Way]:
        """Yield every way to take *word* apart, that of leaving it alone among them if it is a root."""
        for base, derivation, clitics in _endings(word):
            if base[:2] not in _STARTS and base not in self._known:  # half of the bases; the rest takes longer
                continue
            cost = _CLITIC * len(clitics) + (_DERIVATION if derivation else 0)
            taken = clitics + ((f"-{derivation}",) if derivation else ())
            for root, prefixes, restored in self._roots(base, derivation, ()):
                outer = tuple(f"{prefix.name}-" for prefix in prefixes)
                inner_se = any(prefix.name == "se" for prefix in prefixes[1:])
                extra = _PREFIX * len(prefixes) + _RESTORED * restored + _INNER_SE * inner_se
                yield Way(root, taken + outer, cost + extra - self._likelihood(root, word))

    def _roots(
        self, base: str, derivation: str, prefixes: tuple[Prefix, ...]
    ) -> Iterator[tuple[str, tuple[Prefix, ...], int]]:
        """Yield each root within *base*, the prefixes taken off to get there, and how many sounds were restored."""
        if base in self._known:
            yield base, prefixes, sum(bool(prefix.restored) for prefix in prefixes)
        if len(prefixes) == _MOST_PREFIXES:
            return
        outer = prefixes[-1].name if prefixes else None
        for prefix in _prefixes_of(base):
            if prefix.name in (INNER[outer] if outer else SUFFIXES) and (outer or derivation in SUFFIXES[prefix.name]):
                rest = prefix.restored + base[len(prefix.surface) :]
                yield from self._roots(rest, derivation, (*prefixes, prefix))

    def _likelihood(self, root: str, word: str) -> float:
        known = _WRITTEN * (root in self.lexicon.written) + _DICTIONARY * (self.lexicon.forms.get(word) == root)
        short = _SHORT_ROOT if len(root) <= _SHORTEST_BASE else 0
        return _FREQUENCY * log(self.lexicon.counts.get(root, 0) + 1) + known - short


_ENDINGS = PARTICLES + POSSESSIVES + DERIVATIONS


def _endings(word: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return each base that *word* can have without its endings, with the derivation and the clitics taken off."""
    if not word.endswith(_ENDINGS):
        return [(word, "", ())]
    bases: list[tuple[str, tuple[str, ...]]] = [(word, ())]
    if word.endswith(PARTICLES):
        bases += _without(word, (), PARTICLES)
    bases += [
        shorter
        for base, clitics in bases
        if base.endswith(POSSESSIVES)
        for shorter in _without(base, clitics, POSSESSIVES)
    ]
    whole = [(base, "", clitics) for base, clitics in bases]
    return whole + [
        (base.removesuffix(suffix), suffix, clitics)
        for base, clitics in bases
        if base.endswith(DERIVATIONS)
        for suffix in DERIVATIONS
        if base.endswith(suffix) and len(base) - len(suffix) >= _SHORTEST_BASE
    ]


def _without(word: str, taken: tuple[str, ...], endings: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (word.removesuffix(ending), (*taken, f"-{ending}"))
        for ending in endings
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BASE
    ]


def _by_head() -> Mapping[str, tuple[Prefix, ...]]:
    """Return the prefixes by what a word begins with: their surface and the letter after it."""
    heads: dict[str, tuple[Prefix, ...]] = defaultdict(tuple)
    for prefix in PREFIXES:
        for letter in prefix.before:
            heads[prefix.surface + letter] += (prefix,)
    return dict(heads)


_BY_HEAD = _by_head()
_HEAD_LENGTHS = sorted({len(head) for head in _BY_HEAD})
_STARTS = frozenset(head[:2] for head in _BY_HEAD)


def _prefixes_of(base: str) -> Iterator[Prefix]:
    """Yield each prefix that *base* can begin with."""
    if base[:2] not in _STARTS:
        return
    for length in _HEAD_LENGTHS:
        for prefix in _BY_HEAD.get(base[:length], ()):
            rest = len(base) - length + 1
            if rest > 1 and (prefix.longest is None or rest <= prefix.longest):
                yield prefix


@cache
def default_stemmer() -> Stemmer:
    """Return the stemmer of the project's own lexicon, loaded when it is first asked for."""
    return Stemmer(Lexicon.load())


def stem(word: str) -> str:
    """
    Return the root of *word*, which is lower-case letters; what has no known root is returned as it is.

    >>> stem("memperkuat"), stem("penguatan"), stem("perempuan"), stem("bukunyakah")
    ('kuat', 'kuat', 'perempuan', 'buku')
    """
    return default_stemmer().stem(word)


def stems(word: str) -> tuple[str, ...]:
    """
    Return the terms under which *word* is found: its root, then the roots of words written together in it.

    >>> stems("perkawinan"), stems("antarlembaga")
    (('kawin',), ('antarlembaga', 'lembaga'))
    """
    return default_stemmer().stems(word)
