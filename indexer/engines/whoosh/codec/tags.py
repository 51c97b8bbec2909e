"""The tags in the `columns` file: their texts, sorted, and of each document the numbers of those that it has."""

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.dictionary import narrow
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.strings import Strings, write_strings


def write_tags(file: ArrayFileWriter, tags: Sequence[Sequence[str]]) -> None:
    """Write the *tags* of all documents, in their order."""
    known = sorted(set(chain.from_iterable(tags)))
    number = {tag: place for place, tag in enumerate(known)}
    numbers = np.fromiter((number[tag] for own in tags for tag in own), np.int64)
    write_strings(file, f"{schema.TAG_KEYS}_values", known)
    file.write(f"{schema.TAG_KEYS}_starts", narrow(np.append(0, np.cumsum([len(own) for own in tags], dtype=np.int64))))
    file.write(schema.TAG_KEYS, narrow(numbers))


class OpenTags:
    """The tags of a segment."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self.values = Strings(file, f"{schema.TAG_KEYS}_values")
        """All tags, sorted; their places are their numbers."""
        self.starts = file.array(f"{schema.TAG_KEYS}_starts")
        """Where in *numbers* those of each document begin, and at last their end."""
        self.numbers = file.array(schema.TAG_KEYS)
        """The numbers of the tags of all documents, one document after the other."""

    def of(self, document: int) -> tuple[str, ...]:
        """Return the tags of *document*."""
        start, stop = self.starts.slice(document, document + 2).tolist()
        return tuple(self.values[number] for number in self.numbers.slice(start, stop).tolist())

    def all(self) -> list[tuple[str, ...]]:
        """Return the tags of all documents, in their order."""
        values, numbers = list(self.values), self.numbers.whole().tolist()
        ends = self.starts.whole().tolist()
        return [tuple(values[n] for n in numbers[a:b]) for a, b in pairwise(ends)]
