"""Doubled words: anak-anak is anak once, berlari-lari is lari, sayur-mayur is sayur."""

from functools import cache

from indexer.analysis.affixes import DERIVATIONS, POSSESSIVES
from indexer.analysis.data import rows
from indexer.analysis.stemmer import stem

_LEAST_SHARED = 3  # letters of a stem that both halves must share to be one word doubled


def reduplicated(first: str, second: str) -> str | None:
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
    return _within(first, second) or _within(second, first)


def _within(longer: str, shorter: str) -> str | None:
    """Return the root where one half stands within the other, as in meniru-nirukan and tolong-menolong."""
    if len(shorter) < _LEAST_SHARED or (not longer.endswith(shorter) and shorter[:-1] not in longer):
        bare = _without_endings(shorter)
        return stem(longer) if len(bare) >= _LEAST_SHARED and longer.endswith(bare) and stem(longer) != longer else None
    return stem(longer) if longer.endswith(shorter) and stem(longer) != longer else None


def _without_endings(word: str) -> str:
    for ending in (*POSSESSIVES, *DERIVATIONS):
        if word.endswith(ending):
            return word.removesuffix(ending)
    return word


@cache
def _written() -> dict[tuple[str, str], str]:
    """Return the irregular doubled words, by their halves, with their roots."""
    return {(row[0], row[1]): row[2] for row in rows("doubled")}
