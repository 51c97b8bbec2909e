"""The `columns` file: what each document has one of. Lengths, the date, the id, and the whole values by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.releases.copies import Pairs, copies_within
from indexer.engines.releases.signatures import SLOTS
from indexer.engines.releases.traits import Traits, mark
from indexer.engines.whoosh.codec.dictionary import narrow
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter, CheckedArray
from indexer.engines.whoosh.codec.strings import Strings, write_strings
from indexer.engines.whoosh.codec.tags import OpenTags, write_tags


@dataclass(frozen=True, slots=True)
class Columns:
    """
    The values of all documents, in their order.

    *published* are seconds since 1970, UTC. *keys* has the whole values of each key field, "" where there is none.
    *tags* has the whole tags of each document. *titles* are those by which an article is offered: words, folded, with a
    blank between them. *signatures* has a row for each document, *portals* the `mark` of the portal that printed it.
    """

    ids: Sequence[str]
    published: Array
    keys: Mapping[str, Sequence[str]]
    tags: Sequence[Sequence[str]]
    titles: Sequence[str]
    signatures: Array
    portals: Array


def write_columns(file: ArrayFileWriter, columns: Columns, lengths: Mapping[str, Array]) -> None:
    """Write *columns*, and the *lengths* in words of each document, by field."""
    file.write("published", columns.published.astype("<i8"))
    file.write("newest", newest_first(columns.published, columns.ids).astype("<u4"))
    write_strings(file, "id", columns.ids)
    for field, values in columns.keys.items():
        known = sorted(set(values))
        number = {value: place for place, value in enumerate(known)}
        write_strings(file, f"{field}_values", known)
        file.write(field, narrow(np.fromiter((number[value] for value in values), np.int64, len(values))))
    write_tags(file, columns.tags)
    for field, length in lengths.items():
        file.write(f"{field}_length", narrow(length))
    _write_copies(file, columns, lengths[schema.STEM])


def _write_copies(file: ArrayFileWriter, columns: Columns, words: Array) -> None:
    """Write what tells copies, and which of the documents are copies of each other."""
    titles = np.fromiter(map(mark, columns.titles), np.uint32, len(columns.titles))
    traits = Traits(columns.signatures, words, columns.portals, titles, columns.published)
    file.write("signature", traits.signatures.T.astype("<u2").ravel())  # slot by slot, as they are compared
    file.write("portal", traits.portals.astype("<u4"))
    file.write("title_mark", titles.astype("<u4"))
    for name, values in copies_within(traits)._asdict().items():
        file.write(f"copies_{name}", values)


def newest_first(published: Array, ids: Sequence[str]) -> Array:
    """Return the place of each document when the newest comes first, and of two as new the one of the lower id."""
    by_id = np.argsort(np.array([text.encode() for text in ids], object), kind="stable")
    order = by_id[np.argsort(-published[by_id], kind="stable")]
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    return place


class OpenColumns:
    """The columns of a segment."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self._file = file
        self.published = file.array("published")
        self.newest = file.array("newest")
        self.ids = Strings(file, "id")
        self.tags = OpenTags(file)
        self._numbers = {field: file.array(field) for field in schema.KEY_FIELDS}
        self._values = {field: Strings(file, f"{field}_values") for field in schema.KEY_FIELDS}
        self._lengths = {field: file.array(f"{field}_length") for field in schema.WORD_FIELDS if field != schema.EXACT}
        self._lengths[schema.EXACT] = self._lengths[schema.STEM]
        self._signature, self.portals = file.array("signature"), file.array("portal")
        self.title_marks = file.array("title_mark")
        self._copies = [file.array(f"copies_{name}") for name in Pairs._fields]

    @property
    def signatures(self) -> Array:
        """The signatures of all documents, in rows."""
        return self._signature.whole().reshape(SLOTS, -1).T

    @property
    def copies(self) -> Pairs:
        """Which of the documents are copies of each other."""
        return Pairs(*(array.whole() for array in self._copies))

    @property
    def traits(self) -> Traits:
        """What tells copies, of all documents."""
        words, published = self._lengths[schema.STEM].whole(), self.published.whole()
        return Traits(self.signatures, words, self.portals.whole(), self.title_marks.whole(), published)

    def lengths(self, field: str) -> CheckedArray:
        """Return how many words each document has in *field*; a word has one stem and one exact form."""
        return self._lengths[field]

    def numbers(self, field: str) -> CheckedArray:
        """Return the number of each document's value in the key field *field*."""
        return self._numbers[field]

    def values(self, field: str) -> Sequence[str]:
        """Return the values of the key field *field*, sorted; their places are their numbers."""
        return self._values[field]

    def columns(self, titles: Sequence[str]) -> Columns:
        """Return the values of all documents, with their *titles*, which another file has."""
        keys = {
            field: np.array([*self._values[field]], object)[self._numbers[field].whole()].tolist()
            for field in schema.KEY_FIELDS
        }
        marks = self.signatures, self.portals.whole()
        return Columns(list(self.ids), self.published.whole(), keys, self.tags.all(), titles, *marks)
