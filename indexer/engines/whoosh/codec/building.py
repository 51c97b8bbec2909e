"""Writes a segment: the records of each field's terms, then the dictionaries, the columns, the stored documents."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.columns import Columns, write_columns
from indexer.engines.whoosh.codec.encoding import Records, encode
from indexer.engines.whoosh.codec.fields import FIELDS, KINDS
from indexer.engines.whoosh.codec.files import ArrayFileWriter
from indexer.engines.whoosh.codec.manifest import FieldFacts, Manifest
from indexer.engines.whoosh.codec.occurrences import NO_FORM, Forms, Occurrences
from indexer.engines.whoosh.codec.stored import Packed, write_stored
from indexer.engines.whoosh.codec.tables import FormTable, TermTable
from indexer.engines.whoosh.codec.titles import write_titles
from indexer.engines.whoosh.codec.words import write_words

Batches = Callable[[str], Iterable[Occurrences]]
"""Gives the occurrences of a field, in batches that follow each other in the order of their terms."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What the records of a segment depend on: its *articles*, and whether a position needs more than 16 bits."""

    articles: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Encoded:
    """Some terms of a field as they are written, and the *length* of each article: the words that it has of them."""

    terms: list[bytes]
    forms: Forms | None
    records: Records
    length: Array

    @classmethod
    def of(cls, found: Occurrences, field: str, extent: Extent) -> "Encoded":
        """Encode *found*, occurrences in *field*."""
        records = encode(found, KINDS[field], articles=extent.articles, wide=extent.wide)
        forms = Forms(found.forms.texts, found.forms.term, np.zeros(0, np.int64)) if found.forms else None
        return cls(found.terms, forms, records, np.bincount(_words(found), minlength=extent.articles))


class SegmentBuilder:
    """Writes one segment of the documents that *extent* says."""

    def __init__(self, folder: Path, segment: str, extent: Extent) -> None:
        """Write the files of *segment* into *folder*."""
        self._folder, self._segment = folder, segment
        self._extent = extent
        self._fields: dict[str, FieldFacts] = {}
        self._lengths: dict[str, Array] = {}
        self._terms = TermTable()
        self._forms = FormTable()

    def write(self, batches: Batches, columns: Columns, stored: Iterable[Packed]) -> None:
        """Write everything; where that fails, what there is of the files stays behind."""
        self.write_encoded(lambda field: self._encoded(field, batches(field)), columns, stored)

    def write_encoded(
        self, encoded: Callable[[str], Iterable[Encoded]], columns: Columns, stored: Iterable[Packed]
    ) -> None:
        """Write everything, the terms of each field as *encoded* gives them, in order."""
        with ExitStack() as stack:
            files = {name: self._file(name, stack) for name in manifests.FILES}
            write_stored(files["stored"], stored)  # first, for terms may be encoded meanwhile
            files["postings"].write("records", self._records(encoded))
            self._terms.write(files["terms"])
            write_words(files["words"], *self._forms.write(files["forms"]), self._extent.articles)
            write_titles(files["titles"], columns.titles)
            write_columns(files["columns"], columns, self._lengths)
            facts = {name: file.finish() for name, file in files.items()}
        extent = self._extent
        manifests.save(Manifest(extent.articles, extent.wide, self._fields, facts), self._folder, self._segment)

    def _encoded(self, field: str, batches: Iterable[Occurrences]) -> Iterator[Encoded]:
        return (Encoded.of(found, field, self._extent) for found in _one_ahead(batches))

    def _file(self, name: str, stack: ExitStack) -> ArrayFileWriter:
        file = ArrayFileWriter(manifests.path_of(self._folder, self._segment, name))
        stack.callback(file.close)
        return file

    def _records(self, encoded: Callable[[str], Iterable[Encoded]]) -> Iterator[Array]:
        for field in FIELDS:
            first = len(self._terms)
            length = np.zeros(self._extent.articles, np.int64)
            for own in encoded(field):
                if own.forms and own.records.forms:
                    self._forms.add(own.forms, own.records.forms, len(self._terms))
                self._terms.add(own.terms, own.records)
                length += own.length
                yield own.records.content
            self._fields[field] = self._facts(field, first, length)

    def _facts(self, field: str, first: int, length: Array) -> FieldFacts:
        last = len(self._terms)
        if not KINDS[field].words:
            return FieldFacts(first, last)
        self._lengths[field] = length
        return FieldFacts(first, last, int(length.sum()), int(length.min(initial=0)), int(length.max(initial=0)))


def _one_ahead(batches: Iterable[Occurrences]) -> Iterator[Occurrences]:
    """Yield *batches*, the next of which is made in a thread while one is written: numpy lets both run at a time."""
    coming = iter(batches)
    with ThreadPoolExecutor(1) as thread:
        following = thread.submit(next, coming, None)
        while (found := following.result()) is not None:
            following = thread.submit(next, coming, None)
            yield found


def _words(found: Occurrences) -> Array:
    """Return the document of each word: of each occurrence, but for a word's further stems."""
    return found.document[found.forms.form != NO_FORM] if found.forms else found.document
