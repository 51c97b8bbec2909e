"""What every engine must offer to who types; each engine of the dictionary runs through the same claims."""

import pytest

from indexer.changes.queue import ChangeQueue
from search.query.matching import is_near
from tests.building import apply_changes, article, in_body, record
from tests.clusters import awaited


@pytest.fixture
def index(any_index):
    return any_index


def titled(*titles):
    return [article(f"{number}", title=title) for number, title in enumerate(titles)]


def texts(found):
    return [known.text for known in found]


@pytest.mark.parametrize("typed", ["keungan", "keauangan", "keuangn", "keuabgan", "kueangan", "euangan", "keuangan"])
def test_a_word_is_found_by_one_change_of_a_letter(engine_over, typed):
    offering = engine_over(in_body("keuangan", "1"), in_body("keuangan", "2"), in_body("kenangan", "3")).offering

    assert ("keuangan", 2) in offering.similar(typed, changes=1, least=2)
    assert "kenangan" not in texts(offering.similar(typed, changes=1, least=2))


def test_words_are_similar_if_so_few_changes_make_them(engine_over):
    words = ("banjir", "banjar", "bandar", "banjirnya", "banir", "bnjir", "anjir", "panjir", "manjur", "banjirrr")
    offering = engine_over(*(in_body(word, word) for word in words)).offering

    for changes in (1, 2):
        found = texts(offering.similar("banjir", changes=changes, least=1))
        near = {word for word in words if is_near(f"_{'banjir'}", f"_{word}", changes)}
        near -= {"manjur"}  # with a wrong letter beside the first, which an engine may ask for
        assert near <= set(found)
    assert texts(offering.similar("banjir", changes=1, least=2)) == []


@pytest.mark.parametrize("typed", ["", "x", "x" * 1000, "😀", "مرحبا", "covid19", "24", "-", "kata kata"])
def test_what_is_no_word_is_similar_to_nothing_and_begins_nothing(engine_over, typed):
    offering = engine_over(in_body("kata", "1")).offering

    assert offering.similar(typed, changes=2, least=1) == []
    assert offering.completed(typed, changes=1, most=3) == []
    assert offering.titles((typed,), most=3) == [] or typed in {"", "x"}


def test_the_best_known_words_that_begin_so_come_first(engine_over):
    offering = engine_over(*titled("tanah", "tanah mahal", "tani", "tani", "tani", "tulang")).offering

    assert offering.completed("tan", changes=0, most=2) == [("tani", 3), ("tanah", 2)]
    assert texts(offering.completed("tulng", changes=1, most=8)) == ["tulang"]


def test_titles_that_begin_with_the_words_come_before_those_that_hold_them(engine_over):
    offering = engine_over(
        *titled("Naik lagi, harga beras", "Beras dan harga gabah", "Harga beras", "Harga beras naik di Medan", "Padi")
    ).offering

    assert texts(offering.titles(("harga", "ber"), most=8)) == [
        "Harga beras",
        "Harga beras naik di Medan",
        "Naik lagi, harga beras",
        "Beras dan harga gabah",
    ]


def test_of_equal_titles_the_newest_comes_first_and_each_once(engine_over):
    offering = engine_over(
        article("old", title="Banjir lama", published="2020-01-01"),
        article("new", title="Banjir baru", published="2026-01-01"),
        article("one", title="Banjir rob", published="2025-01-01"),
        article("two", title="BANJIR ROB", published="2024-01-01"),
        article("none", title="Banjir tanpa tanggal"),
    ).offering

    assert offering.titles(("banj",), most=8) == [
        ("Banjir baru", 1),
        ("Banjir rob", 2),
        ("Banjir lama", 1),
        ("Banjir tanpa tanggal", 1),
    ]


def test_words_go_on_as_titles_do(engine_over):
    offering = engine_over(
        *titled("Harga beras naik", "Soal harga beras", "Harga bensin", "Harga pupuk", "Beras")
    ).offering

    assert offering.continued(("harga", "be"), most=8) == [("harga beras", 2), ("harga bensin", 1)]
    assert texts(offering.continued(("harga", ""), most=1)) == ["harga beras"]
    assert (offering.titled("harga beras"), offering.titled("harga be"), offering.titled("di")) == (2, 0, 0)


def test_changes_are_offered_and_what_is_gone_is_not(engine_over, index):
    engine = engine_over(*titled("Harga beras naik", "Harga bensin"))
    ChangeQueue(index.path).add([("9", record(article("9", title="Harga cabai"))), ("0", None)])
    apply_changes(index)
    newer = awaited(engine.newer)

    assert set(texts(newer.offering.titles(("harga",), most=8))) == {"Harga cabai", "Harga bensin"}
    assert texts(newer.offering.completed("cab", changes=0, most=8)) == ["cabai"]
    newer.close()
