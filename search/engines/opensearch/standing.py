"""
What the words of a query add by how they stand in an article: near each other, in order, early in the body.

It is the formula of `search.ranking` as far as the cluster can tell it without reading places itself: all words, or two
that follow each other in the query, are near each other or they are not; and how early the body has a word is told in
steps. It counts for all articles that match, not for the best of them alone.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from indexer import schema
from indexer.engines.opensearch.documents import LEAD_WORDS
from indexer.engines.opensearch.mapping import LEAD
from indexer.engines.opensearch.texts import fit
from search.engines.opensearch.asking import Body
from search.engines.opensearch.spaced_phrases import together
from search.query import Node, Term, plain_words
from search.ranking import EARLY, NEXT, WINDOW
from search.tuning import Ranking

NEAR, ORDER, FIRST = "near", "order", "early"
"""How the names of these parts begin by which the cluster tells what they add."""

_MOST_WORDS = 6
"""Words of a query that are looked at: of longer ones an article that has them all needs no other sign."""

_STEPS = (4, 8, 16, 32, LEAD_WORDS)
"""Places of the body before which a word is early, ever less so."""


def standing(node: Node, rarity: Callable[[Term], float], ranking: Ranking) -> list[Body]:
    """Return the queries whose scores are what the words of *node* add by how they stand."""
    words = list(dict.fromkeys(word.stem for word in plain_words(node)))
    if not 1 < len(words) <= _MOST_WORDS:
        return []
    told = [rarity(word) for word in words]
    near = list(_near(words, told, ranking.near_weight))
    return [
        *([{"dis_max": {"queries": near}}] if near else []),
        *_ordered(words, told, ranking.order_weight),
        *_early(words, told, ranking.early_weight),
    ]


def _near(words: Sequence[Term], told: Sequence[float], weight: float) -> Iterator[Body]:
    """Yield one query for all *words* and one for each pair: what they tell but for the one that tells most."""
    groups = [list(range(len(words)))] if len(words) > 2 else []  # noqa: PLR2004 - two are a pair
    groups += [list(pair) for pair in pairwise(range(len(words)))]
    for group in groups if weight else ():
        own = [told[place] for place in group]
        texts = [words[place].text for place in group]
        found = together(schema.STEM, texts, between=WINDOW - len(group), is_ordered=False)
        yield _adding(found, weight * (sum(own) - max(own)), f"{NEAR} {' '.join(texts)}")


def _ordered(words: Sequence[Term], told: Sequence[float], weight: float) -> Iterator[Body]:
    for (one, own), (other, following) in pairwise(zip(words, told, strict=True)) if weight else ():
        found = together(schema.STEM, [one.text, other.text], between=NEXT - 1, is_ordered=True)
        yield _adding(found, weight * max(own, following), f"{ORDER} {one.text} {other.text}")


def _early(words: Sequence[Term], told: Sequence[float], weight: float) -> Iterator[Body]:
    """Yield for each word and each step what is added there to what the later steps add."""
    shares = [EARLY / (EARLY + (first + last) / 2) for first, last in pairwise((0, *_STEPS))]
    for word, own in zip(words, told, strict=True) if weight else ():
        for step, (share, later) in zip(_STEPS, pairwise((*shares, 0.0)), strict=True):
            found = {"span_first": {"match": {"span_term": {LEAD: {"value": fit(word.text)}}}, "end": step}}
            yield _adding(found, weight * own * (share - later), f"{FIRST} {word.text} {step}")


def _adding(query: Body, score: float, name: str) -> Body:
    return {"constant_score": {"filter": query, "boost": max(score, 1e-6), "_name": name}}
