"""The queue keeps what was acknowledged, in order, across processes and restarts."""

import subprocess
import sys
import time

import pytest

from indexer.changes.queue import FILE, ChangeQueue, Failure
from indexer.errors import QueueUnavailable

ADD = """
import sys
from pathlib import Path
from indexer.changes.queue import ChangeQueue
for number in range(50):
    ChangeQueue(Path(sys.argv[1])).add([(f"{sys.argv[2]}-{number}", {"title": "t"})])
"""


@pytest.fixture
def queue(tmp_path):
    return ChangeQueue(tmp_path)


def test_changes_come_out_in_the_order_in_which_they_went_in(queue, tmp_path):
    queue.add([("a", {"title": "Satu"}), ("b", None)])
    queue.add([("a", None)])

    found = [(change.number, change.article_id, change.record) for change in ChangeQueue(tmp_path).after(0, 10)]
    assert found == [(1, "a", {"title": "Satu"}), (2, "b", None), (3, "a", None)]
    assert [change.number for change in queue.after(1, 1)] == [2]
    assert queue.last() == 3


def test_a_task_knows_its_changes_and_why_some_failed(queue):
    queue.add([("a", None)])
    task = queue.add([("b", None), ("c", None)])
    queue.fail([(3, "no article")])

    assert (task.first, task.last, task.failures) == (2, 3, ())
    assert queue.task(task.id).failures == (Failure("c", "no article"),)
    assert queue.task("none") is None


def test_numbers_go_on_after_changes_are_forgotten(queue, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.changes.queue._KEPT", -10)
    task = queue.add([("a", None), ("b", None)])
    queue.fail([(1, "no article")])
    queue.forget(2)

    assert [change.number for change in queue.after(0, 10)] == [1]
    assert ChangeQueue(tmp_path).add([("c", None)]).first == 3
    assert queue.task(task.id).last == 2


def test_two_processes_queue_at_once_and_none_of_it_is_lost(queue, tmp_path):
    writers = [subprocess.Popen([sys.executable, "-c", ADD, str(tmp_path), name]) for name in "xy"]
    assert [writer.wait() for writer in writers] == [0, 0]

    changes = queue.after(0, 1000)
    assert [change.number for change in changes] == list(range(1, 101))
    for name in "xy":
        own = [change.article_id for change in changes if change.article_id.startswith(name)]
        assert own == [f"{name}-{number}" for number in range(50)]


def test_a_damaged_queue_is_named(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database" * 100)

    with pytest.raises(QueueUnavailable, match=FILE):
        ChangeQueue(tmp_path)


def test_young_changes_are_kept_for_sources_that_are_older(queue):
    queue.add([("a", None)])
    queue.forget(1)

    assert [change.number for change in queue.after(0, 10)] == [1]
    assert (queue.last_before(0), queue.last_before(time.time() + 10)) == (0, 1)
