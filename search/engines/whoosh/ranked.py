"""
The best documents of a tree in one segment, and how many match at all, without a score for every match.

Each list has a bound, the highest score in it. Once it is known which score the documents that are wanted will have
at least (the *floor*), lists that cannot lift a document up to it need not be added up: their scores are looked up
for the documents that have a chance.
"""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.files import Array
from search.engines.whoosh.combining import are_few, summed, total_of
from search.engines.whoosh.matches import DenseMatches, Matches, SparseMatches, best, packed, set_bits
from search.engines.whoosh.searcher import SegmentSearcher
from search.query import AnyOf, Node, Prefer, Term


@dataclass(frozen=True, slots=True)
class Best:
    """How many documents match, and the best of these with their scores, the best first."""

    total: int
    documents: Array
    scores: Array


def best_of(searcher: SegmentSearcher, node: Node, count: int) -> Best:
    """Return the best *count* documents of *node*, equal ones by the newer, then by id."""
    node, bonuses = _parted(searcher, node)
    lists = _alternatives(searcher, node)
    if len(lists) == 1 and not bonuses:
        return Best(lists[0].count, *lists[0].best(searcher.newest, count))
    floor = max((matches.floor(searcher.newest, count) for matches in lists), default=0)
    return _best_sum(lists, bonuses, floor, searcher.newest, count)


def _parted(searcher: SegmentSearcher, node: Node) -> tuple[Node, list[Matches]]:
    """Return what decides whether a document matches, and the lists that only add to its score."""
    bonuses: list[Matches] = []
    weight = 1.0
    while isinstance(node, Prefer) and not (isinstance(node.node, Term) and isinstance(node.bonus, Term)):
        bonuses += _alternatives(searcher, node.bonus, weight * node.weight)
        node = node.node
    return node, bonuses


def _alternatives(searcher: SegmentSearcher, node: Node, boost: float = 1.0) -> list[Matches]:
    if isinstance(node, AnyOf):
        return [matches for child in node.nodes if (matches := searcher.matches(child, boost)).count]
    return [searcher.matches(node, boost)]


def _best_sum(lists: list[Matches], bonuses: list[Matches], floor: int, newest: Array, count: int) -> Best:
    """Return the best documents of the sum of *lists*, *bonuses* added where any of these matches."""
    lists = sorted(lists, key=lambda matches: matches.bound)
    spare, passed = 0, 0
    while passed < len(lists) - 1 and spare + lists[passed].bound < floor:
        spare += lists[passed].bound
        passed += 1
    added, later = lists[passed:], lists[:passed]
    lowest = max(1, floor - spare - sum(bonus.bound for bonus in bonuses))
    total, documents, scores = _added(added, later, lowest)
    for matches in (*later, *bonuses):
        scores = scores + matches.at(documents)
    return Best(total, *best(documents, scores, newest, count))


def _added(added: list[Matches], later: list[Matches], lowest: int) -> tuple[int, Array, Array]:
    """Return how many documents *added* and *later* match, and those that *added* gives a score of *lowest*."""
    if not added:
        return 0, _NONE, _NONE
    if len(added) == 1:
        return _count(added, later), *added[0].reaching(lowest)
    if are_few(added):
        documents, scores = summed(added)
        few = SparseMatches(added[0].articles, documents, scores)
        return _count([few], later), *few.reaching(lowest)
    sums = DenseMatches(total_of(added))
    return _count([sums], later), *sums.reaching(lowest)


def _count(added: list[Matches], later: list[Matches]) -> int:
    """Return how many documents are in *added*, which is one, or in *later*."""
    if not later:
        return added[0].count
    lists = added + later
    marks = np.zeros(lists[0].articles, bool)
    for matches in lists:
        if isinstance(matches, SparseMatches):
            marks[matches.documents] = True
    bits = packed(marks)
    for matches in lists:
        if isinstance(matches, DenseMatches):
            bits |= matches.bits
    return set_bits(bits)


_NONE = np.zeros(0, np.int32)
