"""Documents that were found, by where they are: their order over all segments, and the articles that they are."""

from collections.abc import Callable
from typing import NamedTuple

from indexer.article import Article
from indexer.engines.moments import MISSING_DATE
from indexer.engines.whoosh.stored import from_stored
from search.engines.whoosh.searcher import SegmentSearcher
from search.query import Sort


class Found(NamedTuple):
    """
    A document that was found: where it is, and its score in units, 0 where hits are sorted by date.

    A tuple, as ten are made for each query: a frozen dataclass takes three times as long to make.
    """

    searcher: SegmentSearcher
    document: int
    score: int

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.searcher.segment.columns.ids[self.document]

    @property
    def published(self) -> int:
        """The moment of publication, in seconds since 1970."""
        return int(self.searcher.segment.columns.published[self.document])


ORDERS: dict[Sort, Callable[[Found], tuple[int | str, ...]]] = {
    Sort.RELEVANCE: lambda found: (-found.score, -found.published, found.id),
    Sort.NEWEST: lambda found: (-found.published, found.id),
    Sort.OLDEST: lambda found: (found.published == MISSING_DATE, found.published, found.id),
}
"""By what documents of several segments are sorted."""


def article_of(searcher: SegmentSearcher, document: int) -> Article:
    """Return the article that *document* is."""
    return from_stored(searcher.segment.stored[document])
