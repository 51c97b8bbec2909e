"""Writes an index: articles to runs, runs to one segment, and the segment into Whoosh's table of contents."""

from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import create_in

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec.merging import merge
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.segment import ArraySegment
from indexer.engines.whoosh.commits import Commit, Listed
from indexer.engines.whoosh.runs import RunWriter
from indexer.engines.whoosh.schema import whoosh_schema


class WhooshWriter:
    """Implements `indexer.engines.IndexWriter`."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """Create an empty index in *folder*."""
        self._folder = folder
        self._index: Any = create_in(folder, whoosh_schema())
        self._run = RunWriter(analyzer)
        self._segments: list[ArraySegment] = []
        self._numbers: dict[str, int] = {}
        self._replaced: list[int] = []
        self._count = 0

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""
        earlier = self._numbers.get(article.id)
        if earlier is not None:
            self._replaced.append(earlier)
        self._numbers[article.id] = self._count
        self._count += 1
        self._run.add(article)
        if self._run.is_full:
            self._write_run()
        return earlier is not None

    def finish(self) -> int:
        """Complete the index, open it again, and return how many articles it holds."""
        if len(self._run):
            self._write_run()
        self._numbers.clear()
        segments = [self._merged()] if self._replaced or len(self._segments) > 1 else self._segments
        listed = tuple(Listed(segment.segment_id(), segment.doc_count_all()) for segment in segments)
        commits.save(self._folder, Commit(1, listed))
        return sum(OpenSegment(self._folder, segment.name).articles for segment in listed)

    def abort(self) -> None:
        """Give up; the folder is the caller's to remove."""

    def _write_run(self) -> None:
        segment = ArraySegment(self._index.indexname)
        segment.set_doc_count(len(self._run))
        self._run.write(self._folder, segment.segment_id())
        self._segments.append(segment)

    def _merged(self) -> ArraySegment:
        kept = np.ones(self._count, bool)
        kept[self._replaced] = False
        ends = np.cumsum([segment.doc_count_all() for segment in self._segments])
        sources = [OpenSegment(self._folder, segment.segment_id()) for segment in self._segments]
        merged = ArraySegment(self._index.indexname)
        merged.set_doc_count(int(kept.sum()))
        merge(list(zip(sources, np.split(kept, ends[:-1]), strict=True)), self._folder, merged.segment_id())
        for segment in self._segments:
            for path in self._folder.glob(f"{segment.segment_id()}.*"):
                path.unlink()
        return merged
