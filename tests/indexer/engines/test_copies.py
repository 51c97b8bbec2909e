"""All copies are found, whatever slots they share: those that a look at every pair of documents finds."""

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.moments import MISSING_DATE
from indexer.engines.releases.copies import copies_between, copies_within
from indexer.engines.releases.signatures import EMPTY, FEWEST, SLOTS
from indexer.engines.releases.traits import Traits
from tests.search.engines.releases import copies

HOUR = 3_600
DOCUMENTS = 24


def drawn(seed):
    """Return the traits of documents that share some slots, of long texts and of short ones."""
    random = np.random.default_rng(seed)
    rows = random.integers(0, EMPTY, (DOCUMENTS, SLOTS), np.uint16)
    release = random.integers(0, EMPTY, SLOTS, np.uint16)
    for row in rows:
        told = random.choice(SLOTS, random.integers(4, 26), replace=False)
        row[told] = release[told]
        empty = random.integers(0, SLOTS - FEWEST + 1) * random.integers(0, 2)
        row[random.choice(SLOTS, empty, replace=False)] = EMPTY
    return Traits(
        rows,
        random.integers(30, 200, DOCUMENTS),
        random.integers(0, 4, DOCUMENTS).astype(np.uint32),
        random.integers(0, 4, DOCUMENTS).astype(np.uint32),
        np.where(random.random(DOCUMENTS) < 0.1, MISSING_DATE, random.integers(1, 400, DOCUMENTS) * HOUR),
    )


def one_by_one(traits):
    """Return the pairs of documents that are copies, and what is shared, each pair looked at."""
    documents = [
        SimpleNamespace(
            signature={slot: value for slot, value in enumerate(row.tolist()) if value != EMPTY},
            words=words,
            portal=portal,
            title=str(title) if title else "",
            published=None if published == MISSING_DATE else published,
        )
        for row, words, portal, title, published in zip(
            traits.signatures,
            traits.words.tolist(),
            traits.portals.tolist(),
            traits.titles.tolist(),
            traits.published.tolist(),
            strict=True,
        )
    ]
    found = (
        (first, second, copies(documents[first], documents[second]))
        for first, second in combinations(range(len(traits)), 2)
    )
    return {(first, second): shared for first, second, shared in found if shared is not None}


def part(traits, documents):
    """Return the traits of some *documents* alone."""
    return Traits(*(getattr(traits, name)[documents] for name in Traits.__slots__))


@pytest.mark.thorough
@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1 << 30))
def test_all_copies_are_found_within_documents_and_between(seed):
    traits = drawn(seed)
    expected = one_by_one(traits)
    found = copies_within(traits)

    assert dict(
        zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.shared.tolist(), strict=True)
    ) == (expected)
    some, others = np.arange(DOCUMENTS)[: seed % DOCUMENTS], np.arange(DOCUMENTS)[seed % DOCUMENTS :]
    across = copies_between(part(traits, some), part(traits, others))
    pairs = zip(some[across.first].tolist(), others[across.second].tolist(), strict=True)
    assert dict(zip(pairs, across.shared.tolist(), strict=True)) == {
        pair: shared for pair, shared in expected.items() if pair[0] < seed % DOCUMENTS <= pair[1]
    }


def test_what_is_drawn_has_copies_of_every_kind():
    kinds = {
        (traits.titles[first] == traits.titles[second], bool((traits.signatures[[first, second]] == EMPTY).any()))
        for traits in map(drawn, range(40))
        for first, second in one_by_one(traits)
    }
    assert kinds == {(same, short) for same in (True, False) for short in (True, False)}


def test_short_texts_are_copies_by_five_slots_that_are_far_from_each_other():
    random, told = np.random.default_rng(1), [0, 6, 12, 19, 25]
    rows = random.integers(0, EMPTY, (2, SLOTS), np.uint16)
    rows[1, told] = rows[0, told]
    rows[:, [slot for slot in range(SLOTS) if slot not in told][:14]] = EMPTY
    portals, nothing = np.array([1, 2], np.uint32), np.zeros(2, np.uint32)
    traits = Traits(rows, np.array([40, 120]), portals, nothing, np.array([HOUR, HOUR]))

    assert one_by_one(traits).keys() == {(0, 1)}
    assert (copies_within(traits).first.tolist(), copies_within(traits).second.tolist()) == ([0], [1])
    across = copies_between(part(traits, [0]), part(traits, [1]))
    assert (across.first.tolist(), across.second.tolist()) == ([0], [0])
