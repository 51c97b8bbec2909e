"""
An answer as lines for the terminal: as wide as it is, with the marks in colour.

It looks as rich would print it, without its import, which takes as long as the search.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import category, east_asian_width

import click

from search.answers import Answer
from search.passages.highlight import Passage
from search.results import Hit

_WIDTH = 80  # where no terminal says another
_WORD = re.compile(r"\s*\S+\s*")
_WIDE = frozenset("WF")  # East Asian letters and emoji, of two columns
_BARE = frozenset(("Mn", "Me", "Cf"))  # what stands above a letter, or shows nothing


class Piece(NamedTuple):
    """Some text, and how `click.style` is to show it."""

    text: str
    style: dict[str, Any]


def answer_text(answer: Answer) -> str:
    """Return the hits of *answer* with their marked passages, after how many there are."""
    width = terminal_width()
    lines = (wrapped(pieces, width) for pieces in _paragraphs(answer))
    return "\n".join(lines).rstrip()


def terminal_width() -> int:
    """Return the columns of the terminal."""
    with suppress(KeyError, ValueError):
        return max(1, int(os.environ["COLUMNS"]))
    for stream in range(3):
        with suppress(OSError):
            return os.get_terminal_size(stream).columns or _WIDTH
    return _WIDTH


def wrapped(pieces: Sequence[Piece], width: int) -> str:
    r"""
    Return *pieces*, one after the other, on lines of *width* columns at most.

    >>> wrapped([Piece("Panen ", {}), Piece("padi", {}), Piece(" di sawah", {})], 10)
    'Panen padi \ndi sawah'
    """
    breaks = set(_breaks("".join(piece.text for piece in pieces), width))
    found, start = [], 0
    for text, style in pieces:
        end = start + len(text)
        for first, last in pairwise((start, *sorted(place for place in breaks if start < place < end), end)):
            part = text[first - start : last - start]
            found.append("\n" if first in breaks else "")
            found.append(click.style(part, **style) if part and style else part)
        start = end
    return "".join(found)


def _breaks(text: str, width: int) -> Iterator[int]:
    """Yield where lines of *width* columns begin in *text*: with a word, or within one that is wider than a line."""
    column = 0
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        needed = _columns(word.rstrip())
        if column and column + needed > width:
            yield start
            column = 0
        while column + needed > width:
            fitting = _fitting(word, width)
            start, word = start + fitting, word[fitting:]
            needed = _columns(word.rstrip())
            yield start
        column += _columns(word)


def _fitting(word: str, width: int) -> int:
    """Return how many characters of *word* fit into *width* columns, one at least."""
    return next((end for end in range(len(word), 1, -1) if _columns(word[:end]) <= width), 1)


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if category(sign) in _BARE else 2 if east_asian_width(sign) in _WIDE else 1 for sign in text)


def _paragraphs(answer: Answer) -> Iterator[list[Piece]]:
    dim, yellow = _shown(dim=True), _shown(fg="yellow")
    yield [Piece(f"{answer.page.total:,} articles, {answer.took_ms:.1f} ms", dim)]
    yield from ([Piece(remark, yellow)] for remark in _remarks(answer))
    first = (answer.question.page - 1) * answer.question.per_page + 1
    for number, shown in enumerate(answer.hits, first):
        article = shown.hit.article
        yield []
        yield [Piece(f"{number}. ", {}), *_marked(shown.title, _shown(bold=True))]
        facts = (article.source, article.author, article.url, article.id, _elsewhere(shown.hit))
        yield [Piece(" · ".join(fact for fact in facts if fact), dim)]
        for passage in shown.body:
            yield [Piece("   ", {}), *_marked(passage, {})]


def _elsewhere(hit: Hit) -> str:
    return f"{hit.duplicates} more of this release" if hit.duplicates else ""


def _remarks(answer: Answer) -> Iterator[str]:
    """Yield what a reader must know of words that were not looked for, or let go."""
    if answer.is_corrected:
        yield f"Nothing matches {answer.question.text}; these are for: {answer.corrected}"
    elif answer.corrected:
        yield f"Did you mean: {answer.corrected}"
    if answer.relaxed:
        yield f"Few articles hold all of the words. Some results may lack: {', '.join(answer.relaxed)}."
    if answer.dropped:
        yield f"Too many words; {len(answer.dropped)} were not looked for."
    if answer.cut:
        yield f"Too wide; only the commonest words were looked for of: {', '.join(answer.cut)}."


def _marked(passage: Passage | None, style: dict[str, Any]) -> Iterator[Piece]:
    """Yield the pieces of *passage* in *style*, its marks in green."""
    if passage is None:
        return
    marked, cursor = _shown(bold=True, fg="green"), 0
    for start, end in passage.ranges:
        yield Piece(passage.text[cursor:start], style)
        yield Piece(passage.text[start:end], marked)
        cursor = end
    yield Piece(passage.text[cursor:], style)


def _shown(**style: Any) -> dict[str, Any]:  # noqa: ANN401 - as click.style has them
    """Return *style*, without colour where the environment asks for none."""
    if os.environ.get("TERM") in {"dumb", "unknown"}:
        return {}
    return {name: value for name, value in style.items() if name != "fg" or not os.environ.get("NO_COLOR")}
