"""What hits are limited to and sorted by, as arrays over the columns of a segment."""

from datetime import date, datetime, time, timedelta

import numpy as np

from indexer.article import WIB
from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh.coded import coded, numbers_of
from search.query import Filters


def allowed(segment: OpenSegment, filters: Filters) -> Array:
    """Return for each document of *segment* whether *filters* let it through."""
    kept = np.ones(segment.articles, bool)
    for field, values in filters.values.items():
        column = coded(segment, field)
        kept &= column.having(numbers_of(column.values, values))
    if filters.since or filters.until:
        first = _midnight(filters.since or date.min + timedelta(days=1))
        published = segment.columns.published.whole()
        kept &= published >= first
        if filters.until and filters.until < date.max:
            kept &= published < _midnight(filters.until + timedelta(days=1))
    return kept


def oldest_first(segment: OpenSegment) -> Array:
    """Return the place of each document when the oldest comes first; undated ones last, equal ones by id."""
    published = segment.columns.published.whole()
    moment = np.where(published == MISSING_DATE, np.iinfo(np.int64).max, published)
    order = np.lexsort((segment.columns.newest.whole(), moment))
    places = np.empty(len(order), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=WIB).timestamp())
