"""
Highlighting: stored text and query tree -> spans -> passages; HTML only at the last step.

Works on the text that is shown and on nothing that an engine keeps, so that every engine marks alike. A word is
marked where one of its terms is asked for, whole with its affixes; the words of a phrase only where the phrase stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from indexer import schema
from indexer.analysis import Analyzer, Span, Token, sentences
from search.query.tree import Node, Phrase, Prefix, Term, leaves

ELLIPSIS = "…"

_BODY_FIELDS = frozenset({schema.STEM, schema.EXACT})
_TITLE_FIELDS = _BODY_FIELDS | {schema.TITLE}
_STEMMED = frozenset({schema.STEM, schema.TITLE})


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
        pieces, cursor = [], 0
        for start, end in self.ranges:
            pieces += [escape(self.text[cursor:start]), f"<mark>{escape(self.text[start:end])}</mark>"]
            cursor = end
        return "".join([*pieces, escape(self.text[cursor:])])


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked span, and for what: equal *reason*s count once when passages are compared."""

    span: Span
    reason: str


class Highlighter:
    """Marks the words of one query in any number of texts."""

    def __init__(self, tree: Node, analyzer: Analyzer) -> None:
        """Look for what *tree* asks for, in texts analysed by *analyzer*."""
        self._analyzer = analyzer
        self._leaves = tuple(dict.fromkeys(leaves(tree)))

    def title(self, text: str) -> Passage:
        """Return the whole title *text* with its marks."""
        return Passage(text, _merged(mark.span for mark in self._marks(text, _TITLE_FIELDS)))

    def whole(self, text: str) -> Passage:
        """Return the whole body *text* with its marks."""
        return Passage(text, _merged(mark.span for mark in self._marks(text, _BODY_FIELDS)))

    def passages(self, text: str, *, count: int, length: int) -> list[Passage]:
        """
        Return the *count* sentences of the body *text* that say most about the query, in the order of the text.

        Each has *length* characters at most. Where nothing is marked, the first sentence stands for the article.
        """
        marks = self._marks(text, _BODY_FIELDS)
        found = [(sentence, [m for m in marks if _within(m.span, sentence)]) for sentence in sentences(text)]
        marked = [(sentence, own) for sentence, own in found if own]
        best = sorted(marked, key=lambda item: _interest(item[1]), reverse=True)[:count] or found[:1]
        return [_passage(text, sentence, own, length) for sentence, own in sorted(best, key=lambda item: item[0])]

    def _marks(self, text: str, fields: frozenset[str]) -> list[_Mark]:
        wanted = [leaf for leaf in self._leaves if leaf.field in fields]
        tokens = self._analyzer.analyze(text) if wanted else []
        return sorted((mark for leaf in wanted for mark in _marks_of(leaf, tokens)), key=lambda mark: mark.span)


def _marks_of(leaf: Term | Prefix | Phrase, tokens: list[Token]) -> Iterator[_Mark]:
    stemmed = leaf.field in _STEMMED
    match leaf:
        case Term(_, text):
            found = (t for t in tokens if (text in t.stems if stemmed else text == t.exact))
            yield from (_Mark(Span(t.start, t.end), t.stems[0]) for t in found)
        case Prefix(_, text):
            found = (t for t in tokens if t.exact.startswith(text))
            yield from (_Mark(Span(t.start, t.end), text) for t in found)
        case Phrase(_, terms):
            yield from _phrase_marks(terms, tokens, stemmed=stemmed)


def _phrase_marks(terms: tuple[str, ...], tokens: list[Token], *, stemmed: bool) -> Iterator[_Mark]:
    """Yield a mark for each word of each place where *terms* stand at consecutive positions."""
    at: dict[tuple[str, int], Token] = {}
    for token in tokens:
        for term in token.stems if stemmed else (token.exact,):
            at[term, token.position] = token
    for (term, position), _ in list(at.items()):
        if term != terms[0]:
            continue
        words = [at.get((following, position + offset)) for offset, following in enumerate(terms)]
        if all(words):
            yield from (_Mark(Span(word.start, word.end), " ".join(terms)) for word in words if word)


def _interest(marks: list[_Mark]) -> tuple[int, int, int]:
    """Return how much a sentence with *marks* says: different words first, then how many, then how early."""
    return len({mark.reason for mark in marks}), len(marks), -marks[0].span.start


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return *spans*, which come in order, with those that overlap made one."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _passage(text: str, sentence: Span, marks: list[_Mark], length: int) -> Passage:
    spans = _merged(mark.span for mark in marks)
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
    first = max(
        spans,
        key=lambda span: sum(span.start <= s and e <= span.start + room for s, e in spans),
        default=sentence,
    )
    inside = [e for s, e in spans if s >= first.start and e <= first.start + room]
    used = (inside[-1] if inside else first.start) - first.start
    start = max(sentence.start, min(first.start - (room - used) // 2, sentence.end - room))
    return Span(
        _word_start(text, start, sentence.start, first.start),
        _word_end(text, start + room, sentence.end, first.end),
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
