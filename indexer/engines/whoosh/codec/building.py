"""Writes a segment: the records of each field's terms, then the dictionaries, the columns, the stored documents."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.columns import Columns, write_columns
from indexer.engines.whoosh.codec.encoding import FieldKind, encode
from indexer.engines.whoosh.codec.files import Array, ArrayFileWriter
from indexer.engines.whoosh.codec.manifest import FieldFacts, Manifest
from indexer.engines.whoosh.codec.occurrences import NO_FORM, Occurrences
from indexer.engines.whoosh.codec.stored import Block, write_stored
from indexer.engines.whoosh.codec.tables import FormTable, TermTable

FIELDS = tuple(sorted({*schema.WORD_FIELDS, *schema.KEY_FIELDS, schema.ID, schema.PUBLISHED} - {schema.EXACT}))
"""The fields that have terms of their own, in the order in which they are written; exact forms are kept with stems."""

KINDS = {field: FieldKind(words=field in schema.WORD_FIELDS, titled=field == schema.STEM) for field in FIELDS}

Batches = Callable[[str], Iterable[Occurrences]]
"""Gives the occurrences of a field, in batches that follow each other in the order of their terms."""


class SegmentBuilder:
    """Writes one segment of *articles* documents."""

    def __init__(self, folder: Path, segment: str, *, articles: int, wide: bool) -> None:
        """Write the files of *segment* into *folder*; *wide*: a position needs more than 16 bits."""
        self._folder, self._segment = folder, segment
        self._articles, self._wide = articles, wide
        self._fields: dict[str, FieldFacts] = {}
        self._lengths: dict[str, Array] = {}
        self._terms = TermTable()
        self._forms = FormTable()

    def write(self, batches: Batches, columns: Columns, stored: Iterable[Block]) -> None:
        """Write everything; where that fails, what there is of the files stays behind."""
        with ExitStack() as stack:
            files = {name: self._file(name, stack) for name in manifests.FILES}
            files["postings"].write("records", self._records(batches))
            self._terms.write(files["terms"])
            self._forms.write(files["forms"])
            write_columns(files["columns"], columns, self._lengths)
            write_stored(files["stored"], stored)
            facts = {name: file.finish() for name, file in files.items()}
        manifests.save(Manifest(self._articles, self._wide, self._fields, facts), self._folder, self._segment)

    def _file(self, name: str, stack: ExitStack) -> ArrayFileWriter:
        file = ArrayFileWriter(manifests.path_of(self._folder, self._segment, name))
        stack.callback(file.close)
        return file

    def _records(self, batches: Batches) -> Iterator[Array]:
        for field in FIELDS:
            first = len(self._terms)
            length = np.zeros(self._articles, np.int64)
            for found in _one_ahead(batches(field)):
                records = encode(found, KINDS[field], articles=self._articles, wide=self._wide)
                if found.forms and records.forms:
                    self._forms.add(found.forms, records.forms, len(self._terms))
                self._terms.add(found.terms, records)
                length += np.bincount(_words(found), minlength=self._articles)
                yield records.content
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
