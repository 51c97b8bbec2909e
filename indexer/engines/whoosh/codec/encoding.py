"""Occurrences -> records of the `postings` file, many terms at once."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.mixing import FormedSlots
from indexer.engines.whoosh.codec.occurrences import Occurrences
from indexer.engines.whoosh.codec.records import CHUNK, ESCAPED, Layout, aligned, chunks, packed_counts
from indexer.schema import BODY_GAP


@dataclass(frozen=True, slots=True)
class FieldKind:
    """
    What a field keeps: *words* have counts and positions, whole values do not.

    *titled*: positions below the gap between title and body are of the title, and weigh more.
    """

    words: bool
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Escaped:
    """The counts of slots that a byte cannot say."""

    term: Array
    slot: Array
    title: Array
    body: Array


@dataclass(frozen=True, slots=True)
class Records:
    """
    The records of some terms: *size* bytes of *content* each, in order.

    *holding* is the number of documents of each term; *coded* terms have several forms.
    """

    content: Array
    size: Array
    holding: Array
    coded: Array
    escaped: Escaped
    forms: FormedSlots | None


@dataclass(frozen=True, slots=True)
class Slots:
    """
    The documents of each term, ordered by term.

    *first* is the first occurrence in each, and has at its end the number of them all; *title* counts those in titles.
    """

    term: Array
    document: Array
    first: Array
    title: Array

    @classmethod
    def of(cls, found: Occurrences, *, titled: bool) -> "Slots":
        """Return the slots of *found*."""
        key = found.term.astype(np.int64) << 32 | found.document
        starts = np.flatnonzero(np.concatenate((key[:1] == key[:1], key[1:] != key[:-1])))
        in_title = (found.position < BODY_GAP) if titled else np.zeros(len(key), bool)
        title = np.add.reduceat(in_title, starts, dtype=np.int64) if len(starts) else starts
        return cls(found.term[starts], found.document[starts], np.append(starts, len(key)), title)

    @property
    def count(self) -> Array:
        """All occurrences of each slot."""
        return np.diff(self.first)


def encode(found: Occurrences, kind: FieldKind, *, articles: int, wide: bool) -> Records:
    """Return the records of all terms of *found*, in a segment of *articles*; *wide* positions take 32 bits."""
    slots = Slots.of(found, titled=kind.titled)
    terms = len(found.terms)
    formed = FormedSlots.of(found, found.forms, slots.first, slots.term) if found.forms else None
    coded = formed.coded if formed else np.zeros(terms, bool)
    holding = np.bincount(slots.term, minlength=terms)
    layout = Layout.of(holding, coded, articles=articles, words=kind.words)
    place = np.arange(len(slots.term)) - np.repeat(np.cumsum(holding) - holding, holding)
    slot = np.where(layout.dense[slots.term], slots.document, place)
    occurring = np.bincount(found.term, minlength=terms) if kind.words else np.zeros(terms, np.int64)
    size = aligned(layout.positions + occurring * (4 if wide else 2))
    start = np.cumsum(size) - size
    content = np.zeros(int(size.sum()), np.uint8)
    _put_documents(content, layout, start, slots, place, articles)
    escaped = _escaped(slots, slot)
    if kind.words:
        content[(start + layout.counts)[slots.term] + slot] = packed_counts(slots.title, slots.count - slots.title)
        position = formed.position if formed else found.position
        _put_positions(content, start + layout.positions, occurring, position, wide=wide)
    if formed:
        has = coded[slots.term]
        content[(start + layout.forms)[slots.term[has]] + slot[has]] = formed.code[has]
        formed = formed.placed(slot)
    return Records(content, size, holding, coded, escaped if kind.words else _NONE_ESCAPED, formed)


def _put_documents(  # noqa: PLR0913, PLR0917 - all of them arrays of one moment
    content: Array, layout: Layout, start: Array, slots: Slots, place: Array, articles: int
) -> None:
    split, dense = layout.split[slots.term], layout.dense[slots.term]
    short = ~split & ~dense
    base = start[slots.term]
    content.view("<u4")[base[short] // 4 + place[short]] = slots.document[short]
    content.view("<u2")[(base[split] + 4 * chunks(articles)) // 2 + place[split]] = slots.document[split] % CHUNK
    terms = np.flatnonzero(layout.split)
    number = np.searchsorted(terms, slots.term[split]) * chunks(articles) + slots.document[split] // CHUNK
    below = np.bincount(number, minlength=len(terms) * chunks(articles)).reshape(-1, chunks(articles)).cumsum(axis=1)
    content.view("<u4")[(start[terms] // 4)[:, None] + np.arange(chunks(articles))] = below


def _put_positions(content: Array, start: Array, occurring: Array, position: Array, *, wide: bool) -> None:
    width = 4 if wide else 2
    place = np.arange(len(position)) + np.repeat(start // width - (np.cumsum(occurring) - occurring), occurring)
    content.view(f"<u{width}")[place] = position


_NONE_ESCAPED = Escaped(*(np.zeros(0, np.int64) for _ in range(4)))


def _escaped(slots: Slots, slot: Array) -> Escaped:
    body = slots.count - slots.title
    big = np.flatnonzero(packed_counts(slots.title, body) == ESCAPED)
    return Escaped(slots.term[big], slot[big], slots.title[big], body[big])
