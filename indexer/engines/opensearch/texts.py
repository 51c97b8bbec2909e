"""Texts as the cluster gets them: the terms of our analysis in a row, with blanks between their places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from sys import byteorder

from indexer.analysis import Analyzer
from indexer.analysis.words import Reading
from indexer.engines.opensearch.mapping import EMPTY, STACKED
from indexer.engines.pieces import Found, PieceReader
from indexer.engines.releases.signatures import stem_hash

_KEPT = 800_000  # pieces that are remembered, about 300 MB
_ALL = (1 << 64) - 1

_UNFIT = re.compile(rf"[\s{re.escape(STACKED)}]|^{EMPTY}$")


def fit(term: str) -> str:
    """
    Return *term* without what has a meaning of its own between terms; both who writes and who asks must do so.

    >>> fit("kawin"), fit("a|b"), fit("_")
    ('kawin', 'a%7cb', '%5f')
    """
    return _UNFIT.sub(lambda found: f"%{ord(found.group()):02x}", term)


class Texts:
    """Reads texts, and remembers what their pieces are sent as; for one thread."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read with *analyzer*."""
        self._analyzer = analyzer
        self._begin()

    def _begin(self) -> None:
        self._terms = _Terms([], [], [], [])
        self._pieces = PieceReader(self._analyzer, self._terms.entered)

    def read(self, texts: Sequence[str]) -> "list[Text]":
        """Return *texts*, read; several at once take less time each."""
        if len(self._pieces) > _KEPT:
            self._begin()
        numbers, counts = self._pieces.numbers(texts)
        pieces, ends = numbers.tolist(), accumulate(counts.tolist(), initial=0)
        return [Text(self._terms, pieces[start:end]) for start, end in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What each piece is sent as, by number: its places in both forms, 64 bits of each word, and how many tokens."""

    stems: list[str]
    exact: list[str]
    words: list[bytes]
    tokens: list[int]

    def entered(self, found: Sequence[Found], width: int) -> int:
        """Return a new number, of a piece in which the words *found* take *width* positions."""
        if width == len(found) == 1:  # as in nearly all pieces
            ((_, (exact, stems)),) = found
            return self._added(_place(stems), _place((exact,)), _hashed(stems), 1)
        places: list[list[Reading]] = [[] for _ in range(width)]
        for place, reading in found:
            places[place].append(reading)
        stems_of = [[stem for reading in place for stem in reading.stems] for place in places]
        exact_of = [[reading.exact for reading in place if reading.exact] for place in places]
        hashed = b"".join(map(_hashed, filter(None, stems_of)))
        return self._added("".join(map(_place, stems_of)), "".join(map(_place, exact_of)), hashed, len(found))

    def _added(self, stems: str, exact: str, words: bytes, tokens: int) -> int:
        self.stems.append(stems)
        self.exact.append(stems if exact == stems else exact)  # one string in memory, of names and figures
        self.words.append(words)
        self.tokens.append(tokens)
        return len(self.tokens) - 1


class Text:
    """A text by the numbers of its pieces."""

    def __init__(self, terms: _Terms, pieces: Sequence[int]) -> None:
        """Take *terms* for what its *pieces* are sent as."""
        self._terms, self._pieces = terms, pieces

    def stems(self) -> str:
        """Return the places of the text, each with its stems."""
        return "".join(map(self._terms.stems.__getitem__, self._pieces))[:-1]

    def exact(self) -> str:
        """Return the places of the text, each with its exact form."""
        return "".join(map(self._terms.exact.__getitem__, self._pieces))[:-1]

    def words(self) -> bytes:
        """Return 64 bits of each word, by which copies are told."""
        return b"".join(map(self._terms.words.__getitem__, self._pieces))

    def tokens(self) -> int:
        """Return how many tokens the text has."""
        return sum(map(self._terms.tokens.__getitem__, self._pieces))


def _place(terms: Sequence[str]) -> str:
    """Return a place with *terms* as it is written, with a blank behind it."""
    return f"{STACKED.join(map(fit, terms)) or EMPTY} "


def _hashed(stems: Sequence[str]) -> bytes:
    """Return the 64 bits by which copies are told of a word of these *stems*."""
    return (sum(map(stem_hash, stems)) & _ALL).to_bytes(8, byteorder)
