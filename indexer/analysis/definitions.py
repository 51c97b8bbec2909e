"""Acronyms that a text defines itself, as in "Badan Pusat Statistik (BPS)"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.analysis import acronyms
from indexer.analysis.function_words import function_words

_SHORT_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z0-9]{1,11})\)")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_BEFORE = 160  # characters before the bracket in which the long form is looked for
_MOST_WORDS = 14
_LONGEST_RUN = 5  # letters of a word that an acronym takes at most: Dis-kom-info
_LEAST_CAPITALS = 2


class Definition(NamedTuple):
    """
    A short form and the long form that stands before it.

    *short* is as written, *long* in lower case. *is_strict* says that every word of the long form gives its first
    letters; of 3,536 pairs that do not belong together one passes for strict, of those that are not strict a hundredth.
    """

    short: str
    long: str
    is_strict: bool


def definitions(text: str) -> Iterator[Definition]:
    """
    Yield the acronyms that *text* defines.

    >>> [tuple(d) for d in definitions("Badan Pusat Statistik (BPS) dan Dinas Pendidikan (Disdik) hadir")]
    [('BPS', 'badan pusat statistik', True), ('Disdik', 'dinas pendidikan', False)]
    """
    for bracket in _SHORT_IN_BRACKETS.finditer(text):
        short = bracket[1]
        if sum(letter.isupper() for letter in short) < _LEAST_CAPITALS and len(short) <= _LONGEST_RUN:
            continue
        before = text[max(0, bracket.start() - _BEFORE) : bracket.start()].rpartition("\n")[2]
        words = _WORD.findall(before.lower())[-_MOST_WORDS:]
        letters = acronyms.written_out(short.lower()) or short.lower()
        if (strict := _strictly(letters, words)) and len(strict) > 1:
            yield Definition(short, " ".join(strict), is_strict=True)
        elif loose := _loosely(letters, words):
            yield Definition(short, " ".join(loose), is_strict=False)


def _strictly(letters: str, words: list[str]) -> list[str] | None:
    """Return the last of *words* whose first letters make up *letters*, function words left out or not; or None."""
    if not letters:
        return []
    if not words:
        return None
    *rest, last = words
    for length in range(min(_LONGEST_RUN, len(letters)), 0, -1):
        if last.startswith(letters[-length:]) and (found := _strictly(letters[:-length], rest)) is not None:
            return [*found, last]
    if last in function_words() and rest and (found := _strictly(letters, rest)):
        return [*found, last]
    return None


def _loosely(letters: str, words: list[str]) -> list[str] | None:
    """Return the fewest last *words* that hold *letters* in order, the first letter at the head of the first word."""
    for count in range(2, min(len(words), 2 * len(letters)) + 1):
        tail = words[-count:]
        if tail[0][0] == letters[0] and _holds(" ".join(tail), letters):
            return tail
    return None


def _holds(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
