"""A dry run: all sources are read and checked, what is wrong with them is listed, and nothing is built."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.article import Article
from indexer.errors import ReindexFailed
from indexer.reading.batches import Rejected, Remarked, checked
from indexer.reading.pipeline import Counts, Ledger, Progress
from indexer.sources import Sources
from indexer.sources.extent import Extent
from indexer.sources.records import Broken, Found

FIRST = 10
"""Rejected records that are shown."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a dry run found: the counts, the first records that were rejected, and the ledger that lists all."""

    counts: Counts
    first: tuple[Rejected, ...]
    ledger: Path


def try_out(given: Sources, ledger: Path, progress: Progress = lambda _: None) -> Trial:
    """
    Read the articles in the sources *given*, write those records that are none into *ledger*, and build nothing.

    Raises:
        SourceUnavailable: a source cannot be read at all.
        ReindexFailed: the ledger cannot be written.
    """
    given.check()
    extent = Extent.of(given.names)
    try:
        ledger.parent.mkdir(parents=True, exist_ok=True)
        with Ledger(ledger) as open_ledger:
            reading = _Reading(open_ledger)
            for _ in reading.checked(extent.watched(given)):
                reading.counts.expected = extent.records
                progress(reading.counts)
    except OSError as exc:
        raise ReindexFailed(f"the ledger {ledger} cannot be written: {exc.strerror}; nothing was built") from exc
    return Trial(reading.counts, tuple(reading.first), ledger)


class _Reading:
    def __init__(self, ledger: Ledger) -> None:
        self.counts = Counts()
        self.first: list[Rejected] = []
        self._ledger = ledger
        self._ids: set[str] = set()

    def checked(self, items: Iterable[Found | Broken]) -> Iterable[None]:
        """Check *items* one by one."""
        for item in items:
            found = checked(item)
            if isinstance(found, Rejected):
                self._reject(found)
            else:
                self._accept(found)
                if isinstance(item, Found) and item.remark:
                    self._ledger.write(Remarked(item.place, found.id, item.remark))
            yield

    def _accept(self, article: Article) -> None:
        self.counts.accepted += 1
        self.counts.duplicates += article.id in self._ids
        self._ids.add(article.id)

    def _reject(self, rejected: Rejected) -> None:
        self._ledger.write(rejected)
        self.counts.rejected += 1
        if len(self.first) < FIRST:
            self.first.append(rejected)
