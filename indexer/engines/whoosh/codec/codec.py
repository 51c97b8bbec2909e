"""The codec: what Whoosh asks for when it opens, reads, writes and merges segments."""

from pathlib import Path
from typing import Any

from whoosh.codec import base

from indexer.engines.whoosh.codec.documents import DocumentsReader
from indexer.engines.whoosh.codec.gathering import DocumentsWriter, Gathered, PostingsWriter
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.segment import ArraySegment
from indexer.engines.whoosh.codec.terms import TermsReader


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Keeps segments as flat arrays; for indexes in a folder, and the fields of `indexer.schema` only."""

    length_stats = False  # the writer counts lengths itself

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._open: dict[str, OpenSegment] = {}
        self._gathered: dict[str, Gathered] = {}

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002 - Whoosh's signature
        """Return an empty segment."""
        return ArraySegment(indexname)

    def open(self, storage: Any, segment: ArraySegment) -> OpenSegment:
        """
        Return *segment*, open for reading.

        Raises:
            IndexUnavailable: its files are missing or damaged.
        """
        name = segment.segment_id()
        if name not in self._open:
            self._open[name] = OpenSegment(_folder(storage), name)
        return self._open[name]

    def terms_reader(self, storage: Any, segment: ArraySegment) -> TermsReader:
        """Return what reads the terms of *segment*."""
        return TermsReader(self.open(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> DocumentsReader:
        """Return what reads the documents of *segment*."""
        return DocumentsReader(self.open(storage, segment), segment)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> DocumentsWriter:  # noqa: ARG002 - Whoosh's
        """Return what takes the documents of a new segment."""
        return DocumentsWriter(self._gathering(segment))

    def field_writer(self, storage: Any, segment: ArraySegment) -> PostingsWriter:
        """Return what takes the postings of a new segment, and writes its files when it is closed."""
        return PostingsWriter(self._gathering(segment), _folder(storage), segment.segment_id())

    def _gathering(self, segment: ArraySegment) -> Gathered:
        return self._gathered.setdefault(segment.segment_id(), Gathered())


def _folder(storage: Any) -> Path:
    return Path(storage.folder)
