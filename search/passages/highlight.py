"""
Highlighting: stored text and query tree -> spans -> passages; HTML only at the last step.

Works on the text that is shown and on nothing that an engine keeps, so that every engine marks alike. A word is
marked where one of its terms is asked for, whole with its affixes; the words of a phrase only where the phrase stands.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice

from indexer import schema
from indexer.analysis import Analyzer, Finder, Span, sentence_around, sentences
from search.deadline import checkpoint
from search.passages.marks import Like, Mark, Marker, hints_of, is_stemmed, likeness, terms_of
from search.query.tree import Node, Phrase, leaves

ELLIPSIS = "…"

_BODY_FIELDS = frozenset({schema.STEM, schema.EXACT})
_TITLE_FIELDS = _BODY_FIELDS | {schema.TITLE}


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


class Highlighter:
    """Marks the words of one query in any number of texts; for one thread."""

    def __init__(self, tree: Node, analyzer: Analyzer) -> None:
        """Look for what *tree* asks for, in texts analysed by *analyzer*."""
        self._analyzer = analyzer
        asked = [leaf for leaf in dict.fromkeys(leaves(tree)) if leaf.field in _TITLE_FIELDS]
        self._of_titles = Marker(asked)
        self._of_bodies = Marker(leaf for leaf in asked if leaf.field in _BODY_FIELDS)
        self._reads_titles = any(isinstance(leaf, Like) and is_stemmed(leaf) for leaf in asked)
        self.effort = sum(len(leaf.terms) if isinstance(leaf, Phrase) else 1 for leaf in asked)
        """How many words are looked for."""
        alike = [leaf for leaf in asked if isinstance(leaf, Like)]
        hints = [found for leaf in alike if (found := hints_of(leaf)) is not None]
        self._finder = Finder(
            analyzer,
            {term for leaf in asked for term in terms_of(leaf)},
            list(map(likeness, alike)),
            hints=frozenset().union(*hints) if len(hints) == len(alike) else None,
            runs=[leaf.terms for leaf in asked if isinstance(leaf, Phrase)],
        )

    def title(self, text: str) -> Passage:
        """Return the whole title *text* with its marks."""
        if self._reads_titles:  # for what the finder does not know of pieces: how stems begin
            return Passage(text, _merged(self._of_titles.marks(self._analyzer.analyze(text))))
        return Passage(text, _merged(self._marks(text, self._of_titles)))

    def whole(self, text: str) -> Passage:
        """Return the whole body *text* with its marks."""
        return Passage(text, _merged(self._marks(text, self._of_bodies)))

    def passages(self, text: str, *, count: int, length: int) -> list[Passage]:
        """
        Return the *count* sentences of the body *text* that say most about the query, in the order of the text.

        Each has *length* characters at most. Where nothing is marked, the first sentence stands for the article.
        """
        marked = _by_sentence(text, self._marks(text, self._of_bodies))
        best = sorted(marked, key=lambda item: _interest(item[1]), reverse=True)[:count]
        shown = sorted(best, key=lambda item: item[0]) or [(first, []) for first in islice(sentences(text), 1)]
        return [_passage(text, sentence, own, length) for sentence, own in shown]

    def _marks(self, text: str, marker: Marker) -> list[Mark]:
        checkpoint()
        return marker.marks(self._finder.tokens(text))


def _by_sentence(text: str, marks: list[Mark]) -> list[tuple[Span, list[Mark]]]:
    """Return the sentences that hold some of *marks*, which come in order, each with these."""
    found: list[tuple[Span, list[Mark]]] = []
    sentence = Span(0, 0)
    for mark in marks:
        start, end, _ = mark
        if start >= sentence.end:
            sentence = sentence_around(text, start, since=sentence.end)
            found.append((sentence, []))
        if end <= sentence.end:
            found[-1][1].append(mark)
    return [(sentence, own) for sentence, own in found if own]


def _interest(marks: list[Mark]) -> tuple[int, int, int]:
    """Return how much a sentence with *marks* says: different words first, then how many, then how early."""
    return len({reason for _, _, reason in marks}), len(marks), -marks[0][0]


def _merged(marks: Iterable[Mark]) -> tuple[Span, ...]:
    """Return the spans of *marks*, which come in order, with those that overlap made one."""
    merged: list[Span] = []
    last = 0
    for start, end, _ in marks:
        if start >= last:
            merged.append(Span(start, end))
        elif end > last:
            merged[-1] = Span(merged[-1].start, end)
        last = max(last, end)
    return tuple(merged)


def _passage(text: str, sentence: Span, marks: list[Mark], length: int) -> Passage:
    spans = _merged(marks)
    start, end = _window(text, sentence, spans, length)
    before = ELLIPSIS if start > sentence.start else ""
    after = ELLIPSIS if end < sentence.end else ""
    shift = len(before) - start
    ranges = tuple(Span(s + shift, e + shift) for s, e in spans if start <= s and e <= end)
    return Passage(f"{before}{text[start:end]}{after}", ranges)


def _window(text: str, sentence: Span, spans: tuple[Span, ...], length: int) -> Span:
    """Return the stretch of *sentence* that is at most *length* long and holds as many of *spans* as one can."""
    if sentence.end - sentence.start <= length:
        return sentence
    room = length - 2 * len(ELLIPSIS)
    first, used = _densest(spans, room) if spans else (sentence, 0)
    start = max(sentence.start, min(first.start - (room - used) // 2, sentence.end - room))
    return Span(
        _word_start(text, start, sentence.start, first.start),
        _word_end(text, start + room, sentence.end, first.end),
    )


def _densest(spans: tuple[Span, ...], room: int) -> tuple[Span, int]:
    """Return that of *spans* from which on most of them find *room*, and how much of it they take."""
    ends = [end for _, end in spans]
    fitting = [bisect_right(ends, start + room) - number for number, (start, _) in enumerate(spans)]
    most = max(fitting)
    number = fitting.index(most)
    return spans[number], ends[number + most - 1] - spans[number].start if most else 0


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
