"""
The best documents of a tree in one segment, and how many match at all, without a score for every match.

Each list has a bound, the highest score in it. Once it is known which score the documents that are wanted will have
at least (the *floor*), lists that cannot lift a document up to it need not be added up: their scores are looked up
for the documents that have a chance.
"""

from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh.codec.files import Array
from search.engines.whoosh.combining import allowed_of, are_few, summed, total_of
from search.engines.whoosh.matches import (
    HEAD,
    DenseMatches,
    Matches,
    SparseMatches,
    best,
    lowest_of,
    packed,
    set_bits,
    where,
)
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.snapshot import View
from search.query import AnyOf, Node, Prefer, Term

_LARGE = 1_000_000
"""Documents of all lists together from which on adding them up is dear."""


class Best(NamedTuple):
    """How many documents match, and the best of these with their scores, the best first."""

    total: int
    documents: Array
    scores: Array


def best_of(view: View, node: Node, count: int) -> Best:
    """Return the best *count* documents of *node*, equal ones by the newer, then by id."""
    searcher = view.searcher
    node, bonuses = _parted(searcher, node)
    lists = _alternatives(searcher, node)
    if len(lists) == 1 and not bonuses:
        return _best_of_one(view, lists[0], count)
    return _best_sum(view, lists, bonuses, _floor(view, lists, count), count)


def _best_of_one(view: View, matches: Matches, count: int) -> Best:
    documents, scores = matches.best(view.searcher.newest, max(count, HEAD))
    if view.live is not None:
        kept = where(view.among(documents))
        if len(kept) < min(count, matches.count):
            matches = allowed_of(matches, view.live)
            return Best(matches.count, *matches.best(view.searcher.newest, count))
        documents, scores = documents.take(kept), scores.take(kept)
    return Best(matches.count - _gone(view, [matches]), documents[:count], scores[:count])


def _floor(view: View, lists: list[Matches], count: int) -> int:
    """
    Return a score that *count* documents reach in the sum of *lists*, 0 if none is known.

    The best of each list are known; in a large segment it pays to add up what all lists give these.
    """
    if view.segment.articles * len(lists) < _LARGE:
        return max((_lowest_of(view, matches, count) for matches in lists), default=0)
    heads = [matches.best(view.searcher.newest, HEAD)[0][: 4 * count] for matches in lists]
    documents = np.unique(np.concatenate(heads))
    documents = documents.take(where(view.among(documents)))
    if len(documents) < count:
        return 0
    return lowest_of(sum((matches.at(documents) for matches in lists), np.zeros(len(documents), np.int32)), count)


def _lowest_of(view: View, matches: Matches, count: int) -> int:
    """Return the lowest score of the best *count* documents of *matches*, 0 if it is not known."""
    if count > min(matches.count, HEAD):
        return 0
    documents, scores = matches.best(view.searcher.newest, HEAD)
    if view.live is not None:
        scores = scores.take(where(view.among(documents)))
    return int(scores[count - 1]) if len(scores) >= count else 0


def _gone(view: View, lists: list[Matches]) -> int:
    """Return how many documents of *lists* are deleted."""
    if not len(view.gone):
        return 0
    return int(np.count_nonzero(sum(matches.at(view.gone) for matches in lists)))


def _parted(searcher: SegmentSearcher, node: Node) -> tuple[Node, list[Matches]]:
    """Return what decides whether a document matches, and the lists that only add to its score."""
    bonuses: list[Matches] = []
    while isinstance(node, Prefer) and not (isinstance(node.node, Term) and isinstance(node.bonus, Term)):
        bonuses += _alternatives(searcher, node.bonus, node.weight)
        node = node.node
    return node, bonuses


def _alternatives(searcher: SegmentSearcher, node: Node, boost: float = 1.0) -> list[Matches]:
    if isinstance(node, AnyOf):
        return [matches for child in node.nodes if (matches := searcher.matches(child, boost)).count]
    return [searcher.matches(node, boost)]


def _best_sum(view: View, lists: list[Matches], bonuses: list[Matches], floor: int, count: int) -> Best:
    """Return the best documents of the sum of *lists*, *bonuses* added where any of these matches."""
    lists = sorted(lists, key=lambda matches: matches.bound)
    spare, passed = sum(bonus.bound for bonus in bonuses), 0
    while passed < len(lists) - 1 and spare + lists[passed].bound < floor:
        spare += lists[passed].bound
        passed += 1
    added, later = lists[passed:], lists[:passed]
    lowest = max(1, floor - spare)
    total, documents, scores = _added(added, later, lowest)
    if view.live is not None:
        kept = where(view.among(documents))
        documents, scores = documents.take(kept), scores.take(kept)
    for matches in sorted((*later, *bonuses), key=lambda matches: -matches.bound):
        scores = scores + matches.at(documents)
        spare -= matches.bound
        kept = where(scores >= floor - spare)  # the others have fallen behind
        documents, scores = documents.take(kept), scores.take(kept)
    return Best(total - _gone(view, lists), *best(documents, scores, view.searcher.newest, count))


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
