"""
Phrases with other words between two of theirs, a certain number at most.

The cluster counts all words between together, wherever they stand. So each way to spread the words between is asked for
as a phrase of its own, as long as these are few. Beyond that every word must stand in order near the one before; where
a word is there several times the cluster looks at the nearest alone, and may miss an article that has the others right.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

from indexer.engines.opensearch.texts import fit
from search.engines.opensearch.asking import Body

_MOST_WAYS = 64
MOST_BETWEEN = 62
"""Words between two at most, whatever is asked for; our own index looks no further either."""


def spaced_phrase(field: str, terms: Sequence[str], slop: int) -> Body:
    """Return what matches the articles that have *terms* in order, *slop* other words at most between two of them."""
    between = min(slop, MOST_BETWEEN)
    gaps = len(terms) - 1
    if (between + 1) ** gaps <= _MOST_WAYS:
        ways = [_exactly(field, terms, way) for way in product(range(between + 1), repeat=gaps)]
        return {"bool": {"should": ways, "minimum_should_match": 1}}
    first, *others = [{"span_term": {field: {"value": fit(term)}}} for term in terms]
    spans: Body = first
    for other in others:
        spans = {"span_near": {"clauses": [spans, other], "slop": between, "in_order": True}}
    return spans


def together(field: str, terms: Sequence[str], *, between: int, is_ordered: bool) -> Body:
    """Return what matches the articles that have *terms* with so many words *between* them, all in all."""
    words = [_word(term) for term in terms]
    mode = "ordered" if is_ordered else "unordered"
    rule = {"all_of": {"mode": mode, "max_gaps": max(between, 0), "intervals": words}}
    return {"intervals": {field: rule}}


def _word(term: str) -> dict[str, Any]:
    return {"match": {"query": fit(term), "analyzer": "whitespace"}}


def _exactly(field: str, terms: Sequence[str], gaps: Sequence[int]) -> Body:
    """Return what matches *terms* with exactly so many words between: a stop word leaves its place empty."""
    text = fit(terms[0])
    for gap, term in zip(gaps, terms[1:], strict=True):
        text = " ".join([text, *["_"] * gap, fit(term)])
    return {"match_phrase": {field: {"query": text, "analyzer": "telusur"}}}
