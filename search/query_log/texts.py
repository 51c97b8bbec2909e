"""What of a query may be written down: normalised, so that equal queries are one, and without what names a person."""

import re
import unicodedata
from typing import NamedTuple

from search.query.lexer import OPERATORS

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FIGURES = re.compile(r"(?<![\w])\+?\(?[0-9](?:(?:[ ./-]|\)[ -]?)?[0-9]){7,}(?![\w])")
_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:[., ][0-9]{3})+")
_DAY = re.compile(r"[0-9]{1,2}([ ./-])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([ ./-])[0-9]{1,2}\2[0-9]{1,2}")
_YEARS = re.compile(r"(?:1[6-9]|20)[0-9]{2}(?:[ /-](?:1[6-9]|20)[0-9]{2})+")
_SHORTEST = 3  # figures of a part where blanks part a number; "uu 11 2020" is none
_NIK = 16  # figures of the number of a citizen, or of a family


class Stored(NamedTuple):
    """A query as it is written down, and whether something of it was masked."""

    text: str
    is_masked: bool


def normalised(text: str) -> str:
    r"""
    Return *text* as all write it who mean the same: in small letters but for operators, with one blank between words.

    >>> normalised("  Kawin ANAK\n OR  nikah ")
    'kawin anak OR nikah'
    """
    whole = text.encode("utf-8", "replace").decode()  # half a character, which no file takes
    words = unicodedata.normalize("NFC", whole).split()
    return " ".join(word if word in OPERATORS else word.lower() for word in words)


def stored(text: str, longest: int) -> Stored:
    """
    Return what is written down of the query *text*; of one with more than *longest* characters only that it is long.

    Masked are e-mail addresses and figures that may be the number of a person, a telephone, an account or a card.

    >>> stored("KTP 3175 0101 0190 0001", 80)
    Stored(text='ktp [nik]', is_masked=True)
    >>> stored("hubungi 0812-3456-7890 atau budi@contoh.id", 80).text
    'hubungi [nomor] atau [email]'
    >>> stored("anggaran 1.500.000.000 tahun 2024-2029", 80).is_masked
    False
    """
    plain = normalised(text)
    masked = _FIGURES.sub(lambda found: _masked(found[0]), _EMAIL.sub("[email]", plain))
    if len(masked) > longest:
        return Stored("[panjang]", is_masked=True)
    return Stored(masked, masked != plain)


def _masked(figures: str) -> str:
    """Return what stands for *figures*: they themselves where they are a sum, a day, years, or several numbers."""
    if any(known.fullmatch(figures) for known in (_AMOUNT, _DAY, _YEARS)):
        return figures
    if any(len(part) < _SHORTEST for part in figures.split()):
        return figures
    return "[nik]" if sum(map(str.isdigit, figures)) == _NIK else "[nomor]"
