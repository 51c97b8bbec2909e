"""What a document says of its text by which copies of it are told, and which documents are of one release by that."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from indexer import schema
from indexer.article import Article
from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.opensearch.mapping import ARTICLE, GROUP, ID, OFFERED, PLACE, PORTAL, SIGNATURE, WORDS
from indexer.engines.releases.copies import SHARED, SHARED_UNDER_ONE_TITLE, WHOLE, Pairs, copies_within
from indexer.engines.releases.grouping import Printed, grouped, shown_first
from indexer.engines.releases.portals import credited, portal
from indexer.engines.releases.signatures import EMPTY, FEWEST, SLOTS, signatures
from indexer.engines.releases.traits import Traits, mark

TOLD = [ID, SIGNATURE, WORDS, PORTAL, OFFERED, schema.PUBLISHED, f"{ARTICLE}.source", GROUP, PLACE]
"""The parts of a document that are read to group it."""

FEWEST_SLOTS, FEWEST_UNDER_ONE_TITLE = (-(-share * FEWEST // WHOLE) for share in (SHARED, SHARED_UNDER_ONE_TITLE))
"""Slots that are equal in any two documents that are copies, and in any two such that have the same title."""

_VALUE = 16  # bits of a slot's value


class Membership(NamedTuple):
    """Where an article stands: its *group*, by the least id in it, and its *place* in the order they are shown in."""

    group: str
    place: int


def rows_of_texts(texts: Sequence[Array]) -> Array:
    """Return the signatures of *texts*, each given by 64 bits for each of its words (uint64), a row for each."""
    hashes, sizes = np.concatenate([np.zeros(0, np.uint64), *texts]), [*map(len, texts)]
    return signatures(np.repeat(np.arange(len(texts)), sizes), np.arange(len(hashes)), hashes, len(texts))


def traits(article: Article, row: Array, count: int) -> dict[str, Any]:
    """Return what tells copies of *article*: its body has *row* as signature; *count* are all words, with the title."""
    slots = np.flatnonzero(row != EMPTY)
    values = (slots << _VALUE | row[slots]).tolist()
    return {
        **({SIGNATURE: [f"{value:x}" for value in values]} if values else {}),
        WORDS: count,
        PORTAL: portal(article.url, article.source),
    }


def slots_of(signature: Sequence[str]) -> list[int]:
    """Return the filled slots of the *signature* of a document, each as the number of it and its value."""
    return [int(slot, 16) for slot in signature]


def rows_of_slots(slots: Array, counts: Array) -> Array:
    """Return the signatures, a row for each, that have as many of *slots* as *counts* says (uint32)."""
    rows = np.full((len(counts), SLOTS), EMPTY, np.uint16)
    rows[np.repeat(np.arange(len(counts)), counts), slots >> _VALUE] = slots & EMPTY
    return rows


def rows_of(sources: Sequence[Mapping[str, Any]]) -> Traits:
    """Return what the documents *sources* say of their texts."""
    slots = [slots_of(source.get(SIGNATURE, ())) for source in sources]
    return Traits(
        rows_of_slots(np.array([*chain.from_iterable(slots)], np.uint32), np.array([*map(len, slots)], np.int64)),
        np.array([source.get(WORDS, 0) for source in sources], np.int64),
        np.array([mark(source.get(PORTAL, "")) for source in sources], np.uint32),
        np.array([mark(source.get(OFFERED, "")) for source in sources], np.uint32),
        np.array([source.get(schema.PUBLISHED, MISSING_DATE) for source in sources], np.int64),
    )


def alike(sources: Sequence[Mapping[str, Any]]) -> Pairs:
    """Return the pairs of the documents *sources* that are copies of each other."""
    return copies_within(rows_of(sources))


def memberships(sources: Sequence[Mapping[str, Any]]) -> dict[str, Membership]:
    """Return where each of the documents *sources* stands, by id, of which no copies may be missing."""
    told = rows_of(sources)
    articles, group = grouped(copies_within(told), told.portals, told.titles)
    ids = [sources[number][ID] for number in articles.tolist()]
    credit = [mark(credited(sources[number].get(ARTICLE, {}).get("source", ""))) for number in articles.tolist()]
    printed = Printed(told.portals[articles], np.array(credit, np.uint32), told.published[articles])
    order = shown_first(group, printed, lambda some: [ids[number] for number in some.tolist()])
    return dict(_placed(ids, group, order))


def _placed(ids: Sequence[str], group: Array, order: Array) -> list[tuple[str, Membership]]:
    found: list[tuple[str, Membership]] = []
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        names = [ids[number] for number in members.tolist()]
        found += [(name, Membership(min(names), place)) for place, name in enumerate(names)]
    return found
