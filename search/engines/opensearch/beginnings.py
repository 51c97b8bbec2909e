"""Words that begin nearly as what was typed, among those that the cluster tells of."""

from collections.abc import Iterable


def begins_nearly(word: str, beginning: str, changes: int) -> bool:
    """
    Say whether *changes* of a letter, or fewer, make a beginning of *word* of *beginning*; the first must be the same.

    A change puts a letter in, takes one out, exchanges one, or swaps two.

    >>> [begins_nearly(word, "bnaji", 1) for word in ("banjir", "bnaj", "panjir", "bandara")]
    [True, True, False, False]
    """
    if word[:1] != beginning[:1] or len(set(beginning) - set(word)) > changes:
        return False
    *_, last = _rows(word[: len(beginning) + changes], beginning)
    return min(last) <= changes


def _rows(word: str, beginning: str) -> Iterable[list[int]]:
    """Yield for each beginning of *beginning*, the empty one first, the changes to each beginning of *word*."""
    before: list[int] = []
    above = list(range(len(word) + 1))
    yield above
    for row, letter in enumerate(beginning, 1):
        here = [row]
        for column, other in enumerate(word, 1):
            least = min(above[column - 1] + (letter != other), above[column] + 1, here[-1] + 1)
            if row > 1 and column > 1 and letter == word[column - 2] and beginning[row - 2] == other:
                least = min(least, before[column - 2] + 1)
            here.append(least)
        before, above = above, here
        yield here
