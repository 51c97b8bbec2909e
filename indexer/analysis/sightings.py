"""
Where a text may hold certain words: the pieces of it, runs without white space, that hold one of some hints.

A hint is some letters (see `hints`); the signs within a piece do not count. Pieces that the letters say too little of
are sighted too: those with letters beyond a to z, with figures among letters, or longer than any word.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from indexer.analysis.compiled import texts

SHORT = 2
"""Letters of a hint that counts only where no others stand right before or after it."""

_LONGEST = 96
_SIGNS = r"[^a-z0-9\s]*"
_OLD = f"o{_SIGNS}e|[tds]{_SIGNS}j"
_FOREIGN = re.compile("[\u00aa-\u200f\u202a-\u202f\u2060-\U0010ffff]")
"""Letters, marks and format signs, which may be part of a word; the signs of print are not."""

Mark = tuple[int, int, int]
"""Where something starts and ends, and what it is, as bits."""

Spots = tuple[int, tuple[Mark, ...]]
"""The bits of what a piece holds, and the marks in it."""

Sightings = Callable[[str, tuple[str, ...], bool], list[tuple[int, int]]]
Spotted = Callable[[str, tuple[str, ...], bool, dict[str, Spots], Callable[[str], Spots]], tuple[list[Mark], int]]


def sightings_by_pattern(text: str, hints: tuple[str, ...], wants_figures: bool) -> list[tuple[int, int]]:  # noqa: FBT001 - as compiled
    """
    Return where the pieces of *text* stand that hold one of *hints*, or any figure if one *wants_figures*.

    >>> sightings_by_pattern("Isu per-kawin-an anak", ("kawin",), False)
    [(4, 16)]
    """
    found = {
        _piece(text, match.start())
        for pattern, signs in ((_pattern(hints, wants_figures), _lowered(text)), (_FOREIGN, text))
        for match in pattern.finditer(signs)
    }
    if max(map(len, text.split()), default=0) > _LONGEST:
        found.update(match.span() for match in re.finditer(rf"\S{{{_LONGEST + 1},}}", text))
    return sorted(found)


def spotted_by_pattern(
    text: str,
    hints: tuple[str, ...],
    wants_figures: bool,  # noqa: FBT001 - as compiled
    known: dict[str, Spots],
    read: Callable[[str], Spots],
) -> tuple[list[Mark], int]:
    """
    Return the marks of the pieces of *text* that are sighted, and the bits of all that these hold.

    What is *known* of pieces is not asked for again; *read* says what a piece holds that nothing is known of.
    """
    marks: list[Mark] = []
    held = 0
    for start, end in sightings_by_pattern(text, hints, wants_figures):
        piece = text[start:end]
        if piece not in known:
            known[piece] = read(piece)
        bits, own = known[piece]
        held |= bits
        marks += [(start + first, start + last, mark) for first, last, mark in own]
    return marks, held


@lru_cache(maxsize=256)
def _pattern(hints: tuple[str, ...], wants_figures: bool) -> re.Pattern[str]:  # noqa: FBT001 - a part of the key
    ways = [_SIGNS.join(hint) if len(hint) > SHORT else rf"(?<![a-z]){_SIGNS.join(hint)}(?![a-z])" for hint in hints]
    ways += ["[0-9]" if wants_figures else "[a-z][0-9]+[a-z]", _OLD]
    if any(len(hint) <= SHORT for hint in hints):
        ways += ["#", "[a-z][0-9]"]  # words are told apart by their capitals there
    return re.compile("|".join(ways))


def _lowered(text: str) -> str:
    """Return *text* in small letters, each in its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(sign.lower() if sign.isascii() else sign for sign in text)


def _piece(text: str, place: int) -> tuple[int, int]:
    """Return where the piece of *text* around *place* starts and ends."""
    start = end = place
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


sightings: Sightings = texts.sightings if texts else sightings_by_pattern
"""The same as `sightings_by_pattern`: compiled, where there is a C compiler, in a tenth of the time."""

spotted: Spotted = texts.spotted if texts else spotted_by_pattern
"""The same as `spotted_by_pattern`, compiled where there is a C compiler."""
