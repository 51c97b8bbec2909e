"""What makes up the score of one document: parts that add up to it, unit by unit."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer import schema
from search.engines.whoosh.leaves import TermScorer
from search.engines.whoosh.matches import UNIT, Matches
from search.engines.whoosh.nearness import Standing
from search.engines.whoosh.searcher import SegmentSearcher
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Leaf,
    Node,
    Nothing,
    Phrase,
    Prefer,
    Term,
    Word,
    plain_words,
    word_of,
)
from search.results import Contribution, Reason
from search.tuning import Ranking


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
            case Alike(child, others, weight):
                own = self.parts(child, boost) if self._matches(child) else []
                score = self._units(node, boost)
                if _sum(own) == score:
                    return own
                return self._best_of(others, self._searcher.alike(child, others, boost * weight), score)
            case Except(child, _):
                return self.parts(child, boost)
            case Everything():
                return [_part("", "", Reason.ALL, self._units(node, boost))]
            case Nothing():
                return []
        return [_part(node.field, node.text, _reason(node), self._units(node, boost))]

    def _word(self, word: Word, boost: float) -> list[Contribution]:
        stem = int(self._terms.scores_at(word.stem, boost, self._document)[0])
        form = int(self._terms.word_at(word, boost, self._document)[0]) - stem
        parts = ((word.stem, Reason.STEM, stem), (word.exact, Reason.EXACT, form))
        return [_part(term.field, term.text, reason, score) for term, reason, score in parts if score]

    def _best_of(self, others: Sequence[Term | Phrase], lists: Sequence[Matches], score: int) -> list[Contribution]:
        leaf = next(leaf for leaf, found in zip(others, lists, strict=True) if found.at(self._document)[0] == score)
        return [_part(leaf.field, leaf.text, Reason.SYNONYM, score)]

    def _matches(self, node: Node) -> bool:
        return self._units(node, 1.0) > 0

    def _units(self, node: Node, boost: float) -> int:
        if (node, boost) not in self._read:
            self._read[node, boost] = self._searcher.matches(node, boost)
        return int(self._read[node, boost].at(self._document)[0])


def standing_parts(node: Node, standing: Standing, place: int, ranking: Ranking) -> Iterator[Contribution]:
    """Yield what the words of *node* add to the document at *place* of *standing* by how they stand in it."""
    text = " ".join(dict.fromkeys(word.stem.text for word in plain_words(node)))
    for reason, added in zip((Reason.NEAR, Reason.ORDER, Reason.EARLY), standing.added(ranking), strict=True):
        if added[place]:
            yield _part(schema.STEM, text, reason, int(added[place]))


def _part(field: str, text: str, reason: Reason, units: int) -> Contribution:
    return Contribution(field, text, reason, units / UNIT)


def _sum(parts: Iterable[Contribution]) -> int:
    return round(sum(part.score for part in parts) * UNIT)


def _reason(leaf: Leaf) -> Reason:
    match leaf:
        case Term(schema.STEM, _):
            return Reason.STEM
        case Term(schema.EXACT, _):
            return Reason.EXACT
        case Term():
            return Reason.FIELD
        case Phrase():
            return Reason.PHRASE
        case Fuzzy():
            return Reason.CORRECTION
    return Reason.PATTERN
