"""
A query -> the body of a request: what matches and in which order, what is counted, where a page begins.

A key field is counted without its own filter. So where fields are counted, the filters of values come after the counts;
so do articles that are pinned, which are counted, and shown elsewhere, and those of which a copy is shown: what is one
for the hits need not be one for a count.
"""

from collections.abc import Callable, Collection
from typing import Any

from indexer.engines.opensearch.documents import key_of
from search.engines.opensearch.asking import Body
from search.engines.opensearch.limits import counting, dates, limits, order, values
from search.engines.opensearch.matching import any_of, matched
from search.query import Filters, Place, Query, Sort

_UNDATED = {Sort.RELEVANCE: -(1 << 63), Sort.NEWEST: -(1 << 63), Sort.OLDEST: (1 << 63) - 1}
"""What the cluster sorts an article by that has no date."""

Hidden = Callable[[Filters], list[Body]]
"""Returns what an article must not match to be shown, or counted, where hits are limited so."""

Scored = Callable[[Query], list[Body]]
"""Returns what scores the articles that a query matches: the first must match, the others add to the score."""


def request(query: Query, scored: Scored, hidden: Hidden, *, offset: int, limit: int) -> dict[str, Any]:
    """Return the body of the request for the hits of *query* from *offset* on, *limit* at most."""
    body: dict[str, Any] = {"size": limit, "sort": order(query.sort)}
    if query.after:
        body["search_after"] = _place(query.after, query.sort)
    else:
        body["from"] = offset
    beside = [with_ids(query.pinned)] if query.pinned and query.sort is Sort.RELEVANCE else []
    must_not = {"must_not": [*beside, *hidden(query.filters)]}
    if not query.facets:
        return {**body, "query": {"bool": {**_matching(query, scored), "filter": limits(query.filters), **must_not}}}
    later = {"bool": {"filter": values(query.filters), **must_not}}
    asked = {"bool": {**_matching(query, scored), "filter": dates(query.filters)}}
    return {**body, "query": asked, "post_filter": later, "aggs": counting(query, hidden)}


def matching(query: Query, hidden: Hidden) -> Body:
    """Return what matches all hits of *query*, those that are pinned too."""
    return {"bool": {"filter": [found_by(query), *limits(query.filters)], "must_not": hidden(query.filters)}}


def found_by(query: Query) -> Body:
    """Return what matches what *query* finds, whatever its filters are, and what is pinned to it."""
    found = matched(query.tree)
    return any_of([found, with_ids(query.pinned)]) if query.pinned else found


def with_ids(article_ids: Collection[str]) -> Body:
    """Return what matches the articles of these ids."""
    return {"ids": {"values": [key_of(article_id) for article_id in article_ids]}}


def _matching(query: Query, scored: Scored) -> Body:
    if query.sort is not Sort.RELEVANCE:
        return {"must": [{"constant_score": {"filter": found_by(query)}}]}
    first, *others = scored(query)
    if query.pinned and query.facets:  # what is pinned is counted, and left out of the hits afterwards
        first = any_of([first, with_ids(query.pinned)])
    return {"must": [first], "should": others}


def _place(after: Place, sort: Sort) -> list[object]:
    published = _UNDATED[sort] if after.published is None else after.published
    return [*([after.score] if sort is Sort.RELEVANCE else []), published, after.id]
