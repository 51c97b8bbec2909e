"""What hits are limited to, counted by and sorted by, in the language of the cluster."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from indexer import schema
from indexer.article import WIB
from indexer.engines.opensearch.mapping import ID
from search.engines.opensearch.asking import Body
from search.query import Filters, Query, Sort
from search.results import FacetCount

_FACET_VALUES = 50  # values of a facet at most
_COUNTED = 1_000
"""Values that each shard tells of: of so many the counts of the first 50 are exact, whatever shard has which."""


def limits(filters: Filters) -> list[Body]:
    """Return what an article must match for *filters* to let it through."""
    found: list[Body] = [
        {"terms": {field: [schema.key(value) for value in values]}} for field, values in filters.values.items()
    ]
    if filters.since or filters.until:
        span = {"gte": _midnight(filters.since or date.min + timedelta(days=1))}
        if filters.until and filters.until < date.max:
            span["lt"] = _midnight(filters.until + timedelta(days=1))
        found.append({"range": {schema.PUBLISHED: span}})
    return found


def order(sort: Sort) -> list[Body]:
    """Return by what hits are sorted; articles without a date come last, equal ones by id."""
    newest = {schema.PUBLISHED: {"order": "desc", "missing": "_last"}}
    oldest = {schema.PUBLISHED: {"order": "asc", "missing": "_last"}}
    first: list[Body] = {
        Sort.RELEVANCE: [{"_score": {"order": "desc"}}, newest],
        Sort.NEWEST: [newest],
        Sort.OLDEST: [oldest],
    }[sort]
    return [*first, {ID: {"order": "asc"}}]


def counting(query: Query) -> Body:
    """Return what counts the hits of *query* by its key fields."""
    by = [{"_count": "desc"}, {"_key": "asc"}]
    return {
        field: {"terms": {"field": field, "size": _FACET_VALUES, "shard_size": _COUNTED, "order": by}}
        for field in query.facets
    }


def counted(query: Query, answer: Mapping[str, Any]) -> dict[str, tuple[FacetCount, ...]]:
    """Return the counts of an *answer* to *query*, the highest first, equal ones by value."""
    return {
        field: tuple(
            FacetCount(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"][field]["buckets"]
        )
        for field in query.facets
    }


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=WIB).timestamp())
