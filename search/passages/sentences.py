"""The sentences of a text that have marks."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from indexer.analysis import ABBREVIATIONS, Span, sentence_around
from indexer.analysis.compiled import texts
from search.passages.marks import Mark


class Marked(NamedTuple):
    """A sentence, the marks in it, in order, and the concepts that they show."""

    sentence: Span
    marks: list[Mark]
    concepts: int


def by_sentence_in_python(text: str, marks: list[Mark]) -> list[Marked]:
    """Return the sentences of *text* that hold some of *marks*, which come in order, each with these."""
    found: list[tuple[Span, list[Mark]]] = []
    sentence = Span(0, 0)
    for mark in marks:
        start, end, _ = mark
        if start >= sentence.end:
            sentence = sentence_around(text, start, since=sentence.end)
            found.append((sentence, []))
        if end <= sentence.end:
            found[-1][1].append(mark)
    return [_marked(sentence, own) for sentence, own in found if own]


def _marked(sentence: Span, marks: list[Mark]) -> Marked:
    shown = 0
    for _, _, concepts in marks:
        shown |= concepts
    return Marked(sentence, merged(marks), shown)


def merged(marks: Iterable[Mark]) -> list[Mark]:
    """Return *marks*, which come in order, with those that overlap made one."""
    found: list[Mark] = []
    last = 0
    for start, end, concepts in marks:
        if start >= last:
            found.append((start, end, concepts))
        else:
            first, before, own = found[-1]
            found[-1] = (first, max(before, end), own | concepts)
        last = max(last, end)
    return found


def _compiled(text: str, marks: list[Mark]) -> list[Marked]:
    found = texts.by_sentence(text, marks, ABBREVIATIONS)  # type: ignore[union-attr]  # chosen below
    return [Marked(Span(*place), own, concepts) for place, own, concepts in found]


by_sentence: Callable[[str, list[Mark]], list[Marked]] = _compiled if texts else by_sentence_in_python
"""The same as `by_sentence_in_python`, compiled where there is a C compiler, in a quarter of the time."""
