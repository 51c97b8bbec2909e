"""The slots in which a term or an exact form occurs: documents, weights, and where in the record its positions are."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.postings import Form, MixedSlots, Postings
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.records import runs


@dataclass(frozen=True, slots=True)
class Slots:
    """Some slots of a term, those of mixed forms after the others; *skip* is None where there are none such."""

    postings: Postings
    slot: Array
    weights: Array
    counts: Array
    skip: Array | None = None

    @property
    def documents(self) -> Array:
        """The document of each slot."""
        documents = self.postings.documents
        return self.slot if documents is None else documents[self.slot].astype(np.int64)

    def positions(self) -> Array:
        """Return the positions of all of them, slot by slot."""
        if self.skip is None:
            return self.postings.positions_in(self.slot, self.counts)
        places = runs(self.starts(first_positions(self.postings)), self.counts)
        order = places.argsort()
        positions: Array = np.empty(len(places), self.postings.format.dtype)
        positions[order] = self.postings.positions_at(places.take(order))
        return positions

    def starts(self, first: Array) -> Array:
        """Return where among the record's positions those of each slot begin, *first* being where the slot's do."""
        return first[self.slot] if self.skip is None else first[self.slot] + self.skip


def first_positions(postings: Postings) -> Array:
    """Return where among the record's positions those of each of its slots begin."""
    counts = postings.counts()
    return np.cumsum(counts, dtype=np.int64) - counts


def slots_of_term(postings: Postings) -> Slots:
    """Return all slots in which the term of *postings* occurs."""
    counts = postings.counts()
    slot = np.flatnonzero(counts) if postings.documents is None else np.arange(len(counts))
    return Slots(postings, slot, postings.weights()[slot], counts[slot])


def slots_of_form(opened: OpenSegment, form: Form) -> Slots:
    """Return the slots in which the exact *form* occurs."""
    postings = opened.postings(form.term)
    codes = postings.codes
    pure = slots_of_term(postings) if codes is None else _pure(postings, codes, form.code)
    if form.first_mixed == form.last_mixed:
        return pure
    return _with_mixed(pure, opened.mixed(form), slice(None))


def _with_mixed(pure: Slots, mixed: MixedSlots, kept: Array | slice) -> Slots:
    """Return the slots *pure*, and those of *mixed* that are *kept*."""
    return Slots(
        pure.postings,
        np.concatenate((pure.slot, mixed.slots[kept])),
        np.concatenate((pure.weights, mixed.weights()[kept])),
        np.concatenate((pure.counts, mixed.counts()[kept])),
        np.concatenate((np.zeros(len(pure.slot), np.int64), mixed.skip[kept])),
    )


def _pure(postings: Postings, codes: Array, code: int) -> Slots:
    slot = np.flatnonzero(codes == code)
    if postings.documents is None:
        slot = slot[postings.counts()[slot] > 0]  # a dense term has slots, of code 0, where it does not occur
    return Slots(postings, slot, postings.weights()[slot], postings.counts()[slot])


def slots_of(opened: OpenSegment, field: str, text: bytes) -> list[Slots]:
    """Return the slots of the term *text* of any *field*: none, one list, or for an exact form one for each stem."""
    if field == schema.EXACT:
        return [slots_of_form(opened, form) for form in opened.forms_of(text)]
    term = opened.term(field, text)
    return [] if term is None else [slots_of_term(opened.postings(term))]


def slots_within(opened: OpenSegment, field: str, text: bytes, documents: Array) -> list[Slots]:
    """Return what `slots_of` does for *documents* alone, which are ascending: much less than all, one hopes."""
    if field == schema.EXACT:
        return [_form_within(opened, form, documents) for form in opened.forms_of(text)]
    term = opened.term(field, text)
    if term is None:
        return []
    postings = opened.postings(term)
    return [_picked(postings, postings.slots_in(documents))]


def _form_within(opened: OpenSegment, form: Form, documents: Array) -> Slots:
    postings = opened.postings(form.term)
    slot = postings.slots_in(documents)
    if postings.codes is None:
        return _picked(postings, slot)
    pure = _picked(postings, slot[postings.codes[slot] == form.code])
    mixed = opened.mixed(form)
    if not len(slot):
        return pure
    nearest = slot.take(slot.searchsorted(mixed.slots), mode="clip")
    return _with_mixed(pure, mixed, np.flatnonzero(nearest == mixed.slots))


def _picked(postings: Postings, slot: Array) -> Slots:
    return Slots(postings, slot, postings.weights(slot), postings.counts(slot))


class TermPostings:
    """The postings of a term of any field, document by document; what Whoosh's matchers step over."""

    def __init__(self, parts: list[Slots]) -> None:
        """Put *parts* together, of which there is one at least."""
        self._parts = parts
        documents = np.concatenate([part.documents for part in parts])
        self.documents, place = np.unique(documents, return_inverse=True)
        weights = np.concatenate([part.weights for part in parts])
        self.weights: Array = np.bincount(place, weights)

    def positions(self, place: int) -> Array:
        """Return the positions in the document at *place*, in no order."""
        documents, positions = self._occurrences
        first, last = np.searchsorted(documents, [self.documents[place], self.documents[place] + 1])
        return positions[first:last]

    @cached_property
    def _occurrences(self) -> tuple[Array, Array]:
        """The document and the position of every occurrence, ordered by document."""
        documents = np.concatenate([np.repeat(part.documents, part.counts) for part in self._parts])
        positions = np.concatenate(
            [
                part.postings.positions_at(runs(part.starts(first_positions(part.postings)), part.counts))
                for part in self._parts
            ]
        )
        order = np.argsort(documents, kind="stable")
        return documents[order], positions[order]


def postings_of(opened: OpenSegment, field: str, text: bytes) -> TermPostings | None:
    """Return the postings of the term *text* of any *field*, None if there is no such term."""
    parts = slots_of(opened, field, text)
    return TermPostings(parts) if parts else None
