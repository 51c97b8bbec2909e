"""
Phrases: words that stand one after the other.

A word's place is one number in the whole segment: the first place of its document and the position there. The
places of a word are a sorted array, and a phrase is where the arrays of its words meet. Compiled code reads no more of
them than the places in documents that hold all words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.found import Slots, slots_of, slots_within
from indexer.engines.whoosh.codec.postings import Form
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines.whoosh import compiled

MARGIN = 64
"""Places left free after each document: no phrase reaches across, whatever its slop."""

_GAPS = {schema.STEM: schema.BODY_GAP, schema.EXACT: schema.BODY_GAP}
_NOWHERE = np.zeros(0, np.int32), np.zeros(0, np.float32)
_BISECTED = 8
"""How many elements of a sorted array cost as much in a sort as one look-up in it."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one term in a segment, ascending."""

    places: Array

    @property
    def nbytes(self) -> int:
        """The memory that they take."""
        return self.places.nbytes + 200


class PlaceMap:
    """Where each document of a segment begins, in each field of words."""

    def __init__(self, segment: OpenSegment) -> None:
        """Map *segment*."""
        self._segment = segment
        self._starts: dict[str, Array] = {}

    def starts(self, field: str) -> Array:
        """Return the first place of each document and that after the last one, in 32 bits where these do."""
        if field not in self._starts:
            lengths = self._segment.columns.lengths(field).whole().astype(np.int64)
            ends = np.cumsum(lengths + _GAPS.get(field, 0) + MARGIN)
            starts = np.concatenate(([0], ends))
            self._starts[field] = starts.astype(np.int32) if starts[-1] < 1 << 31 else starts
        return self._starts[field]

    def places(self, field: str, text: bytes) -> Places:
        """Return where the term *text* stands."""
        found = self._compiled(field, text, None)
        return Places(self._placed(field, slots_of(self._segment, field, text)) if found is None else found)

    def places_within(self, field: str, text: bytes, documents: Array) -> Array:
        """Return where the term *text* stands in *documents*, which are ascending."""
        found = self._compiled(field, text, documents)
        return self._placed(field, slots_within(self._segment, field, text, documents)) if found is None else found

    def row(self, field: str, words: Sequence[bytes]) -> tuple[Array, Array] | None:
        """
        Return the documents in which *words* stand one right after the other, and how often (float32).

        None where they have to be found by the places of each word.
        """
        found: list[tuple[int, Form | None]]
        if field == schema.EXACT:
            forms = [self._segment.forms_of(text) for text in words]
            if any(len(own) > 1 for own in forms):
                return None
            found = [(own[0].term, own[0]) for own in forms if own]
        elif field == schema.STEM:
            found = [(term, None) for text in words if (term := self._segment.term(field, text)) is not None]
        else:
            return None
        return compiled.row(self._segment, found) if len(found) == len(words) else _NOWHERE

    def _compiled(self, field: str, text: bytes, documents: Array | None) -> Array | None:
        starts = self.starts(field)
        if field == schema.EXACT:
            forms = self._segment.forms_of(text)
            found = [compiled.places(self._segment, form.term, starts, documents, form) for form in forms]
            return _merged(found) if found else None
        term = self._segment.term(field, text) if field == schema.STEM else None
        return None if term is None else compiled.places(self._segment, term, starts, documents)

    def _placed(self, field: str, parts: list[Slots]) -> Array:
        starts = self.starts(field)
        return np.sort(np.concatenate([_places(part, starts) for part in parts])) if parts else starts[:0]

    def documents(self, field: str, places: Array) -> Array:
        """Return the documents in which *places* are, each once."""
        if not len(places):
            return np.zeros(0, np.int64)
        documents: Array = self.starts(field).searchsorted(places, "right") - 1
        return documents[np.concatenate(([True], documents[1:] != documents[:-1]))]

    def counted(self, field: str, places: Array) -> tuple[Array, Array]:
        """Return the documents in which *places* are, each once, and how many of them each has (float32)."""
        documents = self.starts(field).searchsorted(places, "right") - 1
        found, counts = np.unique(documents, return_counts=True)
        return found, counts.astype(np.float32)


def _merged(parts: Sequence[Array | None]) -> Array | None:
    """Return the places of all *parts*, ascending; None where one could not be read."""
    if len(parts) == 1:
        return parts[0]
    known = [part for part in parts if part is not None]
    return np.sort(np.concatenate(known)) if len(known) == len(parts) else None


def _places(part: Slots, starts: Array) -> Array:
    positions: Array = part.positions()
    positions = positions.astype(starts.dtype)
    positions += np.repeat(starts.take(part.documents), part.counts)
    return positions


def following(words: Sequence[Array], slop: int) -> Array:
    """
    Return places at which the words of a phrase stand in a row; *words* has the places of each.

    Without *slop* they are those of the first word, with it those of the last: between two words there are *slop*
    others at most.
    """
    if slop:
        return _loosely(words, min(slop, MARGIN - 2))
    first, *others = sorted(range(len(words)), key=lambda word: len(words[word]))
    places: Array = words[first] - words[first].dtype.type(first)
    for other in others:
        places = _common(places, words[other], other)
    return places


def _common(places: Array, word: Array, offset: int) -> Array:
    """Return those of *places* that have one of *word* *offset* places on."""
    if not len(places) or not len(word):
        return places[:0]
    found = compiled.following(places, word, offset)
    if found is not None:
        return found
    wanted = places + places.dtype.type(offset)
    if len(wanted) * _BISECTED < len(wanted) + len(word):
        return places.take(np.flatnonzero(word.take(word.searchsorted(wanted), mode="clip") == wanted))
    both: Array = np.sort(np.concatenate((wanted, word)))
    common: Array = both.take(np.flatnonzero(both[1:] == both[:-1]))
    common -= places.dtype.type(offset)
    return common


def _loosely(words: Sequence[Array], slop: int) -> Array:
    ends, *others = words
    for word in others:
        before = ends.searchsorted(word) - 1
        near = np.flatnonzero(before >= 0)
        near = near[word.take(near) - ends.take(before.take(near)) <= slop + 1]
        ends = word.take(near)
    return ends
