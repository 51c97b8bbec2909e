"""A disk that is full or read-only refuses changes with a clear error, and loses none that was acknowledged."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from indexer import generations
from indexer.changes.applying import Applier
from indexer.changes.queue import ChangeQueue
from indexer.errors import QueueUnavailable
from indexer.settings import IndexSettings
from search.engines import open_engine
from search.query import Query, Term
from tests.building import apply_changes, in_body, publish, record
from tests.disks import full, mounted, small_disk


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", "8m") as mounted_at:
        yield mounted_at


@pytest.fixture
def index(disk):
    settings = IndexSettings(disk / "index", "whoosh", 2, 1)
    publish(settings, in_body("padi", "1"))
    return settings


@contextmanager
def read_only(disk) -> Iterator[None]:
    """Have the disk refuse all writing."""
    assert mounted("-o", "remount,ro", disk)
    yield
    assert mounted("-o", "remount,rw", disk)


def total(index, ranking, word) -> int:
    (generation,) = generations.complete(index.path)
    return open_engine(generation, ranking).search(Query(Term("exact", word)), offset=0, limit=1).total


@pytest.mark.parametrize("failing", [full, read_only])
def test_a_change_that_cannot_be_queued_is_refused_and_the_next_one_goes_in(disk, index, ranking, failing):
    queue = ChangeQueue(index.path)
    queue.add([("2", record(in_body("jagung", "2")))])
    with failing(disk):
        with pytest.raises(QueueUnavailable, match=r"changes\.db cannot be \w+(; nothing was queued)? \("):
            queue.add([(str(number), record(in_body("kedelai", str(number)))) for number in range(500)])
        assert total(index, ranking, "padi") == 1
    queue.add([("3", record(in_body("jagung", "3")))])
    apply_changes(index)

    assert (total(index, ranking, "jagung"), total(index, ranking, "kedelai")) == (2, 0)


@pytest.mark.parametrize("failing", [full, read_only])
def test_a_queued_change_that_cannot_be_applied_is_applied_when_the_disk_works_again(
    disk, index, ranking, analyzer, failing
):
    ChangeQueue(index.path).add([(str(n), record(in_body("jagung", str(n)))) for n in range(2, 300)])
    with Applier(index.path, analyzer) as applier, failing(disk):
        with pytest.raises((OSError, QueueUnavailable), match=r"No space left|Read-only|cannot be read"):
            applier.apply()
        assert (total(index, ranking, "padi"), total(index, ranking, "jagung")) == (1, 0)
    apply_changes(index)

    assert (total(index, ranking, "padi"), total(index, ranking, "jagung")) == (1, 298)
