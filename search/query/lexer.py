"""The signs and words of a query text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from indexer import schema
from search.query.dashes import is_dash

YEAR = "year_key"

FIELDS = {
    "judul": schema.TITLE,
    "title": schema.TITLE,
    "penulis": schema.AUTHOR,
    "author": schema.AUTHOR,
    "sumber": schema.SOURCE,
    "source": schema.SOURCE,
    "kategori": schema.CATEGORY,
    "category": schema.CATEGORY,
    "tag": schema.TAGS,
    "label": schema.TAGS,
    "tahun": YEAR,
    "year": YEAR,
}
"""What may stand before a colon, in Indonesian and in English."""


class Kind(Enum):
    """What a lexeme is."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    FIELD = auto()
    QUOTED = auto()
    PREFIX = auto()
    WILDCARD = auto()
    FUZZY = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """
    A sign or word: its kind, and its text without quotes, colon or the sign at its end.

    *amount* is the number after a tilde: letters that may differ, or words that may stand between.
    """

    kind: Kind
    text: str
    amount: int = 0


_YEARS = [name for name, field in FIELDS.items() if field == YEAR]
_WORDS = [name for name, field in FIELDS.items() if field != YEAR]
_COLON = r"\s*:\s*"  # readers put a blank after it, or before it, as they do in prose
_QUOTES = '"“”„«»'
_LEXEME = re.compile(
    rf"""
      (?P<OPEN>\()
    | (?P<CLOSE>\))
    | (?P<OR>\|+|(?<!\S)(?:OR|ATAU)(?!\S))
    | (?P<AND>&+|(?<!\S)(?:AND|DAN)(?!\S))
    | (?P<NOT>(?<![^\s(:])(?:-(?=[^\s-])|NOT(?=\s)))
    | (?P<FIELD>(?:{"|".join(_WORDS)}){_COLON}(?=[^\s)])|(?:{"|".join(_YEARS)}){_COLON}(?=\(?(?:\.\.)?[0-9]{{4}}\b))
    | [{_QUOTES}](?P<QUOTED>[^{_QUOTES}]*)(?:[{_QUOTES}](?:~(?P<SLOP>[0-9]{{1,2}})[0-9]*)?|$)
    | (?P<WORD>[^\s(){_QUOTES}|]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
OPERATORS = {"OR", "ATAU", "AND", "DAN", "NOT"}
"""Words that are signs where they stand in capitals."""

_FUZZY = re.compile(r"([^*?~]*\w)~([0-9]?)\W*")
_PREFIX = re.compile(r"([^*?~]*\w)\*+")
_WILDCARD = re.compile(r"[\w*?.'’‐‑-]*[*?][\w*?.'’‐‑-]*")
_ENDING = "?!.,;:"  # what closes a sentence closes a question too, and stands for no letter


@lru_cache(
    maxsize=64
)  # a question is read for its time, its words, its mistakes, and once more if few articles hold all
def lexemes(text: str) -> tuple[Lexeme, ...]:
    """
    Return the lexemes of *text*; any text has some, or none.

    The words OR, ATAU, AND, DAN and NOT are operators in capitals only, and a minus is none where it is a dash.
    """
    return tuple(_lexemes(text))


def _lexemes(text: str) -> Iterator[Lexeme]:
    for match in _LEXEME.finditer(text):
        name = "QUOTED" if match["QUOTED"] is not None else str(match.lastgroup)
        written = match.group()
        if name == "WORD" or (written.isalpha() and written.upper() in OPERATORS and not written.isupper()):
            yield _word(written)
        elif name == "QUOTED":
            yield Lexeme(Kind.QUOTED, match["QUOTED"], int(match["SLOP"] or 0))
        elif written == "-" and is_dash(text, match.end()):
            continue
        else:
            yield Lexeme(Kind[name], written.partition(":")[0].rstrip().lower() if name == "FIELD" else written)


def _word(written: str) -> Lexeme:
    """Return the lexeme of a word, or of what says which words are meant: how they begin, or what they are like."""
    if fuzzy := _FUZZY.fullmatch(written):
        return Lexeme(Kind.FUZZY, fuzzy[1], int(fuzzy[2] or 1))
    ended = written.rstrip(_ENDING)
    if prefix := _PREFIX.fullmatch(ended):
        return Lexeme(Kind.PREFIX, prefix[1])
    return Lexeme(Kind.WILDCARD, ended) if _WILDCARD.fullmatch(ended) else Lexeme(Kind.WORD, written)
