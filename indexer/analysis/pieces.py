"""
Where some terms stand in a text, found without reading all of it again.

A text falls into pieces, runs without white space, or written dates with what is written onto them: the chunks of its
pieces are those of the text. Nearly all pieces of a text were met before, and which of them hold a term is remembered:
what is left is to look for these among the pieces, which takes no line of Python for each of them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, compress, count, repeat

from indexer.analysis.dates import MONTH_NAMES
from indexer.analysis.tokens import Token

KNOWN_PIECES = 1 << 17
"""Pieces remembered, about 45 MB when full; with half as many, a mixed lot of answers takes twice the time to mark."""

_MOST_CHARACTERS = 16  # of a piece on average, twice what texts have: for strangers may send texts of a single piece

_REST = rf"\s(?i:{MONTH_NAMES})\.?\s[12][0-9]{{3}}"
_DATED = re.compile(rf"[0-9]{_REST}")
_PIECE = re.compile(rf"\S+(?:(?<=[0-9]){_REST}\S*)*")
_AROUND = '.,"():'  # what no chunk begins or ends with; without it a third fewer pieces are distinct

Read = Callable[[str], list[Token]]
Test = Callable[[str], object]
"""What says whether an exact form is asked for, by any true value."""


def pieces(text: str) -> list[str]:
    """
    Return the pieces of *text*.

    >>> pieces("Pada 12 Mei 2025, (isu-isu)")
    ['Pada', '12 Mei 2025,', '(isu-isu)']
    """
    return _PIECE.findall(text) if _DATED.search(text) else text.split()  # a split takes half the time


def bare(found: Iterable[str]) -> list[str]:
    """
    Return the pieces *found* without most of the signs around them; they have the same chunks.

    >>> bare(["(isu-isu)", "desa,"])
    ['isu-isu', 'desa']
    """
    return list(map(str.strip, found, repeat(_AROUND)))


class KnownPieces:
    """
    The bare pieces met so far, and which of them hold a term; safe to share between threads.

    Pieces are only ever added, each after its terms: who sees a piece here sees it under its terms too.
    """

    def __init__(self, read: Read, read_once: Read) -> None:
        """Begin with none; *read* gives the tokens of a piece, *read_once* does and remembers nothing."""
        self.read = read
        self._read_once = read_once
        self.pieces: set[str] = set()
        """Those that are known; a set, which is asked for many at a time in three quarters of the time."""
        self.forms: dict[str, str] = {}
        """The exact forms of each piece, parted by blanks."""
        self.widths: dict[str, int] = {}
        """How many positions a piece takes, where that is not one."""
        self._holding: dict[str, list[str]] = {}
        self._characters = 0

    @property
    def is_full(self) -> bool:
        """Say whether it is time to begin anew."""
        return len(self.pieces) >= KNOWN_PIECES or self._characters >= KNOWN_PIECES * _MOST_CHARACTERS

    def learn(self, found: Iterable[str]) -> None:
        """Read those of the pieces *found* that are new."""
        for piece in found:
            if piece not in self.pieces:
                self._add(piece, self._read_once(piece))

    def holding(self, terms: Iterable[str]) -> set[str]:
        """Return the pieces that hold one of *terms*, be it as a stem or as an exact form."""
        return set().union(*(self._holding.get(term, ()) for term in terms))

    def _add(self, piece: str, tokens: list[Token]) -> None:
        for term in {term for token in tokens for term in (token.exact, *token.stems)}:
            self._holding.setdefault(term, []).append(piece)
        width = max((token.position for token in tokens), default=-1) + 1
        if width != 1:
            self.widths[piece] = width
        self.forms[piece] = " ".join([token.exact for token in tokens])
        self._characters += len(piece)
        self.pieces.add(piece)


class Finder:
    """Finds the tokens that one query is about, in any number of texts; for one thread."""

    def __init__(
        self, known: KnownPieces, terms: Iterable[str], tests: Sequence[Test] = (), *, in_order: bool = True
    ) -> None:
        """
        Find tokens that have one of *terms* as stem or exact form, or whose exact form passes one of *tests*.

        Their positions are right only if *in_order* asks for them, which takes a tenth of the time.
        """
        self._known = known
        self._terms = set(terms)
        self._tests = tests
        self._in_order = in_order
        self._holding: set[str] = set()
        self._count = 0  # of the pieces known when these were asked for
        self._tested: set[str] = set()
        self._tokens: dict[str, list[Token]] = {}

    def tokens(self, text: str) -> list[Token]:
        """
        Return the tokens of *text* that are asked for, as the analysis of the whole text gives them.

        A few others may be among them: those that stand in one piece with these.
        """
        whole = pieces(text)
        found = bare(whole)
        known = self._known
        if not known.pieces.issuperset(found):
            known.learn(found)
        numbers = list(compress(count(), map(self._wanted(found).__contains__, found)))
        if not numbers:
            return []
        starts = _starts(text, whole, numbers)
        before = self._positions(found, numbers)
        return [
            Token(position + place, start + first, start + last, exact, stems)
            for number, start, position in zip(numbers, starts, before, strict=True)
            for place, first, last, exact, stems in self._read(whole[number])
        ]

    def _wanted(self, found: list[str]) -> set[str]:
        """Return the pieces met so far that are asked for, all those of *found* among them."""
        if self._tests:
            self._test(found)
        if len(self._known.pieces) != self._count:
            self._count = len(self._known.pieces)
            self._holding = self._known.holding(self._terms)
        return self._holding

    def _test(self, found: list[str]) -> None:
        """Ask for those exact forms in *found* too that pass a test."""
        new = set(found) - self._tested
        self._tested |= new
        forms = " ".join(map(self._known.forms.__getitem__, new)).split()
        passing = {form for test in self._tests for form in filter(test, forms)} - self._terms
        if passing:
            self._terms |= passing
            self._holding |= self._known.holding(passing)

    def _positions(self, found: list[str], numbers: list[int]) -> Iterable[int]:
        """Return how many positions there are before each of the pieces of *numbers*."""
        if not self._in_order:
            return numbers
        ends = list(accumulate(map(self._known.widths.get, found, repeat(1)), initial=0))
        return map(ends.__getitem__, numbers)

    def _read(self, piece: str) -> list[Token]:
        tokens = self._tokens.get(piece)
        if tokens is None:
            tokens = self._tokens[piece] = self._known.read(piece)
        return tokens


def _starts(text: str, whole: list[str], numbers: list[int]) -> Iterable[int]:
    """Return where each of the pieces of *numbers* among all those of *text*, the *whole*, starts."""
    ends = list(accumulate(map(len, whole)))
    if ends[-1] + len(whole) == len(text) + 1:  # one sign between any two, as nearly always
        return (ends[n] + n - len(whole[n]) for n in numbers)
    starts, place = [], 0
    for piece in whole:
        starts.append(place := text.index(piece, place))
        place += len(piece)
    return map(starts.__getitem__, numbers)
