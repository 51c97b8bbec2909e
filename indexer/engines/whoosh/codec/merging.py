"""Merges segments into one, without the documents that are to go, in memory that does not grow with them."""

from collections.abc import Iterable, Sequence
from itertools import compress, islice
from pathlib import Path

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.building import Extent, SegmentBuilder
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.decoding import GONE, SegmentDecoder
from indexer.engines.whoosh.codec.merged_terms import merged_batches
from indexer.engines.whoosh.codec.phrasebook import SAMPLED, phrasebook
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.stored import Packed, packed_alike, staying


class Part:
    """A segment to be merged: *kept* says which of its documents stay; the first of them gets the number *base*."""

    def __init__(self, segment: OpenSegment, kept: Array, base: int) -> None:
        """Prepare to read *segment*."""
        self.segment, self.kept = segment, kept
        self.decoder = SegmentDecoder(segment, np.where(kept, np.cumsum(kept) - 1 + base, GONE))

    def columns(self) -> Columns:
        """Return the values of the documents that stay."""
        columns, kept = self.segment.columns.columns(self.segment.titles.all()), self.kept.tolist()
        return Columns(
            _selected(columns.ids, kept),
            columns.published[self.kept],
            {field: _selected(values, kept) for field, values in columns.keys.items()},
            list(compress(columns.tags, kept)),
            _selected(columns.titles, kept),
            columns.signatures[self.kept],
            columns.portals[self.kept],
        )

    def stored(self) -> Iterable[Packed]:
        """Return the documents that stay, as they are packed."""
        return staying(self.segment.stored.packed(), self.kept.tolist())


def merge(sources: Sequence[tuple[OpenSegment, Array]], folder: Path, segment: str) -> None:
    """Write *segment* into *folder*: the documents of *sources* that stay, each a segment and which of its stay."""
    parts, base = [], 0
    for source, kept in sources:
        parts.append(Part(source, kept, base))
        base += int(kept.sum())
    wide = any(part.segment.manifest.wide for part in parts)
    merged = [part.columns() for part in parts]
    columns = Columns(
        [identity for part in merged for identity in part.ids],
        np.concatenate([part.published for part in merged]),
        {field: [value for part in merged for value in part.keys[field]] for field in schema.KEY_FIELDS},
        [tags for part in merged for tags in part.tags],
        [title for part in merged for title in part.titles],
        np.concatenate([part.signatures for part in merged]),
        np.concatenate([part.portals for part in merged]),
    )
    builder = SegmentBuilder(folder, segment, Extent(base, wide))
    builder.write(
        lambda field: merged_batches(field, [part.decoder for part in parts]),
        columns,
        packed_alike((packed for part in parts for packed in part.stored()), _phrases(parts)),
    )


def _phrases(parts: Sequence[Part]) -> bytes:
    """Return the phrases to pack the documents of *parts* with that were packed plainly, as those of single changes."""
    largest = max(parts, key=lambda part: len(part.kept))
    if phrases := largest.segment.stored.commonest_phrases:
        return phrases
    step = max(1, sum(len(part.kept) for part in parts) // SAMPLED)
    plain = (packed for part in parts for packed in islice(part.segment.stored.packed(), 0, None, step))
    return phrasebook([packed.opened() for packed in plain if not packed.phrases])


def _selected(values: Sequence[str], kept: Sequence[bool]) -> list[str]:
    return [value for value, stays in zip(values, kept, strict=True) if stays]
