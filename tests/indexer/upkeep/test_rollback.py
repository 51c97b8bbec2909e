"""Going back is one step, to any generation that is kept, and loses no change."""

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.changes import queue as queues
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_updater
from indexer.errors import IndexOutdated, IndexUnavailable
from indexer.settings import IndexSettings
from indexer.upkeep.rollback import roll_back
from search.engines.whoosh.engine import WhooshEngine
from tests.building import apply_changes, article, publish, record

FINGERPRINT = schema.fingerprint(Analyzer())


def names(index):
    return [old.name for old in generations.complete(index.path)]


def add(index, name):
    ChangeQueue(index.path).add([(name, record(article(name)))])


def held(generation):
    return open_updater("whoosh", generation.engine_folder, Analyzer()).articles


def test_without_a_name_the_one_before_is_live_again(index):
    first, second = publish(index, article("1")).generation, publish(index, article("1")).generation
    done = roll_back(index.path, Analyzer())

    assert generations.live(index.path, FINGERPRINT).name == done.generation.name == first.name
    assert done.before == second.name


def test_forward_is_a_rollback_by_name(index):
    publish(index, article("1"))
    second = publish(index, article("1")).generation
    roll_back(index.path, Analyzer())
    roll_back(index.path, Analyzer(), second.name)

    assert generations.live_name(index.path) == second.name


def test_changes_since_are_applied_before_it_is_live(index):
    first = publish(index, article("1")).generation
    publish(index, article("1"))
    add(index, "later")
    apply_changes(index)
    done = roll_back(index.path, Analyzer())

    assert done.applied == 1
    assert held(first) == 2


def test_changes_are_kept_as_long_as_a_generation_needs_them(index, ranking, monkeypatch):
    monkeypatch.setattr(queues, "_KEPT", -10)
    queue = ChangeQueue(index.path)
    for number in range(3):
        publish(index, article("1"))
        add(index, f"later {number}")
    assert [change.article_id for change in queue.after(0, 10)] == ["later 1", "later 2"]

    apply_changes(index)
    engine = WhooshEngine(roll_back(index.path, Analyzer()).generation.engine_folder, ranking)
    assert engine.article("later 1") and engine.article("later 2")


def test_the_one_that_was_live_is_kept_after_a_rollback_too(index):
    first = publish(index, article("1")).generation
    publish(index, article("1"))
    roll_back(index.path, Analyzer())
    third = publish(index, article("1")).generation

    assert names(index) == [first.name, third.name]


def test_a_pointer_that_is_damaged_is_mended_by_a_rollback(index):
    live = publish(index, article("1")).generation
    generations.pointer(index.path).write_text("{", encoding="utf-8")
    done = roll_back(index.path, Analyzer())

    assert (done.before, generations.live_name(index.path)) == (None, live.name)


def test_there_must_be_something_to_go_back_to(index):
    publish(index, article("1"))

    with pytest.raises(IndexUnavailable, match=r"older than the live one.*index\.keep"):
        roll_back(index.path, Analyzer())
    with pytest.raises(IndexUnavailable, match=r"manifest\.json cannot be read"):
        roll_back(index.path, Analyzer(), "20000101")


def test_nobody_goes_back_to_what_is_damaged_or_of_another_analysis(index):
    first = publish(index, article("1")).generation
    second = publish(index, article("1")).generation
    with pytest.raises(IndexOutdated, match="go back with the program and the settings that wrote it"):
        roll_back(index.path, Analyzer({"padi": "beras"}))
    path = next(first.engine_folder.glob("*.terms"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(IndexUnavailable, match="is damaged"):
        roll_back(index.path, Analyzer())

    assert generations.live_name(index.path) == second.name


def test_a_generation_whose_manifest_is_damaged_is_no_obstacle(index):
    first = publish(index, article("1")).generation
    (first.path / "manifest.json").write_text("{", encoding="utf-8")
    second = publish(index, article("1")).generation
    third = publish(IndexSettings(index.path, "whoosh", 2, 1), article("1")).generation

    assert names(index) == [second.name, third.name]
    assert not first.path.exists()
