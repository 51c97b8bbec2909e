"""A generation is opened and warmed beside the one that answers."""

from threading import Event

import pytest

from search.answers import Answers
from search.live import LiveIndex
from search.query.calendar import _rules
from search.questions import Question
from search.warming import warm
from tests.building import article, in_body, publish
from tests.listening import eventually


@pytest.fixture
def live_with(index, ranking, analyzer):
    opened = []

    def follow(prepare):
        opened.append(LiveIndex(index.path, ranking, analyzer, prepare))
        return opened[-1]

    yield follow
    for live in opened:
        live.close()


def total(live):
    with live.open() as index:
        return index.engine.articles


def test_a_newer_generation_is_prepared_while_the_one_before_answers(live_with, index):
    publish(index, article("1"))
    go_on = Event()
    go_on.set()
    live = live_with(lambda _: go_on.wait(10))
    assert total(live) == 1
    go_on.clear()
    publish(index, article("1"), article("2"))

    assert [total(live) for _ in range(3)] == [1, 1, 1]
    go_on.set()
    assert eventually(lambda: total(live) == 2)


def test_one_that_is_published_meanwhile_comes_after_it(live_with, index):
    publish(index, article("1"))
    live = live_with(lambda _: None)
    total(live)
    for count in (2, 3, 4):
        publish(index, *(article(str(number)) for number in range(count)))
        total(live)

    assert eventually(lambda: total(live) == 4)


def test_what_cannot_be_prepared_is_reported_and_the_next_one_answers(live_with, index):
    publish(index, article("1"))
    live = live_with(lambda _: None)
    total(live)
    folder = publish(index, article("1"), article("2")).generation.path
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    total(live)
    assert eventually(lambda: live.failures == 1)
    publish(index, article("1"), article("2"), article("3"))

    assert eventually(lambda: total(live) == 3)


def test_what_was_warmed_is_known_to_the_first_reader(live_with, index, highlighting):
    publish(index, in_body("padi", "1"), article("2", title="Harga beras naik"))
    warmed = []
    live = live_with(lambda fixed: warm(fixed, highlighting) or warmed.append(fixed))
    answers = Answers(live, highlighting)

    _rules.cache_clear()
    assert answers.search(Question(text="beras", page=1, per_page=10)).page.total == 1
    assert _rules.cache_info().currsize == 1
    read = warmed[0].analyzer.read
    known = read.cache_info().misses
    read("beras")
    assert read.cache_info().misses == known
