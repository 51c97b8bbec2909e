"""The signs and words of a query text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer import schema

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
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A sign or word: its kind, and its text without quotes, colon or asterisk."""

    kind: Kind
    text: str


_QUOTES = '"“”„«»'
_LEXEME = re.compile(
    rf"""
      (?P<OPEN>\()
    | (?P<CLOSE>\))
    | (?P<OR>\|+|(?<!\S)(?:OR|ATAU)(?!\S))
    | (?P<AND>&+|(?<!\S)(?:AND|DAN)(?!\S))
    | (?P<NOT>(?<![^\s(:])(?:-(?=[^\s-])|NOT(?=\s)))
    | (?P<FIELD>(?:{"|".join(FIELDS)}):(?=\S))
    | [{_QUOTES}](?P<QUOTED>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)
    | (?P<PREFIX>[^\s(){_QUOTES}|*]*\w)\*+
    | (?P<WORD>[^\s(){_QUOTES}|]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPERATORS = {"OR", "ATAU", "AND", "DAN", "NOT"}


def lexemes(text: str) -> Iterator[Lexeme]:
    """
    Yield the lexemes of *text*; any text has some, or none.

    The words OR, ATAU, AND, DAN and NOT are operators in capitals only.
    """
    for match in _LEXEME.finditer(text):
        name = str(match.lastgroup)
        if match.group().isalpha() and match.group().upper() in _OPERATORS and not match.group().isupper():
            name = "WORD"
        inner = match[name] if name in {"QUOTED", "PREFIX"} else match.group()
        yield Lexeme(Kind[name], inner.rstrip(":").lower() if name == "FIELD" else inner)
