"""The codec: what Whoosh asks for when it opens, reads, writes and merges segments."""

from pathlib import Path
from typing import Any

from indexer.engines.whoosh.codec.gathering import DocumentsWriter, Gathered, PostingsWriter
from indexer.engines.whoosh.codec.opening import ReadingCodec
from indexer.engines.whoosh.codec.segment import ArraySegment


class ArrayCodec(ReadingCodec):
    """Writes segments of flat arrays too, with what Whoosh's own writer hands over."""

    length_stats = False  # the writer counts lengths itself

    def __init__(self) -> None:
        """Begin with nothing open, and nothing gathered."""
        super().__init__()
        self._gathered: dict[str, Gathered] = {}

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002 - Whoosh's signature
        """Return an empty segment."""
        return ArraySegment(indexname)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> DocumentsWriter:  # noqa: ARG002 - Whoosh's
        """Return what takes the documents of a new segment."""
        return DocumentsWriter(self._gathering(segment))

    def field_writer(self, storage: Any, segment: ArraySegment) -> PostingsWriter:
        """Return what takes the postings of a new segment, and writes its files when it is closed."""
        return PostingsWriter(self._gathering(segment), Path(storage.folder), segment.segment_id())

    def _gathering(self, segment: ArraySegment) -> Gathered:
        return self._gathered.setdefault(segment.segment_id(), Gathered())
