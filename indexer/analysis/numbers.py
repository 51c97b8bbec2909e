"""Numbers as Indonesian writes them: 24.000 is 24000, 7,5 is 7.5, ke-VII is ke-7."""

import re

from indexer.analysis.characters import HYPHENS

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"\d+,\d+|\d+\.\d")  # with a point there may be one figure: 10.30 is a time
_DECADE = re.compile(rf"(\d{{2,4}})[{HYPHENS}]?an", re.IGNORECASE)
_MONEY = re.compile(r"(rp|idr|usd|us|sgd|rm)(\d.*)", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
_LONGEST_ORDINAL = 10  # digits
_DIGITS = {"I": 1, "V": 5, "X": 10}


def number(chunk: str) -> str | None:
    """
    Return the number that *chunk* writes, without group points and with a decimal point, or None.

    >>> number("1.500.000,75"), number("24.000"), number("7,5"), number("7.5"), number("10.30")
    ('1500000.75', '24000', '7.5', '7.5', None)
    """
    if chunk.isdecimal() or _GROUPED.fullmatch(chunk):
        return chunk.replace(".", "").replace(",", ".")
    return chunk.replace(",", ".") if _DECIMAL.fullmatch(chunk) else None


def decade(chunk: str) -> str | None:
    """
    Return the year after which *chunk* names the years that follow it, or None.

    >>> decade("1960-an"), decade("90an"), decade("1960")
    ('1960', '90', None)
    """
    match = _DECADE.fullmatch(chunk)
    return match[1] if match else None


def money(chunk: str) -> tuple[str, str] | None:
    """
    Return the currency sign and the rest of a sum of money, or None.

    >>> money("Rp1.500"), money("Rapat")
    (('Rp', '1.500'), None)
    """
    match = _MONEY.fullmatch(chunk)
    return (match[1], match[2]) if match else None


def ordinal(numeral: str) -> str | None:
    """
    Return the figure that *numeral* writes in figures or in Roman capitals, or None.

    >>> ordinal("7"), ordinal("VII"), ordinal("dua")
    ('7', '7', None)
    """
    value = int(numeral) if numeral.isdecimal() and len(numeral) < _LONGEST_ORDINAL else roman(numeral)
    return str(value) if value is not None else None


def roman(numeral: str) -> int | None:
    """
    Return the value of an upper-case Roman *numeral* up to 39 (congresses, chapters, centuries), or None.

    >>> roman("VII"), roman("XXI"), roman("VIC")
    (7, 21, None)
    """
    if not _ROMAN.fullmatch(numeral):
        return None
    values = [_DIGITS[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
