"""
The steps of docs/protocol.md, of several processes, in every order: nothing is lost, doubled, or damaged.

The actors do what the processes do, with the product's own code, on a small index; each has what it remembers for
itself, as processes have. The lock that lets one process at a time apply changes is left out: it is for order, not for
safety. TELUSUR_ORDERS says how many orders of each claim are drawn, 0 to run through all of them.
"""

import os
import shutil
from functools import partial

import pytest

from indexer import generations
from indexer.building import reindex as reindexing
from indexer.changes import applying
from indexer.changes.applying import Updates, alone
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_inspector
from indexer.engines.whoosh import commits, committing, merge_policy, updater
from indexer.engines.whoosh.updater import WhooshMerge
from indexer.upkeep import rollback
from indexer.upkeep.verification import verify
from search.engines.whoosh.snapshot import open_snapshot
from tests.building import apply_changes, article, publish, record
from tests.interleaving import Lock, drawn_orders, every_order, step

pytestmark = pytest.mark.long

ORDERS = int(os.environ.get("TELUSUR_ORDERS", "20"))
START = {"1": "awal", "2": "awal", "3": "awal"}
CHANGES = [("1", "baru"), ("2", None), ("4", "baru")]
END = {"1": "baru", "3": "awal", "4": "baru"}


def version(name, word):
    return article(name, body=f"Ini versi {word} dari artikel itu.")


@pytest.fixture
def stepping(monkeypatch):
    """Have actors stop before all that other processes can see of them, or they of others."""
    lock = Lock()
    for place, name in (
        (commits, "load"),
        (commits, "opened"),
        (committing, "save"),
        (updater, "sweep"),
        (generations, "point_to"),
        (WhooshMerge, "run"),
        (ChangeQueue, "add"),
    ):
        monkeypatch.setattr(place, name, step(getattr(place, name)))
    for module in (applying, reindexing, rollback):
        monkeypatch.setattr(module, "alone", lambda _root: lock.held())


@pytest.fixture(autouse=True)
def _one_change_makes_a_segment_and_two_segments_are_merged(monkeypatch):
    monkeypatch.setattr(applying, "BATCH", 1)
    monkeypatch.setattr(merge_policy, "SMALL", 1)
    monkeypatch.setattr(merge_policy, "_MOST", 1)


@pytest.fixture
def holds_in_every_order(index, analyzer, stepping, tmp_path):  # noqa: ARG001 - the actors step
    """Return what does actions in every order, each time from the start, and sees each time to what holds after."""
    for _ in range(2):
        publish(index, *(version(name, word) for name, word in START.items()))
    os.utime(tmp_path / "articles.jsonl", (1, 1))  # all changes are newer
    for name, word in CHANGES:
        ChangeQueue(index.path).add([(name, word and record(version(name, word)))])
    shutil.copytree(index.path, tmp_path / "kept")

    def actions(make):
        shutil.rmtree(index.path)
        shutil.copytree(tmp_path / "kept", index.path)
        return make()

    def assert_holds(make, end=END):
        begun = partial(actions, make)
        for order in drawn_orders(begun, ORDERS) if ORDERS else every_order(begun):
            apply_changes(index)
            assert verify(index.path, analyzer, 10).findings == (), order
            assert held(index) == end, order

    return assert_holds


def live(index):
    return generations.find(index.path, generations.live_name(index.path))


def held(index):
    """Return the version of each article of the live generation; each is there once."""
    engine, folder = live(index).manifest.engine, live(index).engine_folder
    inspector = open_inspector(engine, folder)
    found = {name: inspector.articles_of(name) for name in map(str, range(1, 7))}
    assert inspector.articles == sum(map(len, found.values()))
    assert max(map(len, found.values())) == 1
    return {name: articles[0].body.split()[2] for name, articles in found.items() if articles}


@pytest.fixture
def applies(index, analyzer):
    """Return what makes an actor that applies *times* changes, keeping open what a process keeps open, and merges."""

    def make(times=1, *, merges=False):
        updates = Updates(index.path, analyzer)

        def act():
            for _ in range(times):
                with applying.alone(index.path):
                    updates.step(live(index))
            if merges:
                merge(updates)

        def merge(updates):
            with applying.alone(index.path):
                tidying = updates.begin_merge(live(index))
            if tidying:
                tidying.merge.run()
                with applying.alone(index.path):
                    if live(index).name == tidying.generation:
                        tidying.merge.finish()
                tidying.merge.give_up()

        return act

    return make


def test_two_that_apply(holds_in_every_order, applies):
    holds_in_every_order(lambda: [applies(2), applies(2)])


def test_two_that_apply_and_merge(holds_in_every_order, applies):
    holds_in_every_order(lambda: [applies(merges=True), applies(merges=True)])


def test_one_that_applies_and_merges_and_one_that_queues(holds_in_every_order, applies, index):
    def queues():
        ChangeQueue(index.path).add([("3", record(version("3", "baru")))])
        ChangeQueue(index.path).add([("5", record(version("5", "baru")))])

    holds_in_every_order(lambda: [applies(2, merges=True), queues], {**END, "3": "baru", "5": "baru"})


def test_one_that_applies_and_merges_and_one_that_goes_back(holds_in_every_order, applies, index, analyzer):
    holds_in_every_order(
        lambda: [applies(2, merges=True), lambda: rollback.roll_back(index.path, analyzer)],
    )


def test_one_that_applies_and_merges_and_one_that_reindexes(holds_in_every_order, applies, index, analyzer):
    source = str(index.path.parent / "articles.jsonl")
    holds_in_every_order(
        lambda: [applies(2, merges=True), lambda: reindexing.reindex([source], index, analyzer)],
    )


def test_one_that_applies_one_that_merges_and_one_that_goes_back(holds_in_every_order, applies, index, analyzer):
    holds_in_every_order(
        lambda: [applies(), applies(merges=True), lambda: rollback.roll_back(index.path, analyzer)],
    )


def test_one_that_applies_and_merges_and_one_that_reads(holds_in_every_order, applies, index, ranking):
    def reads():
        for _ in range(2):
            assert open_snapshot(live(index).engine_folder, ranking).articles in {2, 3}

    holds_in_every_order(lambda: [applies(2, merges=True), reads])


def test_the_lock_keeps_processes_apart_that_open_it_each_for_itself(index):
    publish(index, version("1", "awal"))
    with alone(index.path), (index.path / "changes.lock").open("a") as other, pytest.raises(BlockingIOError):
        applying.flock(other, applying.LOCK_EX | 4)
