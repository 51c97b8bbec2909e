"""Writes a new index: all articles as one segment, and the first commit."""

import time
from pathlib import Path

from whoosh.index import create_in

from indexer.analysis import Analyzer
from indexer.engines.whoosh import commits, committing
from indexer.engines.whoosh.commits import Commit, Reach
from indexer.engines.whoosh.schema import whoosh_schema
from indexer.engines.whoosh.segments import SegmentWriter


class WhooshWriter(SegmentWriter):
    """Implements `indexer.engines.IndexWriter`."""

    def __init__(self, folder: Path, analyzer: Analyzer, jobs: int = 1) -> None:
        """Create an empty index in *folder*, to be finished by as many processes as *jobs* says."""
        super().__init__(folder, analyzer, jobs)
        create_in(folder, whoosh_schema())

    def finish(self, through: int = 0) -> int:
        """Complete the index, open it again, and return how many articles it holds; see `IndexWriter`."""
        tally = commits.tally(self.ids)
        listed = self.write()
        committing.save(self._folder, Commit(1, (listed,), tally, Reach(through, through, time.time())))
        return commits.opened(self._folder, listed).articles

    def abort(self) -> None:
        """Give up; the folder is the caller's to remove."""
