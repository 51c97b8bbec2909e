"""
Days, laws and sums of money that take several words: the other ways in which a text may write them.

Each is known by its words alone, in the exact forms of the analysis.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from indexer.analysis import dates

NUMBER_WORDS = frozenset(("no", "nomor", "nomer"))
_CURRENCY = {"rp": "rupiah", "idr": "rupiah", "usd": "dolar"}
"""Signs that stand before a sum, with the words that stand after it."""

_YEAR_WORDS = frozenset(("tahun", "thn", "th"))
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_SHORT_SCALES = {"rb": "ribu", "jt": "juta", "milyar": "miliar", "trilyun": "triliun"}
_SHORT_OF = {"ribu": "rb", "juta": "jt"}
_LAWS = ("uu", "ruu", "pp", "per", "kep", "inpres", "qanun", "pmk", "undang", "perundang")
"""What the kinds of laws begin with: perda, perpres, permendagri, keputusan."""

_YEAR = 4  # figures
_NUMBER_AND_YEAR = 3  # words: no 1 2023
_LEAST_SUM = 10_000  # below it, and without a currency, a number is a year or a count
_DAY = 3  # words of a written day


class Reading(NamedTuple):
    """What some words say together: how many *words* they are, and the *others* that say the same."""

    words: int
    others: tuple[str, ...]


def reading(words: Sequence[str], before: str = "") -> Reading | None:
    """
    Return the law or the sum that the first of *words*, exact forms, name, or None; *before* is the word before them.

    >>> reading(["no", "1", "tahun", "2023", "desa"])
    Reading(words=4, others=('1 tahun 2023', '1/2023'))
    >>> reading(["1.5", "miliar"])
    Reading(words=2, others=('1500000000',))
    >>> reading(["desa", "maju"])
    """
    if before.startswith(_LAWS) and words[0] not in NUMBER_WORDS and (law := _law(("no", *words))):
        return Reading(law.words - 1, law.others)
    return next((found for rule in _RULES if (found := rule(words))), None) or _after_sum(words[0], before)


def day(words: Sequence[str]) -> Reading | None:
    """
    Return the day that the first of *words* name, or None.

    >>> day(["12", "januari", "2025"])
    Reading(words=3, others=('2025-01-12',))
    """
    found = dates.day(" ".join(words[:_DAY])) if words[0].isdecimal() else None
    return Reading(_DAY, (found,)) if found else None


def _law(words: Sequence[str]) -> Reading | None:
    """Read the number of a law: No 1 Tahun 2023, No 1/2023."""
    if words[0] not in NUMBER_WORDS or len(words) < _NUMBER_AND_YEAR:
        return None
    number, year = words[1], words[2]
    taken = _NUMBER_AND_YEAR
    if year in _YEAR_WORDS and len(words) > taken:
        year, taken = words[3], taken + 1
    if not (number.isdecimal() and year.isdecimal() and len(year) == _YEAR):
        return None
    return Reading(taken, (f"{number} tahun {year}", f"{number}/{year}"))


def _sum(words: Sequence[str]) -> Reading | None:
    """Read a sum in words, 1,5 miliar, or in figures, 1.500.000.000."""
    amount = _decimal(words[0])
    if amount is None:
        return None
    scale = _SHORT_SCALES.get(words[1], words[1]) if len(words) > 1 else ""
    if scale not in _SCALES:
        return _in_words(amount)
    whole = amount * _SCALES[scale]
    others = [str(int(whole))] if whole == int(whole) else []
    others += [f"{_comma(amount)} {name}" for name in (scale, _SHORT_OF.get(scale)) if name and name != words[1]]
    return Reading(2, tuple(others))


def _currency(words: Sequence[str]) -> Reading | None:
    is_sum = words[0] in _CURRENCY and len(words) > 1 and _decimal(words[1]) is not None
    return Reading(1, (_CURRENCY[words[0]],)) if is_sum else None


def _after_sum(word: str, before: str) -> Reading | None:
    """Read the currency that stands after a sum: 1,5 miliar rupiah."""
    is_sum = before in _SCALES or _decimal(before) is not None
    signs = tuple(sign for sign, name in _CURRENCY.items() if name == word)
    return Reading(1, signs) if is_sum and signs else None


def _number_word(words: Sequence[str]) -> Reading | None:
    is_number = words[0] in NUMBER_WORDS and len(words) > 1 and words[1].isdecimal()
    return Reading(1, tuple(sorted(NUMBER_WORDS - {words[0], "nomer"}))) if is_number else None


_RULES: tuple[Callable[[Sequence[str]], Reading | None], ...] = (_law, _sum, _currency, _number_word)


def _in_words(amount: Decimal) -> Reading | None:
    """Read a whole sum of thousands: 1500000000 is 1,5 miliar."""
    if amount < _LEAST_SUM:
        return None
    name, worth = max((item for item in _SCALES.items() if item[1] <= amount), key=lambda item: item[1])
    short = amount / worth
    if short != round(short, 2):
        return None
    return Reading(1, tuple(f"{_comma(short)} {written}" for written in (name, _SHORT_OF.get(name)) if written))


def _decimal(word: str) -> Decimal | None:
    """Return the number that the exact form *word* is, or None."""
    return Decimal(word) if word.replace(".", "", 1).isdecimal() and word[:1] != "." and len(word) < _MOST else None


_MOST = 20  # figures: no sum has more


def _comma(amount: Decimal) -> str:
    """Return *amount* as Indonesian writes it."""
    return f"{amount.normalize():f}".replace(".", ",")
