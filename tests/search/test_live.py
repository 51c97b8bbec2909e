import gc
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from indexer import generations
from indexer.changes.queue import ChangeQueue
from indexer.errors import IndexUnavailable
from search.errors import EngineUnavailable
from search.live import LiveIndex
from search.query import Everything, Query, Sort, parse
from tests.building import apply_changes, article, in_body, publish, record


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


@pytest.fixture
def _without_looking_for_circles():
    gc.disable()
    yield
    gc.enable()


def gone_but_open(index):
    """Return what this process holds open of the index that is deleted."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # that of the folder itself
            found.append(str(descriptor.readlink()))
    return [path for path in found if path.startswith(str(index.path)) and path.endswith("(deleted)")]


@pytest.mark.usefixtures("_without_looking_for_circles")
@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_what_a_change_took_away_is_closed_when_the_last_query_on_it_is_done(live, index, analyzer, is_rebuilt):
    articles = [in_body("padi gandum", str(number)) for number in range(3)]
    queries = [Query(parse(text, analyzer), sort=sort) for text in ("padi", '"padi gandum"', "pa*") for sort in Sort]

    def ask():
        with live.open() as opened:
            for query in queries:
                opened.engine.search(query, offset=0, limit=10)

    def change():
        ChangeQueue(index.path).add([(given.id, record(given)) for given in articles])
        publish(index, *articles) if is_rebuilt else apply_changes(index)

    publish(index, *articles)
    with live.open() as before:
        for _ in range(3):
            ask()
            change()
        ask()
        if not is_rebuilt:
            before.engine.search(queries[0], offset=0, limit=10)
        assert gone_but_open(index)
    del before
    articles.append(in_body("padi", "3"))  # so many more that the statistics of before serve no longer
    change()
    ask()

    assert gone_but_open(index) == []
