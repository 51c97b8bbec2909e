"""What processes tell each other is read as it was written, also while it is written."""

import time
from multiprocessing import get_context

import pytest

from search.service.server.board import PASS, Board, Sitting
from search.service.server.shared import Counts

PROCESSES = get_context("fork")
SECONDS = 1.0


@pytest.fixture
def beside():
    """Run a function in another process until the test ends."""
    running = []

    def start(function):
        process = PROCESSES.Process(target=function, daemon=True)
        process.start()
        running.append(process)

    yield start
    for process in running:
        process.kill()
        process.join()


def readings(read):
    """Read for a second; return what was read."""
    end = time.monotonic() + SECONDS
    found = set()
    while time.monotonic() < end:
        found.add(read())
    return found


def test_one_who_sits_is_never_seen_as_gone_or_long_silent(beside):
    board, began = Board(2), time.monotonic()
    seat = board.seat(1)
    seat.sit(3, 4)

    def sit_on():
        while True:
            seat.sit(3, 4)

    beside(sit_on)
    found = readings(lambda: board.read(1))
    assert {sitting[:2] for sitting in found} == {(3, 4)}
    assert all(began <= sitting.seen <= time.monotonic() for sitting in found)
    assert len(found) > 100


def test_a_seat_that_is_left_is_free():
    board = Board(1)
    board.seat(0).sit(1, 0)
    board.seat(0).leave()

    assert board.read(0) == Sitting(0, 0, 0.0)


def test_one_who_lets_others_take_the_next_connection_looks_soon_whether_it_is_his_turn():
    board = Board(2)
    few, many = board.seat(0), board.seat(1)
    few.sit(2, 0)
    many.sit(4, 0)

    assert (few.is_next(2), many.is_next(4)) == (True, False)
    assert few.patience(2) == PASS and many.patience(4) < PASS / 10


@pytest.mark.parametrize(("held", "most"), [(0, 1), (2, 3), (15, 16), (80, 90)])
def test_a_crowd_is_taken_in_parts_and_a_few_one_by_one(held, most):
    board = Board(2)
    board.seat(0).sit(held, 0)

    assert board.seat(1).is_next(most) and not board.seat(1).is_next(most + 1)


def test_what_was_counted_never_shrinks_before_its_time_is_over(beside):
    counts = Counts()
    counts.add("alamat", 60, 1)

    def count_on():
        while True:
            counts.add("alamat", 60, 1)

    beside(count_on)
    sums = []
    readings(lambda: sums.append(counts.get("alamat")[0]))
    assert sums == sorted(sums)
    assert sums[0] >= 1
