"""What hits are limited to, counted by and sorted by, as arrays over the columns of a segment."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np

from indexer import schema
from indexer.article import WIB
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.moments import MISSING_DATE
from search.query import Filters
from search.results import FacetCount

_FACET_VALUES = 50  # values of a facet at most


def allowed(segment: OpenSegment, filters: Filters) -> Array:
    """Return for each document of *segment* whether *filters* let it through."""
    kept = np.ones(segment.articles, bool)
    for field, values in filters.values.items():
        kept &= np.isin(segment.columns.numbers(field).whole(), _numbers(segment, field, values))
    if filters.since or filters.until:
        first = _midnight(filters.since or date.min + timedelta(days=1))
        published = segment.columns.published.whole()
        kept &= published >= first
        if filters.until and filters.until < date.max:
            kept &= published < _midnight(filters.until + timedelta(days=1))
    return kept


def facets(found: Iterable[tuple[OpenSegment, Array]], fields: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
    """Return for each of the key fields *fields* how many of the documents *found* have its commonest values."""
    totals: dict[str, Counter[str]] = {field: Counter() for field in fields}
    for segment, documents in found:
        for field, counter in totals.items():
            counter.update(counts(segment, field, documents))
    return {field: _highest(counter) for field, counter in totals.items()}


def counts(segment: OpenSegment, field: str, documents: Array) -> Counter[str]:
    """Return how many of *documents* have each value of the key field *field*; those without a value do not count."""
    values = segment.columns.values(field)
    found = np.bincount(segment.columns.numbers(field).whole().take(documents), minlength=1)
    return Counter({value: int(found[number]) for number in np.flatnonzero(found) if (value := values[int(number)])})


def oldest_first(segment: OpenSegment) -> Array:
    """Return the place of each document when the oldest comes first; undated ones last, equal ones by id."""
    published = segment.columns.published.whole()
    moment = np.where(published == MISSING_DATE, np.iinfo(np.int64).max, published)
    order = np.lexsort((segment.columns.newest.whole(), moment))
    places = np.empty(len(order), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


def _highest(counter: Counter[str]) -> tuple[FacetCount, ...]:
    """Return the highest counts, equal ones by value."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered[:_FACET_VALUES])


def _numbers(segment: OpenSegment, field: str, values: tuple[str, ...]) -> list[int]:
    known = segment.columns.values(field)
    places = ((bisect_left(known, schema.key(value)), schema.key(value)) for value in values)
    return [place for place, value in places if place < len(known) and known[place] == value]


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=WIB).timestamp())
