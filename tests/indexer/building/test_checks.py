"""A new index is published only if it stands up to what is asked of it."""

import json
import os
import time

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building.checks import enough_articles
from indexer.building.reindex import Rules, reindex
from indexer.changes.queue import ChangeQueue
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.errors import BuildRefused, ReindexFailed
from indexer.upkeep.rollback import roll_back
from tests.building import apply_changes, article, publish, record

FINGERPRINT = schema.fingerprint(Analyzer())


def rebuilt(index, tmp_path, *articles, **rules):
    path = tmp_path / "next.jsonl"
    path.write_text("\n".join(json.dumps(record(given)) for given in articles), encoding="utf-8")
    os.utime(path, (time.time() + 60,) * 2)  # newer than all changes
    return reindex([str(path)], index, Analyzer(), rules=Rules(**rules))


def many(count):
    return [article(str(n)) for n in range(count)]


def live_name(index):
    return generations.live(index.path, FINGERPRINT).name


def test_an_index_that_shrinks_too_much_is_refused_and_kept(index, tmp_path):
    live = publish(index, *many(10)).generation
    with pytest.raises(BuildRefused, match="it has 7 articles where the live index has 10") as caught:
        rebuilt(index, tmp_path, *many(7), checks=[enough_articles(index.path, 0.8)])
    kept = generations.find(index.path, caught.value.generation)

    assert live_name(index) == live.name
    assert kept.manifest.refused == caught.value.reasons
    assert kept.name in str(caught.value)


def test_an_index_that_shrinks_a_little_is_published(index, tmp_path):
    publish(index, *many(10))

    assert rebuilt(index, tmp_path, *many(8), checks=[enough_articles(index.path, 0.8)]).overridden == ()


def test_the_live_index_is_counted_with_its_updates(index, tmp_path):
    publish(index, *many(2))
    ChangeQueue(index.path).add([(given.id, record(given)) for given in many(10)])
    apply_changes(index)

    with pytest.raises(BuildRefused, match="7 articles where the live index has 10"):
        rebuilt(index, tmp_path, *many(7), checks=[enough_articles(index.path, 0.8)])


def test_where_nothing_is_live_nothing_is_too_few(index, tmp_path):
    assert rebuilt(index, tmp_path, *many(1), checks=[enough_articles(index.path, 0.8)]).generation


def test_force_publishes_all_the_same_and_says_what_it_passed_over(index, tmp_path):
    publish(index, *many(10))
    outcome = rebuilt(index, tmp_path, *many(1), checks=[enough_articles(index.path, 0.8)], force=True)

    assert live_name(index) == outcome.generation.name
    assert len(outcome.overridden) == 1


def test_what_was_refused_can_be_made_live_later(index, tmp_path):
    publish(index, *many(10))
    with pytest.raises(BuildRefused) as caught:
        rebuilt(index, tmp_path, *many(1), checks=[lambda _: ["no"]])
    roll_back(index.path, Analyzer(), caught.value.generation)

    assert live_name(index) == caught.value.generation


def test_one_build_that_was_refused_is_kept_until_the_next(index, tmp_path):
    live = publish(index, *many(10)).generation
    refused = []
    for _ in range(2):
        with pytest.raises(BuildRefused) as caught:
            rebuilt(index, tmp_path, *many(1), checks=[lambda _: ["no"]])
        refused.append(caught.value.generation)
    assert [old.name for old in generations.complete(index.path)] == [live.name, refused[1]]

    later = publish(index, *many(10)).generation
    assert [old.name for old in generations.complete(index.path)] == [live.name, later.name]


def test_force_does_not_publish_what_is_damaged(index, tmp_path, monkeypatch):
    live = publish(index, *many(2)).generation
    finish = WhooshWriter.finish

    def finish_and_damage(writer, through):
        articles = finish(writer, through)
        path = max(index.path.glob("generations/*/engine/*.postings"), key=str)
        path.write_bytes(b"?" + path.read_bytes()[1:])
        return articles

    monkeypatch.setattr(WhooshWriter, "finish", finish_and_damage)
    with pytest.raises(ReindexFailed, match=r"\.postings the bytes from 0 on|\.postings .*damaged"):
        rebuilt(index, tmp_path, *many(2), force=True)

    assert live_name(index) == live.name
