"""What Whoosh's own writer hands over, document by document and posting by posting, gathered for our builder."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base

from indexer import schema
from indexer.analysis import folded_words
from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.releases.portals import portal
from indexer.engines.releases.signatures import signatures, stem_hash
from indexer.engines.releases.traits import mark
from indexer.engines.whoosh.codec.building import Extent, SegmentBuilder
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.fields import FIELDS, KINDS
from indexer.engines.whoosh.codec.occurrences import Occurrences
from indexer.engines.whoosh.codec.sorting import ordered, ordered_forms
from indexer.engines.whoosh.codec.stored import Packed, Packer
from indexer.engines.whoosh.moments import SIGN
from indexer.engines.whoosh.schema import STORED
from indexer.engines.whoosh.stored import from_stored

Place = tuple[int, int, bytes]
"""Where a term occurs: document, position, and its text."""


@dataclass(slots=True)
class Gathered:
    """The documents and postings of a segment to be."""

    stored: list[Packed] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    portals: list[int] = field(default_factory=list)
    places: defaultdict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def columns(self) -> Columns:
        """Return the values of the documents."""
        return Columns(
            [row[schema.ID].decode() for row in self.rows],
            np.array([row.get(schema.PUBLISHED, MISSING_DATE + SIGN) - SIGN for row in self.rows], np.int64),
            {name: [row.get(name, b"").decode() for row in self.rows] for name in schema.KEY_FIELDS},
            self.tags,
            self.titles,
            self._signatures(),
            np.array(self.portals, np.uint32),
        )

    def _signatures(self) -> Array:
        body = sorted(place for place in self.places[schema.STEM] if place[1] >= schema.BODY_GAP)
        stem = np.array([stem_hash(text.decode()) for _, _, text in body], np.uint64)
        document, position = np.array([place[:2] for place in body], np.int64).reshape(-1, 2).T
        return signatures(document, position, stem, len(self.rows))

    def batches(self, name: str) -> Iterator[Occurrences]:
        """Yield the occurrences of the field *name*."""
        if name == schema.STEM:
            return self._stems()
        places = sorted(place for place in self.places[name] if place[2])
        terms = sorted({text for _, _, text in places})
        number = {text: place for place, text in enumerate(terms)}
        return ordered(terms, *_arrays((number[text], document, position) for document, position, text in places))

    def _stems(self) -> Iterator[Occurrences]:
        """
        Yield the stems with their exact forms.

        Whoosh knows nothing of which form has which stem. Where several share a position any will do: each form is
        found where it stands, and each stem too.
        """
        exact = defaultdict(list)
        for document, position, text in sorted(self.places[schema.EXACT], reverse=True):
            exact[document, position].append(text)
        found = []
        for document, position, stem in sorted(self.places[schema.STEM]):
            forms = exact[document, position]
            found.append((document, position, (stem, forms.pop() if forms else b"")))
        pairs = sorted({pair for _, _, pair in found})
        number = {pair: place for place, pair in enumerate(pairs)}
        return ordered_forms(pairs, *_arrays((number[pair], document, position) for document, position, pair in found))


class DocumentsWriter(base.PerDocumentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Takes the documents of a segment."""

    def __init__(self, gathered: Gathered) -> None:
        """Put them into *gathered*."""
        self._gathered = gathered
        self._row: dict[str, Any] = {}
        self._stored = b""
        self._packer = Packer()
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:  # noqa: ARG002 - Whoosh's signature
        """Begin the next document."""
        self._row, self._stored = {}, b""

    def add_field(self, fieldname: str, fieldobj: Any, value: str | None, length: int) -> None:  # noqa: ARG002
        """Take the stored field; lengths are counted from the postings."""
        if fieldname == STORED and value is not None:
            self._stored = value.encode()

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:  # noqa: ARG002
        """Take a value by which documents are sorted or counted."""
        self._row[fieldname] = value

    def cancel_doc(self) -> None:
        """Forget the document."""
        self._row = {}

    def finish_doc(self) -> None:
        """Take the document in."""
        self._gathered.rows.append(self._row)
        article = from_stored(self._stored)
        self._gathered.tags.append(schema.tag_keys(article))
        self._gathered.titles.append(" ".join(folded_words(article.title)))
        self._gathered.portals.append(mark(portal(article.url, article.source)))
        self._gathered.stored.append(self._packer.packed(self._stored))

    def close(self) -> None:
        """End."""
        self.is_closed = True


class PostingsWriter(base.FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Takes the postings of a segment, and writes its files in the end."""

    def __init__(self, gathered: Gathered, folder: Path, segment: str) -> None:
        """Write what is *gathered* as *segment* into *folder*."""
        self._gathered, self._folder, self._segment = gathered, folder, segment
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, int, float, bytes]]) -> None:  # noqa: ARG002
        """Take all postings."""
        for name, text, document, _, value in items:
            words = name not in FIELDS or KINDS[name].words
            positions = schema[name].format.decode_positions(value) if words else [0]
            self._gathered.places[name] += ((document, position, text) for position in positions)

    def close(self) -> None:
        """Write the files, if there is any document."""
        self.is_closed = True
        if not self._gathered.rows:
            return
        last = max((position for places in self._gathered.places.values() for _, position, _ in places), default=0)
        extent = Extent(len(self._gathered.rows), last >= 1 << 16)
        builder = SegmentBuilder(self._folder, self._segment, extent)
        builder.write(self._gathered.batches, self._gathered.columns(), self._gathered.stored)


def _arrays(rows: Iterable[tuple[int, int, int]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the columns of *rows* as rows."""
    return np.array(list(rows), np.int64).reshape(-1, 3).T
