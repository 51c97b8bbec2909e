"""Segments stay few: small ones are merged at once, larger ones when there are some of a size, holes are closed."""

import pytest

from indexer.engines.whoosh.commits import Listed
from indexer.engines.whoosh.merge_policy import next_merge


def segments(*sizes):
    return [Listed(f"{place}-{size}", size, 0) for place, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ((), ()),
        ((120_000,), ()),
        ((120_000, 5), ()),
        ((120_000, 5, 1), (5, 1)),
        ((120_000, 1_999, 3), (1_999, 3)),
        ((120_000, 2_001, 3), ()),
        ((9_000, 9_000, 9_000), ()),
        ((9_000, 9_000, 9_000, 9_000), (9_000,) * 4),
        ((120_000, 9_000, 9_000, 9_000, 3), ()),
    ],
)
def test_what_is_merged(sizes, merged):
    assert tuple(listed.articles for listed in next_merge(segments(*sizes))) == merged


def test_a_segment_of_which_a_quarter_is_deleted_is_written_anew():
    full, holed = Listed("a", 9_000, 0), Listed("b", 100_000, 0, tuple(range(25_001)))

    assert next_merge([full, holed]) == [holed]
    assert next_merge([full, Listed("b", 100_000, 0, tuple(range(25_000)))]) == []


def test_ten_thousand_single_changes_never_make_many_segments():
    found = segments(120_000)
    most = 0
    for number in range(10_000):
        found.append(Listed(f"change {number}", 1, 0))
        while chosen := next_merge(found):
            rest = [listed for listed in found if listed not in chosen]
            found = [*rest, Listed(f"merge {number} {len(rest)}", sum(listed.articles for listed in chosen), 0)]
        most = max(most, len(found))

    assert most <= 5 and sum(listed.articles for listed in found) == 130_000
