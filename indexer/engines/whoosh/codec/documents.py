"""What Whoosh reads of documents: stored fields, lengths, columns, deletions."""

from collections.abc import Iterator
from typing import Any

from whoosh.codec import base
from whoosh.columns import ColumnReader

from indexer import schema
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.moments import SIGN
from indexer.engines.whoosh.schema import STORED

_COLUMNS = (*schema.KEY_FIELDS, schema.ID, schema.PUBLISHED)


class DocumentsReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """Reads the documents of one segment."""

    def __init__(self, opened: OpenSegment, deleted: set[int]) -> None:
        """Read *opened*; *deleted* has the numbers of its documents that are deleted by now, whenever it is asked."""
        self._opened, self._deleted = opened, deleted

    def doc_count(self) -> int:
        """Return the number of documents that are not deleted."""
        return self._opened.articles - len(self._deleted)

    def doc_count_all(self) -> int:
        """Return the number of all documents."""
        return self._opened.articles

    def has_deletions(self) -> bool:
        """Say whether any document is deleted."""
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Say whether the document is deleted."""
        return docnum in self._deleted

    def deleted_docs(self) -> set[int]:
        """Return the numbers of the deleted documents."""
        return self._deleted

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the one stored field: the article as JSON."""
        return {STORED: self._opened.stored[docnum].decode()}

    def all_stored_fields(self) -> Iterator[dict[str, Any]]:
        """Yield the stored fields of all documents that are not deleted."""
        return (self.stored_fields(docnum) for docnum in self.all_doc_ids())

    def supports_columns(self) -> bool:
        """Say that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Say whether *fieldname* has one."""
        return fieldname in _COLUMNS

    def list_columns(self) -> Iterator[str]:
        """Yield the fields that have one."""
        return iter(_COLUMNS)

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:  # noqa: ARG002 - Whoosh's signature
        """Return the values of *fieldname* by document."""
        return _Column(self._opened, fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many words the document has in *fieldname*."""
        return int(self._opened.columns.lengths(fieldname)[docnum]) if fieldname in schema.WORD_FIELDS else default

    def field_length(self, fieldname: str) -> int:
        """Return how many words all documents have in *fieldname*."""
        return self._opened.facts(fieldname).length

    def min_field_length(self, fieldname: str) -> int:
        """Return how many words the shortest document has in *fieldname*."""
        return self._opened.facts(fieldname).shortest

    def max_field_length(self, fieldname: str) -> int:
        """Return how many words the longest document has in *fieldname*."""
        return self._opened.facts(fieldname).longest


class _Column(ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """A column as Whoosh reads it: bytes, or a number for the date."""

    def __init__(self, opened: OpenSegment, fieldname: str) -> None:
        self._columns, self._field = opened.columns, fieldname
        self._size = opened.articles

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, docnum: int) -> Any:
        if self._field == schema.PUBLISHED:
            return int(self._columns.published[docnum]) + SIGN
        if self._field == schema.ID:
            return self._columns.ids[docnum].encode()
        return self._columns.values(self._field)[int(self._columns.numbers(self._field)[docnum])].encode()

    def sort_key(self, docnum: int) -> Any:
        return self[docnum]

    def load(self) -> list[Any]:
        return [self[docnum] for docnum in range(self._size)]
