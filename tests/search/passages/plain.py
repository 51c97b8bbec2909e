"""The plain way to mark a text: all of it analysed, all of its sentences cut. What the fast way must come to."""

from itertools import pairwise, product

from indexer.analysis import Span, sentences
from search.passages.highlight import Passage
from search.query import Fuzzy, Phrase, Prefix, Range, Term, Wildcard, leaves
from search.query.matching import is_near, wildcard_pattern

STEMMED = {"stem", "title"}
BODY = {"stem", "exact"}


class PlainHighlighter:
    def __init__(self, tree, analyzer) -> None:
        self._leaves = list(dict.fromkeys(leaves(tree)))
        self._analyzer = analyzer

    def title(self, text) -> Passage:
        return Passage(text, merged(self._marks(text, BODY | {"title"})))

    def whole(self, text) -> Passage:
        return Passage(text, merged(self._marks(text, BODY)))

    def chosen(self, text, *, count) -> list[tuple[Span, tuple[Span, ...]]]:
        """Return the sentences that are shown, with the marks in each."""
        marks = self._marks(text, BODY)
        found = [(s, [m for m in marks if s.start <= m[0] and m[1] <= s.end]) for s in sentences(text)]
        marked = [(sentence, own) for sentence, own in found if own]
        best = sorted(marked, key=lambda item: interest(item[1]), reverse=True)[:count] or found[:1]
        return [(sentence, merged(own)) for sentence, own in sorted(best)]

    def _marks(self, text, fields) -> list[tuple[int, int, str]]:
        tokens = self._analyzer.analyze(text)
        return sorted(mark for leaf in self._leaves if leaf.field in fields for mark in marks_of(leaf, tokens))


def marks_of(leaf, tokens):
    def terms(token):
        return token.stems if leaf.field in STEMMED else (token.exact,)

    def marks(is_asked, reason):
        return [(t.start, t.end, reason or t.stems[0]) for t in tokens if any(map(is_asked, terms(t)))]

    match leaf:
        case Term(_, text):
            return marks(text.__eq__, None)
        case Prefix(_, text):
            return marks(lambda term: term.startswith(text), text)
        case Wildcard(_, text):
            return marks(wildcard_pattern(text).fullmatch, text)
        case Fuzzy(_, text, distance):
            return marks(lambda term: is_near(text, term, distance), text)
        case Phrase(_, words, slop):
            at = {(term, t.position): t for t in tokens for term in terms(t)}
            places = [[position for term, position in at if term == word] for word in words]
            rows = [row for row in product(*places) if all(0 < b - a <= slop + 1 for a, b in pairwise(row))]
            standing = {(n, position) for row in rows for n, position in enumerate(row)}
            return [(at[words[n], p].start, at[words[n], p].end, leaf.text) for n, p in standing]
        case Range():
            return []
    raise AssertionError(leaf)


def interest(marks):
    return len({reason for _, _, reason in marks}), len(marks), -marks[0][0]


def merged(marks) -> tuple[Span, ...]:
    spans: list[Span] = []
    for start, end, _ in marks:
        if spans and start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)
