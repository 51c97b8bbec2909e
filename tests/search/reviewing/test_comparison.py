"""What readers will notice of a new index is known before they do."""

from dataclasses import replace

import pytest

from indexer.settings import PublishSettings
from search.commands.comparing import comparison_text
from search.live import FixedIndex
from search.reviewing.canaries import missed
from search.reviewing.checks import Opener, Review
from search.reviewing.comparison import compare, comparison_document
from tests.building import article, publish


@pytest.fixture
def opener(ranking, highlighting, analyzer):
    return Opener(ranking, highlighting, analyzer)


@pytest.fixture
def two(index):
    """Return two generations: of the articles on rice one leaves, one enters, and two exchange their places."""
    before = publish(
        index,
        article("a", title="Panen padi", body="Padi padi."),
        article("b", title="Kabar", body="Padi di desa ini."),
        article("gone", body="Padi."),
        article("other", title="Jagung"),
    )
    after = publish(
        index,
        article("a", title="Kabar", body="Padi di desa ini."),
        article("b", title="Panen padi", body="Padi padi."),
        article("new", body="Padi [baru]."),
        article("other", title="Jagung"),
    )
    return before.generation, after.generation


def test_what_entered_left_and_moved_is_told_apart(opener, two):
    comparison = opener.compared(*two, ["padi", "jagung", "padi", "zaitun"])
    document = comparison_document(comparison)
    (difference,) = document["differences"]

    assert (document["before"], document["after"]) == tuple(generation.name for generation in two)
    assert (document["queries"], document["changed"]) == (3, 1)
    assert [change["id"] for change in difference["entered"]] == ["new"]
    assert [change["id"] for change in difference["left"]] == ["gone"]
    assert {change["id"] for change in difference["moved"]} == {"a", "b"}


def test_the_overlap_is_the_mean_share_of_what_stays(opener, two):
    comparison = opener.compared(*two, ["padi", "jagung", "zaitun"])

    assert [round(d.overlap, 2) for d in comparison.differences] == [0.67, 1, 1]
    assert comparison.overlap == pytest.approx((2 / 3 + 2) / 3)
    assert opener.compared(*two, []).overlap == 1


def test_a_result_of_nothing_where_there_was_some_shares_nothing(opener, index):
    before = publish(index, article("1", body="Padi.")).generation
    after = publish(index, article("1", body="Jagung.")).generation

    assert opener.compared(before, after, ["padi"]).overlap == 0


def test_the_table_shows_each_change_once(opener, two):
    text = comparison_text(opener.compared(*two, ["padi", "jagung"]))
    lines = text.splitlines()

    assert "1 of 2 queries change" in lines[0]
    assert len(lines) == 2 + 4
    assert any(line.split()[:3] == ["+", "3", "new"] for line in lines[2:] if "new" in line and "padi" not in line)


def test_many_changes_are_cut_short(opener, two):
    queries = [f"padi {n}" for n in range(25)]
    text = comparison_text(opener.compared(*two, queries))

    assert "5 more queries change; --json lists all." in text


@pytest.mark.parametrize(
    ("canary", "reason"),
    [
        ("padi", None),
        ("padi = b", None),
        ("zaitun", "the canary 'zaitun' finds nothing"),
        ("zaitun = b", "the canary 'zaitun' finds nothing"),
        ("padi = other", "the canary 'padi' does not find 'other' among the first 10"),
        ("judul:panen = b = other", "the canary 'judul:panen = b' does not find 'other' among the first 10"),
    ],
)
def test_a_canary_finds_what_it_must(opener, two, canary, reason):
    answers = opener.answers(two[1])

    assert missed(canary, answers) == reason


def test_canaries_of_a_build_are_all_asked(index, opener, two):
    review = Review(index.path, opener, PublishSettings(0, ["padi", "zaitun", "kelapa"], 0))

    assert len(review.canaries(two[1])) == 2
    assert Review(index.path, opener, PublishSettings(0, [], 0)).canaries(two[1]) == []


def test_a_build_is_compared_with_what_is_live(index, opener, two):
    review = Review(index.path, opener, PublishSettings(0, [], 0.9), ["padi"])

    assert review.overlap(two[0]) == ["the overlap of 0.67 is less than publish.min_overlap 0.9"]
    assert review.comparison.before == two[1].name
    assert Review(index.path, opener, PublishSettings(0, [], 0.5), ["padi"]).overlap(two[0]) == []


def test_where_nothing_is_live_nothing_is_compared(index, opener, two):
    review = Review(index.path.parent, opener, PublishSettings(0, [], 1), ["padi"])

    assert review.overlap(two[0]) == [] and review.comparison is None
    assert review.remark.startswith("There is nothing to compare with: there is no index at")


def test_another_analysis_is_remarked_upon(index, opener, two):
    other = replace(two[0], manifest=replace(two[0].manifest, fingerprint="another"))
    review = Review(index.path, opener, PublishSettings(0, [], 0), ["padi"])
    review.overlap(other)

    assert "was written with another analysis" in review.remark


def test_a_fixed_index_stays_with_its_generation(two, ranking, analyzer):
    fixed = FixedIndex(two[0], ranking, analyzer)
    with fixed.open() as index:
        assert index.generation == two[0]
    fixed.close()


def test_equal_generations_are_equal(opener, two):
    answers = opener.answers(two[0])

    assert compare(answers, answers, ("a", "b"), ["padi"]).changed == ()
