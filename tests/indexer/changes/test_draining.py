"""The process beside a service applies changes, waits while another does, and says once what keeps it."""

import logging
import time
from multiprocessing import Pipe
from threading import Thread

import pytest

from indexer.changes.draining import Pauses, Place, drain
from indexer.changes.lock import ApplierLock, holder
from indexer.changes.queue import FILE, ChangeQueue
from indexer.upkeep.standing import standing
from tests.building import in_body, publish, record


@pytest.fixture
def generation(index):
    return publish(index, in_body("padi", "1")).generation


@pytest.fixture
def started(index, analyzer):
    """Return what runs what the process does in a thread, and returns what says that there is something new."""
    running = []

    def start():
        own, other = Pipe()
        own.send(Place(index.path, analyzer))
        worker = Thread(target=_until_the_end, args=(other,))
        running.append((own, other, worker))
        worker.start()
        return lambda: own.send(None)

    yield start
    for own, other, worker in running:
        own.close()
        worker.join(90)
        other.close()


def _until_the_end(connection):
    with pytest.raises(EOFError):
        drain(connection)


def until(holds):
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def waiting(index):
    found = standing(index.path, "").waiting
    return None if found is None else found.count


@pytest.mark.usefixtures("generation")
def test_one_that_waits_takes_over_when_the_other_ends(index, started):
    with ApplierLock(index.path):
        nudge = started()
        ChangeQueue(index.path).add([("2", record(in_body("jagung", "2")))])
        nudge()
        time.sleep(0.1)
        assert waiting(index) == 1
    until(lambda: waiting(index) == 0)


def test_what_keeps_changes_is_said_once_and_seen_and_its_end_too(index, generation, started, caplog):
    commit = generation.engine_folder / "commit.json"
    nudge = started()
    until(lambda: holder(index.path))
    with caplog.at_level(logging.INFO, "indexer.changes"):
        commit.rename(commit.with_suffix(".kept"))
        until(lambda: "commit.json is damaged" in holder(index.path).trouble)
        for _ in range(20):
            nudge()
        time.sleep(2)
        commit.with_suffix(".kept").rename(commit)
        until(lambda: not holder(index.path).trouble)

    messages = [record.getMessage() for record in caplog.records if record.name == "indexer.changes.draining"]
    assert [message.partition(";")[0] for message in messages if message.startswith("changes")] == [
        "changes cannot be applied now",
        "changes are applied again",
    ]


@pytest.mark.usefixtures("generation")
def test_a_queue_that_cannot_be_opened_is_tried_again(index, started):
    kept = (index.path / FILE).read_bytes()
    (index.path / FILE).write_bytes(b"no database" * 100)
    started()
    time.sleep(0.5)
    (index.path / FILE).write_bytes(kept)
    ChangeQueue(index.path).add([("2", record(in_body("jagung", "2")))])

    until(lambda: waiting(index) == 0)


def test_pauses_grow_to_a_minute():
    pauses = Pauses()

    assert [pauses.next() for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
