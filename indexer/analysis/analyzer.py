"""The recipe: text -> chunks -> tokens. Each distinct chunk is read once and remembered."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from indexer.analysis import acronyms, dates, numbers
from indexer.analysis.characters import HYPHENS, fold
from indexer.analysis.reduplication import reduplicated
from indexer.analysis.stemmer import stems as _stems
from indexer.analysis.tokenizer import PARTS, chunks
from indexer.analysis.tokens import Token

CACHED_CHUNKS = 1 << 17
"""Chunks remembered, about 40 MB when full; 24.8 million running words hold some 600,000 distinct ones."""

_BOUND = frozenset(
    "anti antar ber bi di e eks ekstra ke mem men meng me multi non nge pan para pasca pe pem pen peng pra pro"
    " re semi sub supra swa ter tri tuna ultra".split()
)
_CLITICS = frozenset(("nya", "ku", "mu", "lah", "kah", "tah", "pun"))
_TOP_LEVELS = frozenset("com id org net go co ac sch info gov edu web tv io my sg example".split())

_SEPARATE = re.compile(r"[/,:&+_]")
_HYPHEN = re.compile(f"[{HYPHENS}]")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PLURAL_2 = re.compile(r"([a-z]{3,})2")
_WITH_NUMBER = re.compile(r"([a-z]{3,})(\d{1,4})")

Place = tuple[int, int]
"""Where a chunk stands: the code point at which it starts, and the position of its first word."""


class Analyzer:
    """
    Turns Indonesian text into tokens; safe to share between threads.

    *stems* maps a folded word to the terms under which it is found, the first being the one to look for. Readers and
    writers of one index must use the same.
    """

    def __init__(self, stems: Callable[[str], tuple[str, ...]] = _stems) -> None:
        """Read with the stemmer *stems*."""
        self._stems = stems
        self.read = lru_cache(maxsize=CACHED_CHUNKS)(self._read)
        """Return the tokens of one chunk, places counted from its start."""

    def analyze(self, text: str) -> list[Token]:
        """
        Return the tokens of *text* in the order of their places.

        >>> [(t.exact, t.stems) for t in Analyzer().analyze("Perkawinan anak-anak")]
        [('perkawinan', ('kawin',)), ('anak-anak', ('anak',))]
        """
        found: list[Token] = []
        position = 0
        for start, chunk in chunks(text):
            tokens = self.read(chunk)
            found += _moved(tokens, start, position)
            position += _width(tokens)
        return found

    def _read(self, chunk: str) -> tuple[Token, ...]:
        return tuple(self._tokens(chunk))

    def _tokens(self, chunk: str) -> Iterable[Token]:
        if chunk.isalpha():
            return self._word(chunk)
        if value := dates.day(chunk):
            return [_whole(chunk, value, value), *self._parts(chunk, PARTS)]
        if value := dates.time(chunk) or numbers.number(chunk):
            return [_whole(chunk, value, *dict.fromkeys((value, value.partition(".")[0])))]
        if sum_of_money := numbers.money(chunk):
            return self._in_a_row([(0, sum_of_money[0]), (len(sum_of_money[0]), sum_of_money[1])])
        if chunk.startswith("#"):
            return self._whole_and_parts(chunk, _CAMEL)
        if _SEPARATE.search(chunk):
            return self._in_a_row(_split(chunk, _SEPARATE))
        if _is_address(chunk):
            return self._whole_and_parts(chunk, PARTS)
        if "." in chunk:
            return self._dotted(chunk)
        if _HYPHEN.search(chunk):
            return self._hyphenated(chunk)
        return self._word(chunk)

    def _word(self, surface: str) -> Iterable[Token]:
        word = fold(surface)
        if not word:
            return []
        if word.isalpha():
            return [_whole(surface, word, *self._stems(word))]
        if repeated := _PLURAL_2.fullmatch(word):
            return [_whole(surface, f"{repeated[1]}-{repeated[1]}", *self._stems(repeated[1]))]
        if letters := acronyms.written_out(word):
            return [_whole(surface, word, *((letters,) if acronyms.is_certain(word) else (word, letters)))]
        if _WITH_NUMBER.fullmatch(word) and len(word) == len(surface):
            return self._whole_and_parts(surface, _CAMEL)
        return [_whole(surface, word, word)]

    def _hyphenated(self, chunk: str) -> Iterable[Token]:
        pieces = _split(chunk, _HYPHEN)
        first, *_, last = words = [fold(piece) for _, piece in pieces]
        joined = "".join(words)
        if len(pieces) == 2 and (root := reduplicated(first, last)):  # noqa: PLR2004 - two halves
            return [_whole(chunk, f"{first}-{last}", root)]
        if last in _CLITICS:
            return self._as_one(chunk, pieces[:-1], exact=joined)
        if first == "ke" and (ordinal := _ordinal(pieces[-1][1])):
            return [_whole(chunk, f"ke-{ordinal}", ordinal, last)]
        if first == "se":
            return self._as_one(chunk, pieces[1:])
        if first in _BOUND:
            return self._as_one(chunk, pieces[1:], exact=joined)
        return [_whole(chunk, joined, joined), *self._in_a_row(pieces)] if joined else []

    def _dotted(self, chunk: str) -> Iterable[Token]:
        pieces = _split(chunk, re.compile(r"\."))
        if all(len(piece) == 1 for _, piece in pieces[:-1]) and len(pieces[-1][1]) <= 2:  # noqa: PLR2004 - S.H., M.Si.
            return self._word(chunk)
        return self._in_a_row(pieces)

    def _as_one(self, chunk: str, pieces: list[tuple[int, str]], exact: str = "") -> Iterable[Token]:
        """Read the *pieces* of a chunk, and give the first of their tokens the whole chunk as its place."""
        tokens = list(self._in_a_row(pieces))
        if not tokens:
            return []
        head, *rest = tokens
        return [
            head._replace(start=0, end=len(chunk) if not rest else head.end, exact=exact or head.exact),
            *rest,
        ]

    def _whole_and_parts(self, chunk: str, parts: re.Pattern[str]) -> Iterable[Token]:
        exact = fold(chunk) if chunk.startswith("#") or "." not in chunk else chunk.lower()
        tokens = list(self._parts(chunk, parts))
        return [_whole(chunk, exact, exact), *(tokens if _width(tokens) > 1 else ())]

    def _parts(self, chunk: str, parts: re.Pattern[str]) -> Iterator[Token]:
        return self._in_a_row((match.start(), match.group()) for match in parts.finditer(chunk))

    def _in_a_row(self, pieces: Iterable[tuple[int, str]]) -> Iterator[Token]:
        position = 0
        for start, piece in pieces:
            tokens = self.read(piece)
            yield from _moved(tokens, start, position)
            position += _width(tokens)


def _whole(chunk: str, exact: str, *stems: str) -> Token:
    return Token(0, 0, len(chunk), exact, stems)


def _moved(tokens: Iterable[Token], start: int, position: int) -> Iterator[Token]:
    for place, first, last, exact, stems in tokens:
        yield Token(place + position, first + start, last + start, exact, stems)


def _width(tokens: Iterable[Token]) -> int:
    """Return how many positions *tokens* take."""
    return max((token.position for token in tokens), default=-1) + 1


def _split(chunk: str, at: re.Pattern[str]) -> list[tuple[int, str]]:
    """Return the pieces of *chunk* between the signs *at*, each with its start."""
    pieces, start = [], 0
    for sign in at.finditer(chunk):
        pieces.append((start, chunk[start : sign.start()]))
        start = sign.end()
    return [(begin, piece) for begin, piece in [*pieces, (start, chunk[start:])] if piece]


def _ordinal(numeral: str) -> str | None:
    if numeral.isdecimal():
        return numeral
    value = numbers.roman(numeral)
    return str(value) if value else None


def _is_address(chunk: str) -> bool:
    """Say whether *chunk* is a host name or a mail address: its last label is a known top level."""
    return "." in chunk and chunk.rpartition(".")[2] in _TOP_LEVELS


_DEFAULT = Analyzer()


def analyze(text: str) -> list[Token]:
    """
    Return the tokens of *text* by the project's own word lists, in the order of their places.

    Any string will do: what is neither letter nor digit is passed over. No term is empty or holds white space,
    and every span lies within *text*.
    """
    return _DEFAULT.analyze(text)
