"""A report says of some days what readers asked, missed, left lying and corrected, by what each caller did next."""

from datetime import datetime

import pytest

from indexer.article import WIB
from search.errors import QueryLogUnavailable
from search.reviewing.report import report
from tests.asked import DAY, click, logged, search


def reported(root, *entries, days=30, most=20, known=()):
    if entries:
        logged(root, *entries)
    return report(root, days=days, most=most, is_known=lambda word: word in known)


def test_top_queries_are_counted_once_a_search_whatever_pages_follow(tmp_path):
    found = reported(
        tmp_path,
        search("padi", by=1),
        search("PADI ", by=2, hits=4),
        search("padi", by=2, page=2),
        search("jagung"),
        search("lama", ago=31 * DAY),
    )

    assert [tuple(row) for row in found.top] == [("padi", 2, 2, 4), ("jagung", 1, 1, 3)]
    assert (found.searches, found.without_hits) == (3, 0)


def test_queries_without_hits_are_those_that_still_have_none(tmp_path):
    found = reported(
        tmp_path,
        search("gempa", hits=0, by=1),
        search("gempa", hits=0, by=1),
        search("gempa", hits=0, by=2),
        search("banjir", hits=0),
        search("banjir", hits=2),
    )

    assert [tuple(row) for row in found.missed] == [("gempa", 3, 2, 0)]
    assert found.without_hits == 4


def test_what_nobody_clicks_is_told_only_where_clicks_are_sent(tmp_path):
    asked = [search(text, ago=50) for text in ("padi", "padi", "jagung", "jagung", "beras", "beras", "sekali")]
    silent = reported(tmp_path, search("padi", ago=900), search("padi", ago=800), *asked)
    spoken = reported(tmp_path, click("padi", ago=60), click("JAGUNG", position=11), click("beras", position=10))

    assert (silent.has_clicks, silent.unclicked) == (False, ())
    assert [(row.text, row.searches) for row in spoken.unclicked] == [("jagung", 2)]


def test_corrections_are_taken_where_they_are_left_or_asked_for(tmp_path):
    applied = {"corrected": "keuangan", "is_corrected": True}
    found = reported(
        tmp_path,
        search("keungan", **applied, by=1),
        search("keungan", **applied, by=2),
        search("keungan", hits=0, by=2, corrected="keuangan"),
        search("padi keungan", by=3, corrected="padi keuangan"),
        search("padi keuangan", by=3),
        search("berss", by=4, corrected="beras"),
        search("bersih", by=4),
    )

    assert [tuple(row) for row in found.corrections] == [
        ("keungan", "keuangan", 2, 0, 1),
        ("padi keungan", "padi keuangan", 0, 1, 0),
    ]
    assert [row.taken for row in found.corrections] == [1, 1]


def test_what_finds_nothing_may_mean_what_the_same_caller_finds_next(tmp_path):
    found = reported(
        tmp_path,
        search("pilkada", hits=0, by=1),
        search("pilkadda", hits=0, by=1),
        search("pemilihan kepala daerah", by=1),
        search("pilkada", hits=0, by=2),
        search("pemilihan kepala daerah", by=2),
        search("gempa", hits=0, by=3, ago=1_000),
        search("banjir", by=3, ago=600),
        search("satu", hits=0, by=4, key=1),
        search("dua", by=4, key=2),
    )

    assert [tuple(row) for row in found.synonyms] == [
        ("pilkada", "pemilihan kepala daerah", 2, 2),
        ("pilkadda", "pemilihan kepala daerah", 1, 1),
    ]


def test_unknown_words_without_hits_may_be_names(tmp_path):
    asked = [search(text, hits=0) for text in ("bupati Sultonah", "sultonah", "sultonah", "12 ab")]
    found = reported(tmp_path, *asked, search("zulfan"), known={"bupati"})

    assert [tuple(row) for row in found.names] == [("sultonah", 3, "sultonah")]


def test_days_are_those_of_jakarta_with_their_times(tmp_path):
    times = [search("padi", ago=DAY, took_ms=ms, hits=ms % 2) for ms in range(1, 101)]
    found = reported(tmp_path, *times, click("padi", ago=2 * DAY))
    day = datetime.fromtimestamp(times[0].time, WIB).date()

    assert tuple(found.by_day[1]) == (day, 100, 50, 0, 50.0, 95.0)
    assert (found.by_day[0].searches, found.by_day[0].clicks) == (0, 1)


def test_what_is_dated_later_than_now_is_left_out_and_said(tmp_path):
    found = reported(tmp_path, search("besok", ago=-DAY), click("besok", ago=-DAY), search("kini"))

    assert ([row.text for row in found.top], found.ahead) == (["kini"], 2)


def test_a_clock_that_was_set_back_between_two_searches_parts_them_only_by_minutes(tmp_path):
    found = reported(tmp_path, search("pilkada", hits=0, ago=60), search("pemilihan", ago=100))

    assert [row.found_by for row in found.synonyms] == ["pemilihan"]


def test_no_list_has_more_rows_than_asked_for(tmp_path):
    found = reported(tmp_path, *(search(f"kata{chr(97 + n)}", hits=0) for n in range(9)), most=3)

    assert (len(found.top), len(found.missed), len(found.names)) == (3, 3, 3)


def test_masked_queries_stand_in_no_pair_and_name_nobody(tmp_path):
    found = reported(tmp_path, search("081234567890", hits=0), search("padi"), search("x@y.id", hits=0))

    assert (found.synonyms, found.names) == ((), ())
    assert [row.text for row in found.missed] == ["[email]", "[nomor]"]


def test_a_log_without_entries_makes_an_empty_report(tmp_path):
    with pytest.raises(QueryLogUnavailable):
        reported(tmp_path)
    logged(tmp_path)

    assert (reported(tmp_path).by_day, reported(tmp_path).top) == ((), ())
