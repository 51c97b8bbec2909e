"""Records -> parts of an index: counts what went in, and keeps a ledger of what did not."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer.acronym_counts import AcronymCounts
from indexer.durable import named
from indexer.engines import IndexWriter
from indexer.reading.batches import Rejected, Remarked, Taken


class Stage(StrEnum):
    """What a build is at."""

    READING = "reading"
    WRITING = "writing the index"
    CHECKING = "checking"


@dataclass(slots=True)
class Counts:
    """
    How many records were accepted, rejected, and replaced an earlier one of the same id; how far the build is.

    *expected* is how many records there are in all, as far as that can be told.
    """

    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0
    expected: int | None = None
    stage: Stage = Stage.READING

    @property
    def read(self) -> int:
        """All records so far."""
        return self.accepted + self.rejected


Progress = Callable[[Counts], None]
"""Told after each record, and when a stage begins, how far the run is; must be quick."""


class Ledger(AbstractContextManager["Ledger"]):
    """
    The list of rejected records, one JSON object a line: the place, the id where there is one, the reason.

    A record that was accepted without something that could not be read has a line too, with a remark for a reason.
    """

    def __init__(self, path: Path) -> None:
        """Write to *path*, anew."""
        self._path = path
        self._file = path.open("w", encoding="utf-8")

    def write(self, entry: Rejected | Remarked) -> None:
        """Write one line."""
        row = {name: value for name, value in asdict(entry).items() if value is not None}
        self._file.write(json.dumps(row) + "\n")

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        with named(self._path):
            self._file.close()


def ingest(taken: Iterable[Taken], writer: IndexWriter, ledger: Ledger) -> tuple[Counts, AcronymCounts]:
    """Hand what was *taken*, batch by batch, to *writer* and *ledger*; return the counts."""
    counts, acronyms = Counts(), AcronymCounts()
    for batch in taken:
        entries: list[Rejected | Remarked] = [*batch.rejected, *batch.remarked]
        for entry in entries:
            ledger.write(entry)
        counts.accepted += batch.accepted
        counts.rejected += len(batch.rejected)
        if batch.part is not None:
            counts.duplicates += writer.take(batch.part)
        acronyms.merge(batch.acronyms)
    return counts, acronyms
