"""The words of a query that may be misspelt: plain words, and none that the query's signs say to take as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer import schema
from search.query.lexer import FIELDS, Kind, Lexeme, lexemes

_MOST = 32
"""Words that are looked at; questions have ten."""

_CHUNK = re.compile(r"[(\[]?([^\W\d_]+(?:['’-][^\W\d_]+)*)[\])?!.,;:…]*")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CAPITALS = 2  # letters by which a short form is told from a word


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word as it was *written*, and where in the query it begins."""

    written: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.written)

    def like(self, word: str) -> str:
        """Return *word* with the capitals that this one has."""
        if self.written.isupper():
            return word.upper()
        return word.capitalize() if self.written[:1].isupper() else word


def typed_words(text: str) -> list[list[TypedWord]]:
    """
    Return the plain words of the query *text*, those that stand next to each other as one list.

    Left out is what has a figure, what is written in capitals among other words, what is in quotes, excluded, or of a
    field other than the title, and what stands for other words (``banj*``).

    >>> [[word.written for word in row] for row in typed_words('harga bers KPK "di pasar" -imprt penulis:rna 12 ton')]
    [['harga', 'bers'], ['ton']]
    """
    rows: list[list[TypedWord]] = [[]]
    is_shouted = not any(letter.islower() for letter in text)
    for start, lexeme in _plain(text):
        chunk = _CHUNK.fullmatch(lexeme.text) if lexeme.kind is Kind.WORD else None
        if chunk is None or (_is_short_form(chunk[1]) and not is_shouted):
            rows.append([])
            continue
        first = start + chunk.start(1)
        rows[-1] += [TypedWord(part.group(), first + part.start()) for part in _LETTERS.finditer(chunk[1])]
    return _few([row for row in rows if row])


def _is_short_form(written: str) -> bool:
    return sum(map(str.isupper, written)) >= _CAPITALS


def _few(rows: list[list[TypedWord]]) -> list[list[TypedWord]]:
    """Return *rows* without the words that are too many."""
    kept, room = [], _MOST
    for row in rows:
        kept.append(row[:room])
        room -= len(kept[-1])
    return [row for row in kept if row]


def _plain(text: str) -> Iterator[tuple[int, Lexeme]]:
    """Yield the lexemes of *text* with where they begin; what an exclusion or a field reaches is passed over."""
    cursor, depth, is_passed = 0, 0, False
    for lexeme in lexemes(text):
        start = max(cursor, text.find(lexeme.text, cursor))
        cursor = text.index(":", cursor) + 1 if lexeme.kind is Kind.FIELD else start + len(lexeme.text)
        if lexeme.kind is Kind.NOT or (lexeme.kind is Kind.FIELD and FIELDS[lexeme.text] != schema.TITLE):
            is_passed = True
        elif is_passed and lexeme.kind is Kind.OPEN:
            depth += 1
        elif is_passed and lexeme.kind is Kind.CLOSE:
            depth -= 1
            is_passed = depth > 0
        elif is_passed:
            is_passed = depth > 0
        else:
            yield start, lexeme
