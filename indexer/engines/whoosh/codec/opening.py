"""What Whoosh opens a segment with: the half of the codec that reads."""

from pathlib import Path
from typing import Any

from whoosh.codec import base

from indexer.engines.whoosh.codec.documents import DocumentsReader
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.terms import TermsReader


class ReadingCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Opens segments of flat arrays; for indexes in a folder, and the fields of `indexer.schema` only."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._open: dict[str, OpenSegment] = {}

    def open(self, storage: Any, segment: base.Segment) -> OpenSegment:
        """
        Return *segment*, open for reading.

        Raises:
            IndexUnavailable: its files are missing or damaged.
        """
        name = segment.segment_id()
        if name not in self._open:
            self._open[name] = OpenSegment(Path(storage.folder), name)
        return self._open[name]

    def terms_reader(self, storage: Any, segment: base.Segment) -> TermsReader:
        """Return what reads the terms of *segment*."""
        return TermsReader(self.open(storage, segment))

    def per_document_reader(self, storage: Any, segment: base.Segment) -> DocumentsReader:
        """Return what reads the documents of *segment*."""
        return DocumentsReader(self.open(storage, segment), segment.deleted_docs())
