"""The hits of a segment in the order of their dates: without scores, and only those put in order that are shown."""

import numpy as np

from indexer.engines.arrays import Array
from search.engines.whoosh.continuing import passed
from search.engines.whoosh.matches import Matches
from search.engines.whoosh.ranked import Best
from search.engines.whoosh.views import View
from search.query import Query


def best_by_date(view: View, matches: Matches, places: Array, query: Query, count: int) -> Best:
    """Return the *count* of *matches* that come first by *places*, those of all documents in the order of *query*."""
    documents = matches.documents
    if query.after:
        documents = documents.compress(places.take(documents) >= passed(view, places, query.sort, query.after))
    return Best(matches.count, *_first(documents, places, count))


def _first(documents: Array, places: Array, count: int) -> tuple[Array, Array]:
    """Return the *count* of *documents* that come first by *places*, and zeros for their scores."""
    own = places.take(documents)
    if len(own) > count:
        first = np.argpartition(own, count)[:count]
        documents, own = documents.take(first), own.take(first)
    return documents.take(own.argsort()), np.zeros(len(documents), np.int32)
