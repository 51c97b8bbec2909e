"""A segment as Whoosh lists it in its table of contents: its name, its size, and which documents are deleted."""

from whoosh.codec.base import Segment

from indexer.engines.whoosh.codec.opening import ReadingCodec


class ArraySegment(Segment):  # type: ignore[misc]  # Whoosh has no types
    """A segment of our codec."""

    def __init__(self, indexname: str) -> None:
        """Begin an empty one in the index *indexname*."""
        super().__init__(indexname)
        self._articles = 0
        self._deleted: set[int] = set()

    def codec(self) -> ReadingCodec:
        """Return a codec that reads it."""
        return ReadingCodec()

    def should_assemble(self) -> bool:
        """Keep the files apart: Whoosh's compound files have pickles in them, and cannot be mapped as arrays."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Say how many documents there are, deleted ones too."""
        self._articles = doccount

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones too."""
        return self._articles

    def deleted_count(self) -> int:
        """Return how many documents are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        """Return the numbers of the deleted documents."""
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Mark the document as deleted, or as not deleted after all."""
        if not 0 <= docnum < self._articles:
            raise IndexError(f"there is no document {docnum}; the segment has {self._articles}")
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Say whether the document is deleted."""
        return docnum in self._deleted
