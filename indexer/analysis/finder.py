"""
Where some terms stand in a text, found without reading all of it.

A text falls into pieces, runs without white space, or written dates with what is written onto them: the chunks of its
pieces are those of the text. Only the pieces that hold a hint to one of the terms are read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Protocol

from indexer.analysis.compiled import texts
from indexer.analysis.dates import MONTH_NAMES
from indexer.analysis.sightings import Mark, Spots, sightings, spotted
from indexer.analysis.tokens import Token

_REST = rf"\s(?i:{MONTH_NAMES})\.?\s[12][0-9]{{3}}"
_DATED = re.compile(rf"[0-9]{_REST}")
_PIECE = re.compile(rf"\S+(?:(?<=[0-9]){_REST}\S*)*")
_DATED_PIECE = re.compile(rf"\S*[0-9]{_REST}\S*(?:(?<=[0-9]){_REST}\S*)*")
_AROUND = ".,\"():;?!“”‘’…–—-[]%*'/"  # what no chunk begins or ends with

_MOST_HINTS = 400
"""Hints to look for in a text; where there are more, reading it takes no longer."""

Test = Callable[[str], object]
"""What says whether an exact form is asked for, by any true value."""

Place = tuple[int, int]


class Reader(Protocol):
    """What reads the pieces of a text: an analyzer."""

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of *text*."""

    def read(self, chunk: str) -> tuple[Token, ...]:
        """Return the tokens of a single chunk."""

    def positions(self, piece: str) -> int:
        """Return how many positions *piece* takes."""

    def hints(self, term: str) -> frozenset[str]:
        """Return what a piece must hold to have *term* in it."""


def pieces(text: str) -> list[str]:
    """
    Return the pieces of *text*.

    >>> pieces("Pada 12 Mei 2025, (isu-isu)")
    ['Pada', '12 Mei 2025,', '(isu-isu)']
    """
    return _PIECE.findall(text) if _DATED.search(text) else text.split()  # a split takes half the time


class Finder:
    """Finds the tokens that one query is about, in any number of texts; for one thread."""

    def __init__(
        self,
        reader: Reader,
        terms: Iterable[str],
        tests: Sequence[Test] = (),
        *,
        hints: Iterable[str] | None = (),
        runs: Iterable[Iterable[str]] = (),
    ) -> None:
        """
        Find tokens that have one of *terms* as stem or exact form, or whose exact form passes one of *tests*.

        *hints* are those to all that pass a test, None if there are none: then every piece is read. Positions are right
        only in a text that has all terms of one of *runs*: to count them takes longer than to find the tokens.
        """
        self._reader = reader
        self._terms = set(terms)
        self._tests = tests
        self._runs = list(map(set, runs))
        self._wants_figures = any(map(_has_figure, self._terms)) or any(map(_has_figure, hints or ()))
        found = frozenset(hints or ()).union(*map(reader.hints, self._terms))
        self._hints = None if hints is None or len(found) > _MOST_HINTS else tuple(sorted(found))
        self._tokens: dict[str, list[Token]] = {}

    def tokens(self, text: str) -> list[Token]:
        """
        Return the tokens of *text* that are asked for, as the analysis of the whole text gives them.

        Positions count from the first of them.
        """
        found = [(place, tokens) for place in self._places(text) if (tokens := self._read(text[place[0] : place[1]]))]
        before = self._positions_before(text, found)
        return [
            Token(position + at, start + first, start + last, exact, stems)
            for ((start, _), tokens), position in zip(found, before, strict=True)
            for at, first, last, exact, stems in tokens
        ]

    def spotted(
        self, text: str, known: dict[str, Spots], spots: Callable[[list[Token]], Spots]
    ) -> tuple[list[Mark], int] | None:
        """
        Return the marks in *text*, and the bits of all that its pieces hold, as *spots* says of a piece's tokens.

        What is *known* of pieces is not asked for again. None where a text has to be read by its tokens: where all of
        it is looked at, or where it has written dates and figures are looked for.
        """
        if self._hints is None or (self._wants_figures and _DATED.search(text)):
            return None
        return spotted(text, self._hints, self._wants_figures, known, lambda piece: spots(self._read(piece)))

    def _places(self, text: str) -> list[Place]:
        """Return where the pieces stand that may hold what is asked for."""
        if self._hints is None:
            return [match.span() for match in _PIECE.finditer(text)]
        places = sightings(text, self._hints, self._wants_figures)
        return _with_dates(text, places) if self._wants_figures and _DATED.search(text) else places

    def _read(self, piece: str) -> list[Token]:
        """Return the tokens of *piece* that are asked for."""
        tokens = self._tokens.get(piece)
        if tokens is None:
            tokens = self._tokens[piece] = [token for token in self._analyzed(piece) if self._is_asked(token)]
        return tokens

    def _analyzed(self, piece: str) -> Iterable[Token]:
        word = piece.strip(_AROUND)
        if not word.isalpha():
            return self._reader.analyze(piece)
        start = piece.index(word)  # a single chunk: what finds the chunks takes longer than to read a known one
        return [
            Token(0, start + first, start + last, exact, stems)
            for _, first, last, exact, stems in self._reader.read(word)
        ]

    def _is_asked(self, token: Token) -> bool:
        if token.exact in self._terms or not self._terms.isdisjoint(token.stems):
            return True
        return any(test(token.exact) for test in self._tests)

    def _positions_before(self, text: str, found: Sequence[tuple[Place, list[Token]]]) -> Iterable[int]:
        """Return how many positions there are before each of the places *found*, where that matters."""
        if self._runs and found:
            terms = {term for _, tokens in found for token in tokens for term in (token.exact, *token.stems)}
            if any(map(terms.issuperset, self._runs)):
                return self._counted(text, [place for place, _ in found])
        return repeat(0, len(found))

    def _counted(self, text: str, places: list[Place]) -> Iterator[int]:
        positions = positions_by_piece if _DATED.search(text) else _positions
        count, past = 0, places[0][0]
        for start, end in places:
            count += positions(text, past, start, _AROUND, self._reader.positions)
            yield count
            count += self._reader.positions(text[start:end])
            past = end


def positions_by_piece(text: str, start: int, end: int, around: str, read: Callable[[str], int]) -> int:
    """
    Return how many positions the pieces of *text* from *start* to *end* take, without the signs *around* them.

    Of these none is a letter or a figure. Letters alone take one; *read* says how many others do.
    """
    bare = [piece.strip(around) for piece in pieces(text[start:end])]
    return sum(1 if piece.isalpha() else read(piece) for piece in bare)


_positions: Callable[[str, int, int, str, Callable[[str], int]], int] = texts.positions if texts else positions_by_piece
"""The same as `positions_by_piece` in a text without written dates, compiled where there is a C compiler."""


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))


def _with_dates(text: str, places: list[Place]) -> list[Place]:
    """Return *places*, those within a written date as part of one that is all of it."""
    dates = [match.span() for match in _DATED_PIECE.finditer(text)]
    others = [place for place in places if not any(start <= place[0] < end for start, end in dates)]
    return sorted([*others, *dates])
