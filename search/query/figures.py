"""
Figures, however they are written: 2, II, dua, kedua, ke-2.

Between one word and the next a figure means the same in each of these ways, so that "perang dunia 2" is "Perang Dunia
II" and "Perang Dunia Kedua"; alone it does not, for "dua" stands everywhere.
"""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.numbers import roman

_ONES = "satu dua tiga empat lima enam tujuh delapan sembilan".split()
_TEN, _MOST = 10, 39
"""Roman figures are read up to 39, as texts are."""

_NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CARDINALS = {**{word: n for n, word in enumerate(_ONES, 1)}, "sepuluh": 10, "sebelas": 11}
_ORDINALS = {"pertama": 1, **{f"ke{word}": n for word, n in _CARDINALS.items()}}
_ORDINAL_SIGN = "ke-"


class Figure(NamedTuple):
    """A figure that some words write: how many *words*, its *value*, and whether it says which one in a row."""

    words: int
    value: int
    is_ordinal: bool


def figure(words: Sequence[str]) -> Figure | None:
    """
    Return the figure that the folded *words* begin with, or None.

    >>> figure(["2"]), figure(["kedua", "puluh", "satu"]), figure(["ii"]), figure(["desa"])
    (Figure(words=1, value=2, is_ordinal=False), Figure(words=3, value=21, is_ordinal=True), \
Figure(words=1, value=2, is_ordinal=True), None)
    """
    first, *rest = words
    if (value := _ordinal(first)) is not None:
        return _grown(value, rest, is_ordinal=True)
    if first in _CARDINALS:
        return _grown(_CARDINALS[first], rest, is_ordinal=False)
    if first.isdecimal() and len(first) <= len(str(_MOST)) and 0 < int(first) <= _MOST:
        return Figure(1, int(first), is_ordinal=False)
    if value := roman(first.upper()):
        return Figure(1, value, is_ordinal=True)
    return None


def written(value: int) -> tuple[str, ...]:
    """
    Return the ways to write *value* where it says which one in a row.

    >>> written(2), written(21)
    (('2', 'ii', 'kedua', 'dua'), ('21', 'xxi', 'kedua puluh satu', 'dua puluh satu'))
    """
    spelled = _spelled(value)
    ordinals = ("pertama",) if value == 1 else (f"ke{spelled}",)
    return (str(value), _roman(value), *ordinals, spelled)


def counted(value: int) -> tuple[str, ...]:
    """
    Return the ways to write *value* where it says how many.

    >>> counted(15)
    ('15', 'lima belas')
    """
    return str(value), _spelled(value)


def ordinals(word: str) -> tuple[str, ...]:
    """
    Return the exact forms that say the same as the ordinal *word* wherever they stand; none for any other word.

    >>> ordinals("ke-5"), ordinals("kelima"), ordinals("v")
    (('kelima',), ('ke-5',), ())
    """
    value = _ordinal(word)
    forms = (f"{_ORDINAL_SIGN}{value}", f"ke{_spelled(value)}") if value else ()
    return tuple(form for form in forms if form != word and " " not in form)


def _ordinal(word: str) -> int | None:
    number = word.removeprefix(_ORDINAL_SIGN)
    if number != word and number.isdecimal():
        return int(number) if 0 < int(number) <= _MOST else None
    return _ORDINALS.get(word)


def _grown(value: int, rest: Sequence[str], *, is_ordinal: bool) -> Figure | None:
    """Return the figure that begins with *value* and goes on as *rest* does: belas, puluh, and ones."""
    words = 1
    if value < _TEN and rest[:1] == ["belas"]:
        words, value = 2, value + _TEN
    elif value < _TEN and rest[:1] == ["puluh"]:
        ones = _CARDINALS.get(rest[1], _TEN) if len(rest) > 1 else _TEN
        words, value = (3, value * _TEN + ones) if ones < _TEN else (2, value * _TEN)
    return Figure(words, value, is_ordinal) if value <= _MOST else None


def _spelled(value: int) -> str:
    tens, ones = divmod(value, _TEN)
    if tens == 1:
        return {0: "sepuluh", 1: "sebelas"}.get(ones) or f"{_ONES[ones - 1]} belas"
    return " ".join(([f"{_ONES[tens - 1]} puluh"] if tens else []) + ([_ONES[ones - 1]] if ones else []))


def _roman(value: int) -> str:
    letters = ""
    for worth, numeral in _NUMERALS:
        letters += numeral * (value // worth)
        value %= worth
    return letters
