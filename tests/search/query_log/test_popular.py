"""Queries are offered to others only if enough callers asked them on one day, and if they find something now."""

import time
from dataclasses import replace

import pytest

from indexer.changes.queue import ChangeQueue
from search.query_log.popular import PopularQueries, asked_by_many, read_by_many
from tests.asked import BOUNDS, DAY, click, logged, search
from tests.building import apply_changes, in_body


def asked(text, callers, *, key=1, ago=60.0, **more):
    """Return searches for *text*, one of each caller."""
    return [search(text, by=number, key=key, ago=ago, **more) for number in range(callers)]


def test_what_few_asked_is_offered_to_nobody(tmp_path):
    repeated = [search("alamat budi", by=1) for _ in range(10)] + [search("alamat budi", by=2)]
    logged(tmp_path, *asked("harga beras", 3), *repeated)

    assert asked_by_many(tmp_path, BOUNDS) == ["harga beras"]
    assert asked_by_many(tmp_path, replace(BOUNDS, suggest_from=2)) == ["harga beras", "alamat budi"]


def test_the_same_few_on_many_days_are_few(tmp_path):
    logged(tmp_path, *(one for day in range(9) for one in asked("alamat budi", 2, key=day, ago=day * DAY)))

    assert asked_by_many(tmp_path, BOUNDS) == []


@pytest.mark.parametrize("more", [{"hits": 0}, {"page": 2}, {"is_corrected": True, "corrected": "x"}])
def test_what_found_nothing_by_itself_is_not_offered(tmp_path, more):
    logged(tmp_path, *asked("padi", 5, **more), *asked("081234567890", 5), *asked("jagung", 5))

    assert asked_by_many(tmp_path, BOUNDS) == ["jagung"]


def test_those_of_most_callers_come_first_and_older_ones_count_less(tmp_path):
    old, ahead = asked("lama", 6, ago=50 * DAY), asked("depan", 3, ago=-DAY)
    logged(tmp_path, *old, *asked("dua", 4), *asked("banyak", 5), *ahead)

    assert asked_by_many(tmp_path, BOUNDS) == ["banyak", "dua", "depan", "lama"]


def test_what_finds_nothing_any_more_is_not_offered(index, answers_over):
    answers = answers_over(in_body("padi", "1"), in_body("jagung", "2"))
    logged(index.path, *asked("padi", 3), *asked("jagung", 3), *asked("jagunk", 3))
    popular = PopularQueries(index.path, BOUNDS)
    popular.look_up(answers.count)
    before = popular.current().queries
    ChangeQueue(index.path).add([("2", None)])
    apply_changes(index)
    popular.look_up(answers.count)

    assert (dict(before), dict(popular.current().queries)) == ({"padi": 1, "jagung": 1}, {"padi": 1})


def test_what_is_asked_meanwhile_is_offered_after_a_while(tmp_path):
    popular = PopularQueries(tmp_path, replace(BOUNDS, refresh=0.01))
    popular.keep_up(lambda _: 7)
    logged(tmp_path, *asked("padi", 3))
    while not popular.current().queries:
        time.sleep(0.01)
    popular.close()

    assert popular.current().queries == (("padi", 7),)


def test_nothing_is_offered_without_a_log_or_where_a_setting_forbids_it(tmp_path):
    popular = PopularQueries(tmp_path, BOUNDS)
    popular.look_up(lambda _: 1)
    assert popular.current().queries == ()
    logged(tmp_path, *asked("padi", 9))
    for forbidden in ({"suggest_from": 0}, {"enabled": False}):
        closed = PopularQueries(tmp_path, replace(BOUNDS, **forbidden))
        closed.look_up(lambda _: 1)
        assert closed.current().queries == ()


def test_a_log_that_cannot_be_read_leaves_what_was_offered(tmp_path, caplog):
    logged(tmp_path, *asked("padi", 3))
    popular = PopularQueries(tmp_path, BOUNDS)
    popular.look_up(lambda _: 1)
    (tmp_path / "queries.db").write_bytes(b"no database, whatever it was before this")
    popular.look_up(lambda _: 1)

    assert [known.text for known in popular.current().queries] == ["padi"]
    assert "cannot be looked up" in caplog.text


def opened(article, callers, *, ago=60.0):
    """Return clicks on *article*, one of each caller."""
    return [replace(click("padi", by=number, ago=ago), article_id=article) for number in range(callers)]


def test_what_many_open_lately_is_read_most(tmp_path):
    repeated = [replace(one, article_id="satu pembaca") for one in [click("padi", by=1)] * 9]
    logged(tmp_path, *opened("lama", 9, ago=10 * DAY), *opened("baru", 4), *opened("lain", 3), *repeated)

    assert read_by_many(tmp_path, BOUNDS) == ["baru", "lain", "lama"]


def test_what_is_read_most_is_kept_up_with(tmp_path):
    logged(tmp_path, *opened("baru", 4))
    popular = PopularQueries(tmp_path, BOUNDS)
    popular.look_up(lambda _: 1)
    before = popular.read()
    logged(tmp_path, *opened("lain", 6))
    popular.look_up(lambda _: 1)

    assert (before, popular.read()) == (("baru",), ("lain", "baru"))
