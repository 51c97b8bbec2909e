"""What a query sees of one segment: the documents that are not deleted, nor left out for another reason."""

from dataclasses import dataclass, replace

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh.searcher import SegmentSearcher


@dataclass(frozen=True, slots=True)
class View:
    """A segment: *live* says of each document whether it is seen, None where all are; *gone* are those that are not."""

    searcher: SegmentSearcher
    live: Array | None
    gone: Array

    @property
    def segment(self) -> OpenSegment:
        """The segment."""
        return self.searcher.segment

    def among(self, documents: Array) -> Array:
        """Return for each of *documents* whether it is seen."""
        return np.ones(len(documents), bool) if self.live is None else self.live.take(documents)

    def without(self, documents: Array) -> "View":
        """Return the view in which *documents* are not seen either."""
        if not len(documents):
            return self
        live = np.ones(self.segment.articles, bool) if self.live is None else self.live.copy()
        live[documents] = False
        return replace(
            self, live=live, gone=np.concatenate((self.gone, documents), dtype=np.int32, casting="same_kind")
        )
