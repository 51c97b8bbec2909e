"""All of, any of, preferably, except: lists of matches made into one."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from search.engines.whoosh.matches import DenseMatches, Matches, SparseMatches, matches_of, nothing, where

_LOOKED_UP = 12
"""How many documents of a list can be spread over an array in the time that it takes to look one up by bisection."""

_FEW = 200
"""Below one document in so many, sorting the documents is cheaper than looking through an array of all of them."""


def all_of(lists: Sequence[Matches]) -> Matches:
    """Return the documents that each of *lists* matches; their scores are added."""
    first, *others = sorted(lists, key=lambda matches: matches.count)
    if not first.count:
        return first
    dense = [matches.dense for matches in lists if isinstance(matches, DenseMatches)]
    if len(dense) == len(lists):
        return _all_dense(dense)
    if isinstance(first, DenseMatches):
        first, *others = sorted(lists, key=lambda matches: isinstance(matches, DenseMatches))
    documents, scores = first.documents, first.scores
    for other in others:
        found = scores_at(other, documents)
        kept = where(found)
        documents, scores = documents.take(kept), scores.take(kept) + found.take(kept)
    return SparseMatches(first.articles, documents, scores)


def _all_dense(dense: Sequence[Array]) -> Matches:
    total, everywhere = dense[0].copy(), dense[0] > 0
    for other in dense[1:]:
        total += other
        everywhere &= other > 0
    total *= everywhere
    return DenseMatches(total)


def any_of(lists: Sequence[Matches]) -> Matches:
    """Return the documents that one of *lists* matches; their scores are added."""
    articles = lists[0].articles
    found = [matches for matches in lists if matches.count]
    if len(found) < 2:  # noqa: PLR2004 - nothing to add up
        return found[0] if found else nothing(articles)
    if are_few(found):
        return SparseMatches(articles, *summed(found))
    return DenseMatches(total_of(found))


def highest_of(lists: Sequence[Matches]) -> Matches:
    """Return the documents that one of *lists* matches, each with the highest of its scores."""
    articles = lists[0].articles
    found = [matches for matches in lists if matches.count]
    if len(found) < 2:  # noqa: PLR2004 - nothing to compare
        return found[0] if found else nothing(articles)
    total = np.zeros(articles, np.int32)
    for matches in found:
        documents = matches.documents
        total[documents] = np.maximum(total.take(documents), matches.scores)
    documents = where(total)
    return matches_of(articles, documents, total.take(documents))


def are_few(lists: Sequence[Matches]) -> bool:
    """Say whether there are so few matches that sorting them is the cheapest way to add them up."""
    return sum(matches.count for matches in lists) * _FEW < lists[0].articles


def summed(lists: Sequence[Matches]) -> tuple[Array, Array]:
    """Return the documents of *lists*, each once, and the sums of their scores; for few documents."""
    documents = np.concatenate([matches.documents for matches in lists])
    scores = np.concatenate([matches.scores for matches in lists])
    order = documents.argsort()
    documents = documents.take(order)
    starts = where(np.concatenate(([True], documents[1:] != documents[:-1])))
    return documents.take(starts), np.add.reduceat(scores.take(order), starts, dtype=np.int32)


def total_of(lists: Sequence[Matches]) -> Array:
    """Return for every document the sum of its scores in *lists* (int32)."""
    total = np.zeros(lists[0].articles, np.int32)
    for matches in lists:
        matches.add_to(total)
    return total


def adding(matches: Matches, scores: Array) -> Matches:
    """Return those of *matches* that have more than 0 in *scores*, of which there is one for each, added to theirs."""
    kept = where(scores)
    documents, total = matches.documents.take(kept), matches.scores.take(kept) + scores.take(kept)
    return SparseMatches(matches.articles, documents, total)


def preferring(matches: Matches, bonus: Matches) -> Matches:
    """Return *matches* with the scores of *bonus* added where it matches too."""
    if not bonus.count or not matches.count:
        return matches
    if isinstance(matches, DenseMatches):
        total = matches.dense.copy()
        bonus.add_to(total)
        total *= matches.dense > 0
        return DenseMatches(total)
    documents = matches.documents
    return SparseMatches(matches.articles, documents, matches.scores + scores_at(bonus, documents))


def without(matches: Matches, excluded: Matches) -> Matches:
    """Return *matches* without the documents of *excluded*."""
    return limited(matches, excluded.at(matches.documents) == 0)


def allowed_of(matches: Matches, allowed: Array) -> Matches:
    """Return the *matches* that are *allowed*, of which there is one for every document of the segment."""
    return limited(matches, allowed.take(matches.documents))


def limited(matches: Matches, kept: Array) -> Matches:
    """Return those of *matches* that are *kept*, of which there is one for each of them."""
    if kept.all():
        return matches
    places = where(kept)
    return matches_of(matches.articles, matches.documents.take(places), matches.scores.take(places))


def scores_at(matches: Matches, documents: Array) -> Array:
    """Return the score of each of *documents* in *matches*, 0 where there is no match; as `at`, for many of them."""
    if isinstance(matches, DenseMatches) or len(documents) * _LOOKED_UP < matches.count:
        return matches.at(documents)
    return total_of([matches]).take(documents)
