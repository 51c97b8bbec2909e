"""
The query tree -> a query of the cluster, which matches the same articles and scores them by the same formula.

The cluster computes BM25 for a word, with the weight of the title in the word's frequency. What the formula says beyond
that goes into boosts, which are handed down to the leaves: so a leaf's own score is what it adds, and the cluster can
tell it for each by its name (see `explaining`).
"""

from collections.abc import Iterator

from indexer import schema
from indexer.engines.opensearch.texts import fit
from search.engines.opensearch.asking import Body
from search.engines.opensearch.matching import NOTHING, any_of, holds, matched
from search.engines.opensearch.rarity import Rarity
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Leaf,
    Node,
    Nothing,
    Phrase,
    Prefer,
    Term,
    word_of,
)
from search.ranking import alike_weights, telling
from search.tuning import Ranking

_LEAST = 1e-6  # a boost must be above 0


class Compiler:
    """Compiles the queries of one index."""

    def __init__(self, ranking: Ranking, rarity: Rarity) -> None:
        """Score as *ranking* says; *rarity* says what words tell."""
        self._ranking, self._rarity = ranking, rarity

    def compiled(self, node: Node) -> Body:
        """Return the query for *node*, with scores."""
        self._rarity.learn(set(_weighed(node)))
        return self.scored(node, 1.0)

    def scored(self, node: Node, boost: float) -> Body:
        """Return the query for *node*, whose scores count *boost* times."""
        if word := word_of(node):
            extra = self.exact(word.exact, boost * word.weight, like=word.stem)
            return {"bool": {"must": [self.scored(word.stem, boost)], "should": [extra]}}
        match node:
            case All(nodes):
                return {"bool": {"must": [self.scored(child, boost) for child in nodes]}} if nodes else NOTHING
            case AnyOf(nodes):
                return any_of([self.scored(child, boost) for child in nodes])
            case Prefer(child, bonus, weight):
                extra = self.scored(bonus, boost * weight)
                return {"bool": {"must": [self.scored(child, boost)], "should": [extra]}}
            case Alike(child, others):
                weights = alike_weights(node, self._rarity.of, self._ranking)
                alike = [self.alike(other, boost * weights.others, weights.most) for other in others]
                return {"dis_max": {"queries": [self.scored(child, boost * weights.node), *alike]}}
            case Except(child, excluded):
                return {"bool": {"must": [self.scored(child, boost)], "must_not": [matched(excluded)]}}
        return self.leaf(node, boost)

    def leaf(self, node: Leaf | Everything | Nothing, boost: float) -> Body:
        """Return the query for a leaf: a word by BM25, a phrase as the sum of its words, all else *boost*."""
        match node:
            case Term(schema.EXACT):
                return self.exact(node, boost, like=node)
            case Term(field, text):
                return {"term": {field: {"value": fit(text), "boost": _positive(boost), "_name": name_of(node)}}}
            case Phrase(field, terms):
                words = [self._plain(Term(field, term), boost) for term in terms]
                return {"bool": {"filter": [matched(node)], "must": words, "_name": name_of(node)}}
            case Nothing():
                return NOTHING
        return {
            "constant_score": {"filter": matched(node), "boost": _positive(boost), "_name": name_of(node)},
        }

    def exact(self, term: Term, boost: float, *, like: Term) -> Body:
        """Return the query for an exact form, which tells as much as *like* does."""
        factor = self._ranking.exact_weight * self._rarity.of(like) / self._rarity.of(term)
        clause = {"value": fit(term.text), "boost": _positive(boost * factor), "_name": name_of(term, like)}
        return {"term": {term.field: clause}}

    def alike(self, leaf: Term | Phrase, boost: float, most: float) -> Body:
        """Return the query for what means the same: one word of its frequency that tells *most* at most."""
        terms = leaf.terms if isinstance(leaf, Phrase) else (leaf.text,)
        own = sum(self._rarity.of(Term(leaf.field, term)) for term in terms)
        factor = boost * min(most, telling(leaf, self._rarity.of)) / own
        ((kind, ((field, clause),)),) = ((kind, clause.items()) for kind, clause in holds(leaf).items())
        return {kind: {field: {**clause, "boost": _positive(factor), "_name": name_of(leaf, leaf)}}}

    def _plain(self, term: Term, boost: float) -> Body:
        factor = self._ranking.exact_weight if term.field == schema.EXACT else 1.0
        return {"term": {term.field: {"value": fit(term.text), "boost": _positive(boost * factor)}}}


def name_of(leaf: Node, like: Term | Phrase | None = None) -> str:
    """
    Return the name under which the cluster tells what *leaf* adds.

    That of an exact form, or of what means the same as another, says also what it is like.
    """
    return f"{leaf!r} {like!r}" if like else repr(leaf)


def _positive(boost: float) -> float:
    return max(boost, _LEAST)


def _weighed(node: Node) -> Iterator[Term]:
    """Yield the terms of *node* of which it matters what they tell."""
    if word := word_of(node):
        yield from (word.stem, word.exact)
        return
    match node:
        case Term():
            yield node
        case Phrase(field, terms):
            yield from (Term(field, term) for term in terms)
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from _weighed(child)
        case Prefer(child, bonus):
            yield from _weighed(child)
            yield from _weighed(bonus)
        case Alike(child, others):
            yield from _weighed(child)
            for other in others:
                yield from _weighed(other)
        case Except(child, _):
            yield from _weighed(child)
