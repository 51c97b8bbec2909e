import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from indexer import generations
from indexer.errors import IndexUnavailable
from search.errors import EngineUnavailable
from search.live import LiveIndex
from search.query import Everything, Query
from tests.building import article, publish


@pytest.fixture
def live(index, ranking, analyzer):
    live = LiveIndex(index.path, ranking, analyzer)
    yield live
    live.close()


def total(live) -> int:
    with live.open() as opened:
        return opened.engine.search(Query(Everything()), offset=0, limit=1).total


def test_without_an_index_the_remedy_is_named_and_one_that_comes_is_noticed(live, index):
    with pytest.raises(IndexUnavailable, match="run `telusur reindex SOURCE…` first"):
        total(live)

    publish(index, article("1"))
    assert total(live) == 1


def test_a_new_generation_is_noticed_while_the_old_one_answers_to_its_end(live, index):
    publish(index, article("1"))
    with live.open() as old:
        publish(index, article("1"), article("2"))

        assert total(live) == 2
        assert old.engine.search(Query(Everything()), offset=0, limit=1).total == 1

    with pytest.raises(EngineUnavailable):
        old.engine.search(Query(Everything()), offset=0, limit=1)


def test_a_generation_that_cannot_be_opened_is_reported_and_the_one_before_stays(live, index, caplog):
    publish(index, article("1"))
    assert total(live) == 1
    broken = publish(index, article("1"), article("2")).generation
    (broken.path / "manifest.json").write_text("{}", encoding="utf-8")

    with caplog.at_level(logging.ERROR):
        assert total(live) == total(live) == 1
    assert caplog.text.count("what is live on disk cannot be opened") == 1
    assert "manifest.json cannot be read" in live.trouble()


def test_a_pointer_written_anew_to_the_same_generation_opens_nothing(live, index):
    publish(index, article("1"))
    with live.open() as before:
        pass
    content = generations.pointer(index.path).read_bytes()
    generations.pointer(index.path).unlink()
    generations.pointer(index.path).write_bytes(content)

    with live.open() as after:
        assert after.engine is before.engine


def test_the_index_that_vanishes_goes_on_answering(live, index):
    publish(index, article("1"))
    assert total(live) == 1
    generations.pointer(index.path).unlink()

    assert total(live) == 1


def test_no_query_fails_while_generations_come_and_go(live, index):
    publish(index, article("1"))
    done = Event()

    def ask() -> int:
        asked = 0
        while not done.is_set():
            assert total(live) >= 1
            asked += 1
        return asked

    with ThreadPoolExecutor(3) as pool:
        askers = [pool.submit(ask) for _ in range(3)]
        for n in range(5):
            publish(index, *(article(str(m)) for m in range(n + 1)))
        done.set()

        assert all(asker.result() > 0 for asker in askers)
    assert total(live) == 5
