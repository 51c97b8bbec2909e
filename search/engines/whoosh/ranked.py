"""
The best documents of a tree in one segment, and how many match at all, without a score for every match.

The words of a query are read from the rarest on. Once it is known which score the documents that are wanted will have
at least (the *floor*), frequent words that cannot lift a document up to it are not read: what they add is looked up
for the documents that have a chance. At last the best are looked at once more, for how the words stand in them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.arrays import Array
from search.engines.whoosh.combining import allowed_of
from search.engines.whoosh.frequent import FrequentWord
from search.engines.whoosh.matches import HEAD, Matches, best, lowest_of, where
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.sums import Sum, sum_of
from search.engines.whoosh.views import View
from search.query import AnyOf, Node
from search.tuning import Ranking

LOOKED_AT = 50
"""
How many of the best documents are looked at once more. To look at 15 or 200 of them changed MRR@10 by .0002 at most
(3,800 queries); but readers turn a few pages.
"""

_SOME = 2
"""How many times the documents that are wanted are completed first, to know what the others must reach."""


class Best(NamedTuple):
    """How many documents match, and the best of these with their scores, the best first."""

    total: int
    documents: Array
    scores: Array


def best_of(view: View, node: Node, count: int) -> Best:
    """Return the best *count* documents of *node*, equal ones by the newer, then by id."""
    searcher = view.searcher
    lists, later = _alternatives(searcher, node)
    if len(lists) == 1 and not later:
        return _best_of_one(view, lists[0], count)
    return _best_sum(view, lists, later, count)


def stood(view: View, node: Node, found: Best, ranking: Ranking) -> Best:
    """Return *found* with what the words of *node* add to the first `LOOKED_AT` by how they stand in these."""
    documents, scores = found.documents[:LOOKED_AT], found.scores[:LOOKED_AT].copy()
    order = documents.argsort()
    standing = view.searcher.standing(node, documents.take(order))
    if standing is None:
        return found
    scores[order] += sum(standing.added(ranking))
    first = best(documents, scores, view.searcher.newest, len(documents))
    rest = (found.documents[LOOKED_AT:], found.scores[LOOKED_AT:])
    return Best(found.total, *map(np.concatenate, zip(first, rest, strict=True)))


def _best_of_one(view: View, matches: Matches, count: int) -> Best:
    documents, scores = matches.best(view.searcher.newest, max(count, HEAD))
    if view.live is not None:
        kept = where(view.among(documents))
        if len(kept) < min(count, matches.count):
            matches = allowed_of(matches, view.live)
            return Best(matches.count, *matches.best(view.searcher.newest, count))
        documents, scores = documents.take(kept), scores.take(kept)
    return Best(matches.count - _gone(view, [matches]), documents[:count], scores[:count])


def _alternatives(searcher: SegmentSearcher, node: Node) -> tuple[list[Matches], list[FrequentWord]]:
    """Return the lists that add up to *node*, and what else adds to it that is better looked up than added up."""
    if not isinstance(node, AnyOf):
        return [searcher.whole(node)], []
    frequent = [searcher.frequent(child) for child in node.nodes]
    lists = [searcher.matches(child) for child, word in zip(node.nodes, frequent, strict=True) if word is None]
    return [matches for matches in lists if matches.count], [word for word in frequent if word]


def _best_sum(view: View, lists: list[Matches], later: list[FrequentWord], count: int) -> Best:
    """Return the best documents of the sum of *lists* and of what comes *later*."""
    later = sorted(later, key=lambda one: one.bound)
    total = sum_of(view.segment.articles, lists)
    documents, scores = _living(view, *total.reaching(1))
    floor, spare = lowest_of(scores, count), sum(word.bound for word in later)
    while later and spare >= floor:
        word = later.pop()
        spare -= word.bound
        total.add(word.read())
        documents, scores = _living(view, *total.reaching(max(1, floor - spare)))
        floor = max(floor, lowest_of(scores, count))
    if later:
        documents, scores = _completed(documents, scores, later[::-1], floor, count)
    return Best(_count(view, total, later), *best(documents, scores, view.searcher.newest, count))


def _living(view: View, documents: Array, scores: Array) -> tuple[Array, Array]:
    if view.live is None:
        return documents, scores
    alive = view.among(documents)
    if alive.all():
        return documents, scores
    kept = where(alive)
    return documents.take(kept), scores.take(kept)


def _completed(
    documents: Array, scores: Array, later: Sequence[FrequentWord], floor: int, count: int
) -> tuple[Array, Array]:
    """
    Return *documents* and *scores* with what comes *later*, without those that cannot be among the *count* best.

    What it adds to some of the best so far tells which score the others must be able to reach.
    """
    spare = sum(one.bound for one in later)
    kept = where(scores >= floor - spare)
    documents, scores = documents.take(kept), scores.take(kept)
    if len(scores) > _SOME * count:
        some = np.argpartition(scores, -_SOME * count)[-_SOME * count :]
        added = sum(one.at(documents.take(some)) for one in later)
        floor = max(floor, lowest_of(scores.take(some) + added, count))
        kept = where(scores >= floor - spare)
        documents, scores = documents.take(kept), scores.take(kept)
    for one in later:
        scores = scores + one.at(documents)
        spare -= one.bound
        kept = where(scores >= floor - spare)  # the others have fallen behind
        documents, scores = documents.take(kept), scores.take(kept)
    return documents, scores


def _gone(view: View, lists: Sequence[Matches]) -> int:
    """Return how many documents of *lists* are deleted."""
    if not len(view.gone):
        return 0
    return int(np.count_nonzero(sum(matches.at(view.gone) for matches in lists)))


def _count(view: View, total: Sum, later: Sequence[FrequentWord]) -> int:
    """Return how many documents that are not deleted are in *total* or in what comes *later*."""
    marks = total.marks()
    for one in later:
        one.mark(marks)
    marks[view.gone] = False
    return int(np.count_nonzero(marks))
