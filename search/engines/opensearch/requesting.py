"""
A query -> the body of a request: what matches and in which order, what is counted, where a page begins.

A key field is counted without its own filter. So where fields are counted, the filters of values come after the counts;
so do articles that are pinned, which are counted, and shown elsewhere.
"""

from collections.abc import Callable, Collection
from typing import Any

from indexer.engines.opensearch.documents import key_of
from search.engines.opensearch.asking import Body
from search.engines.opensearch.limits import counting, dates, limits, order, values
from search.engines.opensearch.matching import any_of, matched
from search.query import Place, Query, Sort

_UNDATED = {Sort.RELEVANCE: -(1 << 63), Sort.NEWEST: -(1 << 63), Sort.OLDEST: (1 << 63) - 1}
"""What the cluster sorts an article by that has no date."""

Scored = Callable[[Query], list[Body]]
"""Returns what scores the articles that a query matches: the first must match, the others add to the score."""


def request(query: Query, scored: Scored, *, offset: int, limit: int) -> dict[str, Any]:
    """Return the body of the request for the hits of *query* from *offset* on, *limit* at most."""
    body: dict[str, Any] = {"size": limit, "sort": order(query.sort)}
    if query.after:
        body["search_after"] = _place(query.after, query.sort)
    else:
        body["from"] = offset
    beside = with_ids(query.pinned) if query.pinned and query.sort is Sort.RELEVANCE else None
    if not query.facets:
        must_not = {"must_not": [beside]} if beside else {}
        return {**body, "query": {"bool": {**_matching(query, scored), "filter": limits(query.filters), **must_not}}}
    later = {"bool": {"filter": values(query.filters), **({"must_not": [beside]} if beside else {})}}
    asked = {"bool": {**_matching(query, scored), "filter": dates(query.filters)}}
    return {**body, "query": asked, "post_filter": later, "aggs": counting(query)}


def matching(query: Query) -> Body:
    """Return what matches all hits of *query*, those that are pinned too."""
    return {"bool": {"filter": [_found(query), *limits(query.filters)]}}


def with_ids(article_ids: Collection[str]) -> Body:
    """Return what matches the articles of these ids."""
    return {"ids": {"values": [key_of(article_id) for article_id in article_ids]}}


def _matching(query: Query, scored: Scored) -> Body:
    if query.sort is not Sort.RELEVANCE:
        return {"must": [{"constant_score": {"filter": _found(query)}}]}
    first, *others = scored(query)
    if query.pinned and query.facets:  # what is pinned is counted, and left out of the hits afterwards
        first = any_of([first, with_ids(query.pinned)])
    return {"must": [first], "should": others}


def _found(query: Query) -> Body:
    found = matched(query.tree)
    return any_of([found, with_ids(query.pinned)]) if query.pinned else found


def _place(after: Place, sort: Sort) -> list[object]:
    published = _UNDATED[sort] if after.published is None else after.published
    return [*([after.score] if sort is Sort.RELEVANCE else []), published, after.id]
