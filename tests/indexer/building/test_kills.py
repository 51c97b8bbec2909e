"""
Killed at any write, sync or rename, the index opens, and holds every acknowledged change exactly once.

The long form, 1,000 kills, is run by TELUSUR_KILLS=1000.
"""

import os
import random
import shutil
from collections import Counter

import pytest

from indexer import generations
from indexer.building.reindex import reindex
from indexer.changes.applying import Applier
from indexer.changes.queue import ChangeQueue
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.engines import open_engine
from search.query import Everything, Query
from tests.building import apply_changes, article, publish, record
from tests.killing import killed_at

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("TELUSUR_KILLS", "100"))
STEPS = [
    [("a", "satu"), ("b", "satu")],
    [("a", "dua"), ("c", "satu")],
    [("b", None)],
    [("d", "satu"), ("a", "tiga")],
    [("c", None), ("b", "dua")],
    [("e", "satu")],
]
"""What is changed, step by step: the version that an article gets, or that it goes."""

START = {"1": "awal", "2": "awal"}


def version(name, word):
    return article(name, body=f"Ini versi {word} dari artikel itu.")


@pytest.fixture
def started(index):
    publish(index, *(version(name, word) for name, word in START.items()))
    os.utime(index.path.parent / "articles.jsonl", (1, 1))  # all changes are newer
    return index


@pytest.fixture
def changing(started, analyzer):
    """Return what queues and applies all steps, and says which are acknowledged."""

    def change(say):
        queue, applier = ChangeQueue(started.path), Applier(started.path, analyzer)
        for number, step in enumerate(STEPS):
            queue.add([(name, word and record(version(name, word))) for name, word in step])
            say(str(number))
            applier.apply()
            if tidying := applier.begin_merge():
                tidying.merge.run()
                applier.finish_merge(tidying)

    return change


@pytest.fixture
def rebuilding(started, analyzer):
    """Return what queues all steps in the middle of a reindex, and says which are acknowledged."""

    def rebuild(say):
        steps = list(enumerate(STEPS))

        def meanwhile(_counts):
            for number, step in steps:
                ChangeQueue(started.path).add([(name, word and record(version(name, word))) for name, word in step])
                say(str(number))
            steps.clear()

        reindex([str(started.path.parent / "articles.jsonl")], started, analyzer, meanwhile)

    return rebuild


def held(index, ranking) -> dict[str, str]:
    """Return the version of each article, once everything that is queued is applied; each is there once."""
    apply_changes(index)
    name = generations.live_name(index.path)
    (generation,) = [kept for kept in generations.complete(index.path) if kept.name == name]
    for listed in commits.load(generation.engine_folder).segments:
        OpenSegment(generation.engine_folder, listed.name).check_all()
    hits = open_engine(generation, ranking).search(Query(Everything()), offset=0, limit=100).hits
    assert max(Counter(hit.article.id for hit in hits).values()) == 1
    return {hit.article.id: hit.article.body.split()[2] for hit in hits}


def after(steps: int) -> dict[str, str]:
    """Return the versions after so many steps."""
    versions: dict[str, str | None] = dict(START)
    for step in STEPS[:steps]:
        versions |= dict(step)
    return {name: word for name, word in versions.items() if word}


@pytest.fixture
def survives(started, ranking, restore):
    """Return what kills an action at so many random calls, and sees each time that nothing acknowledged is lost."""

    def assert_survives(action, kills):
        said, calls, _ = killed_at(0, action)
        assert len(said) == len(STEPS) and held(started, ranking) == after(len(STEPS))
        killed = 0
        for number in random.Random(20261124).choices(range(1, calls + 1), k=kills):
            restore()
            said, _, was_killed = killed_at(number, action)
            found = held(started, ranking)
            assert found in (after(len(said)), after(len(said) + 1)), f"killed at call {number}"
            killed += was_killed
        assert killed > 0.9 * kills  # a run may have some calls fewer than the first, and end

    return assert_survives


@pytest.fixture
def restore(started, tmp_path):
    """Return what puts the index back to where it was in the beginning."""
    shutil.copytree(started.path, tmp_path / "kept")

    def restored():
        shutil.rmtree(started.path)
        shutil.copytree(tmp_path / "kept", started.path)

    return restored


def test_changes_survive_a_kill_at_any_step(changing, survives):
    survives(changing, KILLS * 7 // 10)


def test_changes_during_a_reindex_survive_a_kill_at_any_step(rebuilding, survives):
    survives(rebuilding, KILLS * 3 // 10)
