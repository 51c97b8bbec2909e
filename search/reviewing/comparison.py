"""What readers will notice of a new index: the top results of queries, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.answers import Answers
from search.questions import Mode, Question

TOP = 10
"""Results of a query that are compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """An article whose place changed: *before* and *after* count from 1, None where it is not among the first."""

    id: str
    title: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The results of one query: the share that is in both, from 0 to 1, and what entered, left and moved."""

    query: str
    overlap: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two generations by name, and the differences query by query."""

    before: str
    after: str
    differences: tuple[Difference, ...]

    @property
    def overlap(self) -> float:
        """The mean share of results that are in both; 1 where there are no queries."""
        overlaps = [difference.overlap for difference in self.differences]
        return sum(overlaps) / len(overlaps) if overlaps else 1.0

    @property
    def changed(self) -> tuple[Difference, ...]:
        """The queries of which anything changed, those that changed most first."""
        return tuple(sorted((d for d in self.differences if d.changes), key=lambda d: d.overlap))


def top(answers: Answers, text: str) -> dict[str, str]:
    """Return the first ten articles that *answers* has for the query *text*: titles by id, the best first."""
    answer = answers.search(Question(text=text, page=1, per_page=TOP, mode=Mode.AUTO, highlight=False, collapse=False))
    return {shown.hit.article.id: shown.hit.article.title for shown in answer.hits}


def compare(before: Answers, after: Answers, names: tuple[str, str], queries: Sequence[str]) -> Comparison:
    """Return what *queries* find in two generations of these *names*."""
    found = (_difference(text, top(before, text), top(after, text)) for text in dict.fromkeys(queries))
    return Comparison(*names, tuple(found))


def _difference(text: str, before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    places = [{name: place for place, name in enumerate(found, 1)} for found in (before, after)]
    all_of_them = {**after, **before}
    changes = (Change(name, title, *(own.get(name) for own in places)) for name, title in all_of_them.items())
    largest = max(len(before), len(after))
    overlap = len(before.keys() & after.keys()) / largest if largest else 1.0
    return Difference(text, overlap, tuple(change for change in changes if change.before != change.after))


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return *comparison* as JSON has it."""
    return {
        "before": comparison.before,
        "after": comparison.after,
        "queries": len(comparison.differences),
        "changed": len(comparison.changed),
        "overlap": round(comparison.overlap, 4),
        "differences": [_difference_document(difference) for difference in comparison.changed],
    }


def _difference_document(difference: Difference) -> dict[str, Any]:
    def listed(kind: str) -> list[dict[str, Any]]:
        return [
            {"id": change.id, "title": change.title, "before": change.before, "after": change.after}
            for change in difference.changes
            if kind_of(change) == kind
        ]

    kinds = {kind: listed(kind) for kind in ("entered", "left", "moved")}
    return {"query": difference.query, "overlap": round(difference.overlap, 4), **kinds}


def kind_of(change: Change) -> str:
    """Return what became of an article: it ``entered``, ``left``, or ``moved``."""
    if change.before is None:
        return "entered"
    return "left" if change.after is None else "moved"
