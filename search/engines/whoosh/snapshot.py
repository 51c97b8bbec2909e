"""The state of an index at one moment: its segments, and which of their documents are not deleted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import EmptyIndexError, open_dir

from indexer import schema
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.schema import whoosh_schema
from indexer.errors import IndexUnavailable
from search.engines.whoosh.cache import RecentlyUsed
from search.engines.whoosh.searcher import SegmentSearcher
from search.engines.whoosh.statistics import Statistics
from search.settings import Ranking

CACHE = 96 << 20
"""Bytes of decoded postings that are kept: the words of some thousand queries over 120,000 articles."""


class Snapshot:
    """An index, open for reading; what is committed to it later is not seen."""

    def __init__(self, folder: Path, ranking: Ranking) -> None:
        """
        Open the index in *folder*.

        Raises:
            IndexUnavailable: there is no index, or its files are damaged.
        """
        segments = [(OpenSegment(folder, listed.segment_id()), listed) for listed in _listed(folder)]
        statistics = Statistics([segment for segment, _ in segments])
        cache = RecentlyUsed(CACHE)
        self.searchers = tuple(
            SegmentSearcher(segment, _live(listed), statistics, ranking, cache) for segment, listed in segments
        )

    def find(self, article_id: str) -> tuple[SegmentSearcher, int] | None:
        """Return where the article of this id is: its segment, and its document there."""
        return next(self._found(article_id), None)

    def _found(self, article_id: str) -> Iterator[tuple[SegmentSearcher, int]]:
        for searcher in self.searchers:
            term = searcher.segment.term(schema.ID, article_id.encode())
            documents = () if term is None else searcher.segment.postings(term).documents
            for document in () if documents is None else documents:
                if searcher.live is None or searcher.live[document]:
                    yield searcher, int(document)


def _listed(folder: Path) -> list[Any]:
    """Return the segments that Whoosh's table of contents lists."""
    try:
        return list(open_dir(folder, schema=whoosh_schema())._segments())  # noqa: SLF001 - no reader of Whoosh's is wanted
    except (EmptyIndexError, OSError, ValueError, LookupError, EOFError) as exc:
        raise IndexUnavailable(
            f"the index in {folder} cannot be opened ({exc}): run `telusur reindex SOURCE…`"
        ) from exc


def _live(listed: Any) -> Array | None:
    """Return for each document of a segment whether it is not deleted, None where none is."""
    if not listed.has_deletions():
        return None
    live = np.ones(listed.doc_count_all(), bool)
    live[list(listed.deleted_docs())] = False
    return live
