"""Dear work goes on when no search is in work, and also where there always is one."""

import time

import pytest

from search.deadline import checkpoint, deadline
from search.errors import DeadlinePassed
from search.service.server.giving_way import GivingWay


def test_dear_work_goes_on_when_the_search_is_done():
    busy = [True, True, True]

    with deadline(60, give_way=GivingWay(lambda: busy and busy.pop(), 30)):
        checkpoint()

    assert not busy


def test_dear_work_gives_way_no_longer_in_all_than_it_may():
    asked = []
    give_way = GivingWay(lambda: asked.append(0) or True, 0.02)

    before = time.monotonic()
    give_way()
    waited, times = time.monotonic() - before, len(asked)
    for _ in range(1000):
        give_way()

    assert waited >= 0.02 and len(asked) == times


def test_time_that_was_given_away_counts():
    with pytest.raises(DeadlinePassed), deadline(0.01, give_way=GivingWay(lambda: True, 0.03)):
        checkpoint()


def test_other_work_within_gives_no_way():
    with deadline(60, give_way=GivingWay(lambda: pytest.fail("asked"), 30)), deadline(60):
        checkpoint()
