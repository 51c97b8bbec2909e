"""Cutting: a piece of a text as it is shown, with its marks, no longer than it may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from indexer.analysis import Span
from search.passages.marks import Mark

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A piece of an article as shown, and the spans marked in it.

    *ranges* are spans of *text*, which may begin and end with an ellipsis that the article does not have.
    """

    text: str
    ranges: tuple[Span, ...]

    @property
    def html(self) -> str:
        """The text escaped for HTML, the ranges within ``<mark>``."""
        escaped = str if escape(self.text) == self.text else escape
        pieces, cursor = [], 0
        for start, end in self.ranges:
            pieces += [escaped(self.text[cursor:start]), "<mark>", escaped(self.text[start:end]), "</mark>"]
            cursor = end
        return "".join([*pieces, escaped(self.text[cursor:])])


def room_of(length: int) -> int:
    """Return how many characters of a text a passage of *length* has room for, if it is cut at both ends."""
    return length - 2 * len(ELLIPSIS)


def passage(text: str, sentence: Span, stretch: Span, marks: Iterable[Mark], length: int) -> Passage:
    """Return *sentence* with its *marks*; where it has more than *length* characters, a window around *stretch*."""
    start, end = _window(text, sentence, stretch, length)
    before = ELLIPSIS if start > sentence.start else ""
    after = ELLIPSIS if end < sentence.end else ""
    shift = len(before) - start
    ranges = tuple([Span(s + shift, e + shift) for s, e, _ in marks if start <= s and e <= end])
    return Passage(f"{before}{text[start:end]}{after}", ranges)


def _window(text: str, sentence: Span, stretch: Span, length: int) -> Span:
    """Return what of *sentence* has at most *length* characters and *stretch* in the middle."""
    if sentence.end - sentence.start <= length:
        return sentence
    room = room_of(length)
    used = min(room, stretch.end - stretch.start)
    start = max(sentence.start, min(stretch.start - (room - used) // 2, sentence.end - room))
    return Span(
        _word_start(text, start, sentence.start, stretch.start),
        _word_end(text, start + room, sentence.end, stretch.start + used),
    )


def _word_start(text: str, at: int, lowest: int, highest: int) -> int:
    """Return the start of the first word from *at* on, but never one after *highest*."""
    if at <= lowest or text[at - 1].isspace():
        return max(at, lowest)
    blank = next((i for i in range(at, highest) if text[i].isspace()), None)
    return at if blank is None else blank + 1


def _word_end(text: str, at: int, highest: int, lowest: int) -> int:
    """Return the end of the last word up to *at*, but never one before *lowest*."""
    if at >= highest or text[at].isspace():
        return min(at, highest)
    blank = next((i for i in range(at - 1, lowest, -1) if text[i].isspace()), None)
    return at if blank is None else blank
