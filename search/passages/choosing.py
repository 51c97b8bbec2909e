"""
Choosing: which sentences of a text are shown for a query.

The fewest that show all concepts of the query that the text has, those that tell most first, and then such that repeat
them. Of a sentence that is too long a window is shown: where it shows most of what is not shown yet.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.analysis import Span
from search.passages.cutting import room_of
from search.passages.sentences import Marked

Weight = Callable[[int], float]
"""Says what a set of concepts tells."""


class Chosen(NamedTuple):
    """A sentence that is shown, and the stretch of it around which a window is cut, if it is too long."""

    marked: Marked
    stretch: Span


def chosen(found: Sequence[Marked], count: int, length: int, weight: Weight) -> list[Chosen]:
    """Return *count* of the sentences *found*, in their order, as passages of *length* characters show them."""
    room = room_of(length)
    if len(found) <= count and all(marks[-1][1] - marks[0][0] <= room for _, marks, _ in found):
        return [Chosen(one, Span(one.marks[0][0], one.marks[-1][1])) for one in found]
    best = sorted(found, key=_interest, reverse=True)
    shown = _covering(best, count, room, weight)
    if len(shown) < min(count, len(best)):
        used = [one.marked for one in shown]
        others = [one for one in best if one not in used][: count - len(shown)]
        shown += [Chosen(one, _stretch(one, -1, room, weight)[1]) for one in others]
    return sorted(shown, key=_place)


def _covering(best: Sequence[Marked], count: int, room: int, weight: Weight) -> list[Chosen]:
    """Return the sentences, *best* first of equals, each of which shows most of what those before it do not."""
    likely, missing = _likely(best, room)
    shown: list[Chosen] = []
    while missing and len(shown) < count:
        gains = [
            weight((_stretch(one, missing, room, weight)[0] if is_wide else one.concepts) & missing)
            for one, is_wide in likely
        ]
        gain = max(gains)
        if not gain:  # what is missing is longer than any window
            break
        one, _ = likely[gains.index(gain)]  # it stays: if it is wide, it may have another window to show
        concepts, stretch = _stretch(one, missing, room, weight)
        shown.append(Chosen(one, stretch))
        missing &= ~concepts
    return shown


def _likely(best: Sequence[Marked], room: int) -> tuple[list[tuple[Marked, bool]], int]:
    """
    Return the first of *best* of each set of concepts, and all wide ones, as windows differ; and all concepts.

    With each comes whether it is wide, so that its marks may not all have *room*. What shows all needs no others.
    """
    likely, known, everything = [], set(), 0
    for one in best:
        _, marks, concepts = one
        is_wide = marks[-1][1] - marks[0][0] > room
        if is_wide or concepts not in known:
            likely.append((one, is_wide))
            known.add(concepts)
            everything |= concepts
    first, is_wide = likely[0]
    return (likely if is_wide or first.concepts != everything else likely[:1]), everything


def _place(one: Chosen) -> int:
    return one.stretch.start


def _interest(one: Marked) -> tuple[int, int, int]:
    """Return how much a sentence says: different concepts first, then how many marks, then how early."""
    (start, _), marks, concepts = one
    return concepts.bit_count(), len(marks), -start


def _stretch(one: Marked, wanted: int, room: int, weight: Weight) -> tuple[int, Span]:
    """
    Return the concepts that a window of *one* with that *room* shows, and the stretch of its marks.

    It is the one that tells most of what is *wanted*, then the one with most marks, then the first.
    """
    _, marks, concepts = one
    if marks[-1][1] - marks[0][0] <= room:
        return concepts, Span(marks[0][0], marks[-1][1])
    inside: Counter[int] = Counter()
    best, last = ((-1.0, 0), 0, Span(marks[0][0], marks[0][0])), 0
    for first, (start, _, own) in enumerate(marks):
        while last < len(marks) and marks[last][1] <= start + room:
            inside[marks[last][2]] += 1
            last += 1
        shown = _union(inside)
        value = weight(shown & wanted), last - first
        if last > first and value > best[0]:
            best = value, shown, Span(start, marks[last - 1][1])
        if last > first:
            inside[own] -= 1
        last = max(last, first + 1)
    return best[1], best[2]


def _union(inside: Counter[int]) -> int:
    union = 0
    for concepts, count in inside.items():
        union |= concepts if count else 0
    return union
