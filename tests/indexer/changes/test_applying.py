"""Queued changes reach the live generation once, in order, and none is lost to a reindex or to going back."""

import os
import time

import pytest

from indexer import generations
from indexer.building.reindex import reindex
from indexer.changes.applying import Applier
from indexer.changes.queue import ChangeQueue
from search.engines import open_engine
from search.query import Everything, Query, parse
from tests.building import article, in_body, publish, record


@pytest.fixture
def live(index, ranking, analyzer):
    """Publish two articles, and give out what finds ids in the live generation."""
    publish(index, in_body("padi", "1"), in_body("gandum", "2"))

    def ids(text=""):
        name = generations.live_name(index.path)
        (generation,) = [kept for kept in generations.complete(index.path) if kept.name == name]
        query = Query(parse(text, analyzer) if text else Everything())
        hits = open_engine(generation, ranking).search(query, offset=0, limit=100).hits
        return sorted(hit.article.id for hit in hits)

    return ids


@pytest.fixture
def applier(index, analyzer):
    with Applier(index.path, analyzer) as applier:
        yield applier


def test_the_last_change_of_an_article_counts(live, applier, index):
    queue = ChangeQueue(index.path)
    queue.add([("1", None), ("3", record(in_body("jagung", "3"))), ("2", record(in_body("jagung", "2")))])
    queue.add([("3", None), ("1", record(in_body("jagung", "1")))])

    assert applier.apply() == 5
    assert live() == live("jagung") == ["1", "2"]
    assert applier.apply() == 0


def test_a_record_that_is_no_article_fails_alone(live, applier, index):
    queue = ChangeQueue(index.path)
    task = queue.add([("9", {"title": "tanpa isi"}), ("3", record(in_body("jagung", "3")))])
    applier.apply()

    assert live("jagung") == ["3"]
    assert "'body' is missing" in queue.task(task.id).failures[0].reason


def test_changes_that_come_during_a_reindex_are_in_the_new_generation_too(live, applier, index, analyzer, tmp_path):
    queue = ChangeQueue(index.path)
    changed = False

    def meanwhile(_counts):
        nonlocal changed
        if not changed:
            changed = True
            queue.add([("3", record(in_body("jagung", "3"))), ("2", None)])
            applier.apply()

    reindex([str(tmp_path / "articles.jsonl")], index, analyzer, meanwhile)

    assert changed and live() == ["1", "3"]
    assert applier.apply() == 0


def test_changes_that_are_newer_than_the_source_survive_a_reindex_and_older_ones_do_not(
    live, index, analyzer, tmp_path
):
    source = tmp_path / "articles.jsonl"
    ChangeQueue(index.path).add([("3", record(in_body("jagung", "3")))])
    os.utime(source, (1, 1))
    reindex([str(source)], index, analyzer)
    assert live() == ["1", "2", "3"]

    os.utime(source, (time.time() + 10, time.time() + 10))
    reindex([str(source)], index, analyzer)
    assert live() == ["1", "2"]


def test_many_commits_are_merged_without_a_change_in_what_is_found(live, applier, index):
    queue = ChangeQueue(index.path)
    for number in range(3, 12):
        queue.add([(str(number), record(in_body("jagung", str(number))))])
        applier.apply()
        if tidying := applier.begin_merge():
            tidying.merge.run()
            queue.add([("3", None), ("5", record(in_body("kedelai", "5")))])
            applier.apply()
            applier.finish_merge(tidying)

    assert live("jagung") == sorted(map(str, {*range(3, 12)} - {3, 5}))
    assert (live("kedelai"), live("padi")) == (["5"], ["1"])


def test_a_merge_that_a_reindex_overtook_is_dropped(live, applier, index, analyzer, tmp_path):
    ChangeQueue(index.path).add([("3", record(in_body("jagung", "3")))])
    applier.apply()
    tidying = applier.begin_merge()
    tidying.merge.run()
    reindex([str(tmp_path / "articles.jsonl")], index, analyzer)
    applier.finish_merge(tidying)

    assert live() == ["1", "2", "3"]


def test_all_articles_may_go(live, applier, index):
    ChangeQueue(index.path).add([("1", None), ("2", None)])
    applier.apply()
    assert live() == []

    ChangeQueue(index.path).add([("4", record(article("4")))])
    applier.apply()
    assert live() == ["4"]
