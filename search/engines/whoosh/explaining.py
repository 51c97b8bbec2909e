"""What makes up the score of one document: parts that add up to it, unit by unit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from search.engines.whoosh.leaves import TermScorer
from search.engines.whoosh.matches import UNIT, Matches
from search.engines.whoosh.nearness import Standing
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.timely import added
from search.engines.whoosh.views import View
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Node,
    Nothing,
    Prefer,
    Query,
    Sort,
    Term,
    Word,
    plain_words,
    typed,
    word_of,
)
from search.results import Contribution, Reason, reason_of
from search.tuning import Ranking


def explaining(
    view: View, query: Query, matches: Matches, looked_at: Array, ranking: Ranking
) -> Callable[[int], tuple[Contribution, ...]]:
    """
    Return what takes scores of *query* in a segment apart; all that concerns several documents is looked up once.

    *matches* are its documents that match, *looked_at* those in which it counts how the words stand, ascending.
    """
    standing = view.searcher.standing(query.tree, looked_at) if query.sort is Sort.RELEVANCE else None
    read: dict[tuple[Node, float], Matches] = {}

    def explained(document: int) -> tuple[Contribution, ...]:
        if not matches.at(np.array([document]))[0]:
            return ()
        parts = Explainer(view.searcher, document, read).parts(query.tree)
        place = int(looked_at.searchsorted(document))
        is_looked_at = standing is not None and document in looked_at
        by_standing = _by_standing(query.tree, standing, place, ranking) if standing and is_looked_at else ()
        return (*parts, *by_standing, *_by_date(view, query, parts, document))

    return explained


class Explainer:
    """Takes the score of one *document* of a segment apart."""

    def __init__(self, searcher: SegmentSearcher, document: int, read: dict[tuple[Node, float], Matches]) -> None:
        """Explain *document* as *searcher* scores it; what is *read* for it serves other documents too."""
        self._searcher = searcher
        self._terms: TermScorer = searcher.terms
        self._document = np.array([document])
        self._read = read

    def parts(self, node: Node, boost: float = 1.0) -> list[Contribution]:
        """Return what each part of *node* adds, which may be nothing."""
        if word := word_of(node):
            return self._word(word, boost)
        match node:
            case All(nodes) | AnyOf(nodes):
                return [part for child in nodes if self._matches(child) for part in self.parts(child, boost)]
            case Prefer(child, bonus, weight):
                extra = self.parts(bonus, boost * weight) if self._matches(bonus) else []
                return [*self.parts(child, boost), *extra]
            case Alike(child):
                weights = self._searcher.alike_weights(node)
                own = self.parts(child, boost * weights.node) if self._matches(child) else []
                score = self._units(node, boost)
                if _sum(own) == score:
                    return own
                return self._best_of(node, self._searcher.alike(node, weights, boost), score)
            case Except(child, _):
                return self.parts(child, boost)
            case Everything():
                return [_part(Reason.ALL, self._units(node, boost))]
            case Nothing():
                return []
        return [_part(reason_of(node), self._units(node, boost), node, typed(node))]

    def _word(self, word: Word, boost: float) -> list[Contribution]:
        stem = int(self._terms.scores_at(word.stem, boost, self._document)[0])
        form = int(self._terms.word_at(word, boost, self._document)[0]) - stem
        parts = ((word.stem, Reason.STEM, stem), (word.exact, Reason.EXACT, form))
        return [_part(reason, score, term, word.exact.text) for term, reason, score in parts if score]

    def _best_of(self, node: Alike, lists: Sequence[Matches], score: int) -> list[Contribution]:
        found = zip(node.others, lists, strict=True)
        leaf = next((leaf for leaf, matches in found if matches.at(self._document)[0] == score), node.others[0])
        return [_part(Reason(node.meaning.value), score, leaf, typed(node))]

    def _matches(self, node: Node) -> bool:
        return self._units(node, 1.0) > 0

    def _units(self, node: Node, boost: float) -> int:
        if (node, boost) not in self._read:
            self._read[node, boost] = self._searcher.matches(node, boost)
        return int(self._read[node, boost].at(self._document)[0])


def _by_standing(node: Node, standing: Standing, place: int, ranking: Ranking) -> Iterator[Contribution]:
    """Yield what the words of *node* add to the document at *place* of *standing* by how they stand in it."""
    leaf = Term(schema.STEM, " ".join(dict.fromkeys(word.stem.text for word in plain_words(node))))
    for reason, added_by in zip((Reason.NEAR, Reason.ORDER, Reason.EARLY), standing.added(ranking), strict=True):
        if added_by[place]:
            yield _part(reason, int(added_by[place]), leaf)


def _by_date(view: View, query: Query, parts: Sequence[Contribution], document: int) -> Iterator[Contribution]:
    """Yield what the date of *document* adds to the scores of *parts*."""
    if query.timeliness and query.sort is Sort.RELEVANCE:
        units = int(added(view.searcher, query.timeliness, np.array([document]), np.array([_sum(parts)]))[0])
        yield _part(Reason.DATE, units, query.timeliness)


class _Text(Protocol):
    """A text of a field: a leaf, or a time."""

    @property
    def field(self) -> str: ...

    @property
    def text(self) -> str: ...


def _part(reason: Reason, units: int, leaf: _Text | None = None, said: str = "") -> Contribution:
    return Contribution(leaf.field if leaf else "", leaf.text if leaf else "", reason, units / UNIT, said)


def _sum(parts: Iterable[Contribution]) -> int:
    return round(sum(part.score for part in parts) * UNIT)
