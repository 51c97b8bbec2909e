"""What hits are limited to, counted by and sorted by, in the language of the cluster."""

from collections.abc import Callable, Mapping, Sequence
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
    return [*values(filters), *dates(filters)]


def values(filters: Filters) -> list[Body]:
    """Return what an article must match for the values of *filters*."""
    return [{"terms": {field: [schema.key(value) for value in own]}} for field, own in filters.values.items()]


def dates(filters: Filters) -> list[Body]:
    """Return what an article must match for the days of *filters*."""
    if not (filters.since or filters.until):
        return []
    span = {"gte": _midnight(filters.since or date.min + timedelta(days=1))}
    if filters.until and filters.until < date.max:
        span["lt"] = _midnight(filters.until + timedelta(days=1))
    return [{"range": {schema.PUBLISHED: span}}]


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


def counting(query: Query, hidden: Callable[[Filters], list[Body]]) -> Body:
    """Return what counts the hits of *query* by its key fields, each without its own filter and what is *hidden*."""
    return {
        field: {
            "filter": {"bool": {"filter": values(others), "must_not": hidden(others)}},
            "aggs": {"best": _highest(field), "chosen": _highest(field, query.filters.values.get(field, ()))},
        }
        for field in query.facets
        for others in [query.filters.without(field)]
    }


def counted(query: Query, answer: Mapping[str, Any]) -> dict[str, tuple[FacetCount, ...]]:
    """Return the counts of an *answer* to *query*, the highest first, and after them those of other chosen values."""
    return {field: _counts(answer["aggregations"][field]) for field in query.facets}


def _highest(field: str, chosen: Sequence[str] | None = None) -> Body:
    """Return what counts the values of *field*: those that most have, equal ones by value, or those *chosen* alone."""
    by = [{"_count": "desc"}, {"_key": "asc"}]
    terms = {"field": field, "size": _FACET_VALUES, "shard_size": _COUNTED, "order": by}
    if chosen is None:
        return {"terms": terms}
    keys = sorted({schema.key(value) for value in chosen})
    return {"terms": {**terms, "size": max(len(keys), 1), "order": {"_key": "asc"}, "include": keys or [""]}}


def _counts(answer: Mapping[str, Any]) -> tuple[FacetCount, ...]:
    best, chosen = ({own["key"]: own["doc_count"] for own in answer[name]["buckets"]} for name in ("best", "chosen"))
    return tuple(FacetCount(value, count) for value, count in (best | chosen).items())


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=WIB).timestamp())
