"""Doubled words: anak-anak is anak once, berlari-lari is lari, sayur-mayur is sayur."""

from collections.abc import Callable
from functools import cache

from indexer.analysis.affixes import DERIVATIONS, POSSESSIVES
from indexer.analysis.data import rows
from indexer.analysis.stemmer import stem

Stem = Callable[[str], str]

_LEAST_SHARED = 3  # letters of a stem that both halves must share to be one word doubled


def reduplicated(first: str, second: str, stem: Stem = stem) -> str | None:
    """
    Return the root of the doubled word *first*-*second*, or None where the two are different words.

    Both are folded. Some doubled words mean something else than their half, and keep the hyphen: undang-undang (law)
    does not meet undang (to invite).

    >>> reduplicated("anak", "anak"), reduplicated("berlari", "lari"), reduplicated("jakarta", "bandung")
    ('anak', 'lari', None)
    """
    if written := _written().get((first, second)):
        return written
    one, other = stem(first), stem(second)
    if lexical := _written().get((one, other)):
        return lexical
    if one == other and len(one) > 1:
        return one
    return _within(first, second, stem) or _within(second, first, stem)


def is_pair(first: str, second: str) -> bool:
    """
    Say whether *first*-*second* is a doubled word by the written list.

    >>> is_pair("sayur", "mayur"), is_pair("anak", "cucu")
    (True, False)
    """
    return (first, second) in _written()


def _within(longer: str, shorter: str, stem: Stem) -> str | None:
    """Return the root where one half closes the other, as in meniru-nirukan."""
    if not (_closes(longer, shorter) or _closes(longer, _without_endings(shorter))):
        return None
    root = stem(longer)
    return root if root != longer else None


def _closes(longer: str, tail: str) -> bool:
    return longer.endswith(tail) and len(tail) >= _LEAST_SHARED


def _without_endings(word: str) -> str:
    for ending in (*POSSESSIVES, *DERIVATIONS):
        if word.endswith(ending):
            return word.removesuffix(ending)
    return word


@cache
def _written() -> dict[tuple[str, str], str]:
    """Return the irregular doubled words, by their halves, with their roots."""
    return {(row[0], row[1]): row[2] for row in rows("doubled")}
