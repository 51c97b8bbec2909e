"""
How many of the documents that a query finds have each value of its key fields.

They are counted by the numbers of their values, array by array. What is counted are arrays of documents, whatever
these stand for.
"""

from collections.abc import Callable, Sequence

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh.coded import coded
from search.engines.whoosh.commonest import Counted, commonest
from search.query import Filters
from search.results import FacetCount

MOST_VALUES = 50
"""Values of a facet that are told, beside those that hits are limited to."""

Documents = Sequence[tuple[OpenSegment, Array]]
"""Documents by segment."""


def facets_of(
    fields: Sequence[str], filters: Filters, documents_of: Callable[[Filters], Documents]
) -> dict[str, tuple[FacetCount, ...]]:
    """
    Return the highest counts of each of *fields* among the documents that *documents_of* gives for filters.

    A field is counted without its own filter: a value that is chosen leaves the others to be chosen beside it.
    """
    found: dict[str, Documents] = {}
    facets = {}
    for field in fields:
        own = field if field in filters.values else ""
        if own not in found:
            found[own] = documents_of(filters.without(own) if own else filters)
        facets[field] = _counted(field, found[own], filters.values.get(field, ()))
    return facets


def _counted(field: str, found: Documents, chosen: Sequence[str]) -> tuple[FacetCount, ...]:
    """Return the highest counts, equal ones by value, and after them those of the other *chosen* values."""
    columns = [(coded(segment, field), documents) for segment, documents in found if len(documents)]
    parts = [Counted(column.values, column.counts(documents)) for column, documents in columns]
    best = commonest(parts, MOST_VALUES)
    others = sorted(set(chosen).difference(value for value, _ in best))
    counts = [*best, *((value, sum(part.of(value) for part in parts)) for value in others)]
    return tuple(FacetCount(value, count) for value, count in counts if count)
