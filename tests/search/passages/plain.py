"""The plain way to mark a text: all of it analysed, all of its sentences cut. What the fast way must come to."""

from collections import defaultdict
from itertools import pairwise, product

from indexer.analysis import Span, sentences
from search.passages.concepts import Concepts
from search.passages.cutting import Passage
from search.query import Fuzzy, Phrase, Prefix, Range, Term, Wildcard
from search.query.matching import is_near, wildcard_pattern

STEMMED = {"stem", "title"}
BODY = {"stem", "exact"}


class PlainHighlighter:
    def __init__(self, tree, analyzer) -> None:
        self._concepts = Concepts(tree)
        self._analyzer = analyzer

    def title(self, text) -> Passage:
        return Passage(text, spans(merged(self._marks(text, BODY | {"title"}))))

    def whole(self, text) -> Passage:
        return Passage(text, spans(merged(self._marks(text, BODY))))

    def chosen(self, text, *, count) -> list[tuple[Span, tuple[Span, ...]]]:
        """Return the sentences that are shown, with the marks in each; without any mark all of them."""
        marks = self._marks(text, BODY)
        found = [(s, merged(m for m in marks if s.start <= m[0] and m[1] <= s.end)) for s in sentences(text)]
        marked = [(sentence, own) for sentence, own in found if own]
        if not marked:
            return [(Span(found[0][0].start, found[-1][0].end), ())] if found else []
        shown = covering(marked, count)
        rest = sorted((one for one in marked if one not in shown), key=interest, reverse=True)
        return [(sentence, spans(own)) for sentence, own in sorted([*shown, *rest[: count - len(shown)]])]

    def _marks(self, text, fields) -> list[tuple[int, int, frozenset[int]]]:
        tokens = self._analyzer.analyze(text)
        found = defaultdict(frozenset)
        for leaf, concepts in self._concepts.leaves.items():
            for start, end in marks_of(leaf, tokens, self._concepts.wholes) if leaf.field in fields else ():
                found[start, end] |= bits(concepts)
        return sorted((*place, concepts) for place, concepts in found.items())


def covering(marked, count):
    """Return the fewest sentences, as a greedy choice finds them, that show what all of them do."""
    shown, seen = [], frozenset()
    while len(shown) < count:
        best = max(marked, key=lambda one: (len(said(one) - seen), interest(one)))
        if not said(best) - seen:
            break
        shown.append(best)
        seen |= said(best)
    return shown


def bits(concepts) -> frozenset[int]:
    return frozenset(n for n in range(concepts.bit_length()) if concepts >> n & 1)


def said(one) -> frozenset[int]:
    return frozenset().union(*(concepts for _, _, concepts in one[1]))


def marks_of(leaf, tokens, wholes):
    def terms(token):
        return token.stems if leaf.field in STEMMED else (token.exact,)

    def marks(is_asked):
        return [(t.start, t.end) for t in tokens if any(map(is_asked, terms(t)))]

    match leaf:
        case Term(_, text):
            return marks(text.__eq__)
        case Prefix(_, text):
            return marks(lambda term: term.startswith(text))
        case Wildcard(_, text):
            return marks(wildcard_pattern(text).fullmatch)
        case Fuzzy(_, text, distance):
            return marks(lambda term: is_near(text, term, distance))
        case Phrase(_, words, slop):
            at = {(term, t.position): t for t in tokens for term in terms(t)}
            places = [[position for term, position in at if term == word] for word in words]
            rows = [row for row in product(*places) if all(0 < b - a <= slop + 1 for a, b in pairwise(row))]
            standing = {(n, position) for row in rows for n, position in enumerate(row)}
            whole = [(at[words[0], r[0]].start, at[words[-1], r[-1]].end) for r in rows if leaf in wholes]
            return [(at[words[n], p].start, at[words[n], p].end) for n, p in standing] + whole
        case Range():
            return []
    raise AssertionError(leaf)


def interest(one):
    sentence, marks = one
    return len(said(one)), len(marks), -sentence.start


def merged(marks) -> list[tuple[int, int, frozenset[int]]]:
    found = []
    for start, end, concepts in marks:
        if found and start < found[-1][1]:
            first, last, own = found[-1]
            found[-1] = first, max(last, end), own | concepts
        else:
            found.append((start, end, concepts))
    return found


def spans(marks) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end, _ in marks)
