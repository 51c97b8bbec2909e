"""Whoever changes an index from the command line waits for whoever applies changes, and says so when that hangs."""

from threading import Thread

import pytest

from indexer.changes.applying import Applier
from indexer.changes.at_once import put, take_out
from indexer.changes.lock import ApplierLock
from indexer.changes.queue import ChangeQueue
from indexer.changes.waiting import Patience, applied
from indexer.errors import ChangesHang
from indexer.sources.records import Found
from indexer.upkeep.standing import standing
from tests.building import apply_changes, in_body, publish, record


@pytest.fixture
def queued(index):
    """Return the number of a change that waits to be applied."""
    publish(index, in_body("padi", "1"))
    return ChangeQueue(index.path).add([("2", record(in_body("jagung", "2")))]).last


def waiting(index):
    return standing(index.path, "").waiting.count


def test_where_nobody_applies_changes_they_are_applied_at_once(index, analyzer, queued):
    said = []
    applied(index.path, analyzer, queued, said.append)

    assert (waiting(index), said) == (0, [])


def test_who_waits_goes_on_when_the_other_has_applied_them(index, analyzer, queued):
    with Applier(index.path, analyzer) as other:
        other.lock.take()
        waits = Thread(target=applied, args=(index.path, analyzer, queued, print))
        waits.start()
        other.apply()
        waits.join(30)

        assert not waits.is_alive() and waiting(index) == 0


def test_who_waits_applies_them_when_the_other_ends(index, analyzer, queued):
    with ApplierLock(index.path):
        waits = Thread(target=applied, args=(index.path, analyzer, queued, print))
        waits.start()
        waits.join(0.1)
        assert waits.is_alive()
    waits.join(30)

    assert not waits.is_alive() and waiting(index) == 0


def test_another_that_does_not_get_on_is_named_and_then_not_waited_for(index, analyzer, queued):
    said = []
    with ApplierLock(index.path) as lock:
        lock.tell("No space left on device")
        with pytest.raises(ChangesHang, match=r"1 changes are queued; process \d+.* the changes are on disk"):
            applied(index.path, analyzer, queued, said.append, Patience(0.05, 0.2))

    assert len(said) == 1 and "has not got on for 0 s (No space left on device)" in said[0]
    assert apply_changes(index) == 1


def test_many_additions_do_not_leave_many_segments(index, analyzer):
    publish(index, in_body("padi", "1"))
    for number in range(8):
        put(index.path, analyzer, [Found("x", record(in_body("jagung", f"j{number}")))], print)
    take_out(index.path, analyzer, ["j0"], print)
    (state,) = standing(index.path, "").states

    assert (state.articles, state.through) == (8, 9)
    assert len(list(state.generation.engine_folder.glob("*.manifest"))) <= 3  # with those of the commit before
