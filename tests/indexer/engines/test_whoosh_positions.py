"""Positions come back as they were packed: of one term, of many, and those at some places only."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.positions import PackedPositions, PositionFormat
from indexer.schema import BODY_GAP

TERMS = st.lists(st.lists(st.one_of(st.integers(0, 65_535), st.integers(BODY_GAP, BODY_GAP + 300)), max_size=40))
FORMATS = st.builds(PositionFormat, st.sampled_from([0, BODY_GAP]), st.booleans())


def packed(terms, written):
    count = np.array([len(term) for term in terms], np.int64)
    positions = PackedPositions.of(np.array([p for term in terms for p in term], np.int64), count, written)
    start = np.cumsum(positions.size) - positions.size
    content = np.zeros(int(positions.size.sum()), np.uint8)
    positions.put(content, start)
    return content, start, start + positions.size, count


@given(TERMS, FORMATS)
def test_positions_come_back_term_by_term_and_together(terms, written):
    content, start, stop, count = packed(terms, written)

    own = [content[first:last] for first, last in zip(start, stop, strict=True)]
    assert [written.unpacked(*one).tolist() for one in zip(own, count.tolist(), strict=True)] == terms
    assert written.all_unpacked(content, start, stop, count).tolist() == [p for term in terms for p in term]


@given(st.lists(st.integers(0, 65_535), min_size=1, max_size=200), st.sets(st.integers(0, 199)), FORMATS)
def test_some_positions_are_those_among_all(term, places, written):
    content, *_ = packed([term], written)
    own = sorted(place for place in places if place < len(term))

    assert written.picked(content, len(term), np.array(own, np.int64)).tolist() == [term[place] for place in own]


def test_a_wide_position_may_have_32_bits():
    written = PositionFormat(BODY_GAP, wide=True)
    content, *_ = packed([[0, 1_000, 70_000, 1 << 31]], written)

    assert written.unpacked(content, 4).tolist() == [0, 1_000, 70_000, 1 << 31]
