"""A report for a page is gathered beside the answers: it comes when it is ready, is kept, and made again."""

from threading import Event
from threading import enumerate as threads

import pytest

from search.deadline import deadline
from search.query_log.database import FILE, forget
from search.reviewing import gathering
from search.reviewing.gathering import Gathering
from search.reviewing.reports import Reports, Untold
from tests.asked import logged, search


@pytest.fixture
def reports(tmp_path, analyzer):
    return Reports(tmp_path, analyzer)


@pytest.fixture
def kept(monkeypatch):
    """Keep what was gathered for ten minutes, however soon it was."""
    monkeypatch.setattr(gathering, "_KEPT", 1e12)


class Gate:
    """Gathers only when it is let, and counts how often."""

    def __init__(self):
        self.opened, self.times = Event(), 0

    def __call__(self, days):
        assert self.opened.wait(60)
        self.times += 1
        return f"{days} days, {self.times}"


def wait_for_threads():
    """Wait until nothing is under way."""
    for thread in threads():
        if thread.name.startswith("gathering"):
            thread.join()


def test_what_takes_longer_than_an_answer_may_is_there_for_a_later_one():
    gate = Gate()
    found = Gathering(gate)
    with deadline(0):
        first, second = found.latest(30), found.latest(30)
    gate.opened.set()
    wait_for_threads()

    assert (first, second, found.latest(30).told, gate.times) == (None, None, "30 days, 1", 1)


@pytest.mark.usefixtures("kept")
def test_who_has_no_deadline_waits_and_each_span_is_gathered_by_itself():
    gate = Gate()
    gate.opened.set()
    found = Gathering(gate)

    assert [found.latest(days).told for days in (7, 30, 7)] == ["7 days, 1", "30 days, 2", "7 days, 1"]


def test_what_is_old_is_shown_until_it_is_made_again(monkeypatch):
    monkeypatch.setattr(gathering, "_KEPT", 0)
    gate = Gate()
    gate.opened.set()
    found = Gathering(gate)
    found.latest(30)
    gate.opened.clear()
    with deadline(0):
        old = found.latest(30)
    gate.opened.set()
    wait_for_threads()

    assert (old.told, found.latest(30).told) == ("30 days, 1", "30 days, 3")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_failure_is_not_the_last_word():
    outcomes = iter([ZeroDivisionError(), "told"])

    def gather(_):
        if isinstance(outcome := next(outcomes), Exception):
            raise outcome
        return outcome

    found = Gathering(gather)

    assert (found.latest(30), found.latest(30).told) == (None, "told")


def test_a_large_log_is_told_to_who_asks_again(reports, tmp_path):
    logged(tmp_path, *(search(f"kueri {number}", hits=0, by=number) for number in range(3_000)))
    with deadline(0):
        first = reports.latest(30)

    assert first.asked is Untold.GATHERING
    assert reports.latest(30).asked.searches == 3_000


@pytest.mark.usefixtures("kept")
def test_what_was_deleted_is_told_no_more_though_it_was_kept(reports, tmp_path):
    logged(tmp_path, search("alamat budi"))
    before = reports.latest(30).asked.searches
    logged(tmp_path, search("padi"))
    still = reports.latest(30).asked.searches
    forget(tmp_path)
    logged(tmp_path, search("jagung"))

    assert (before, still) == (1, 1)
    assert [row.text for row in reports.latest(30).asked.top] == ["jagung"]


def test_a_log_that_is_not_there_or_cannot_be_read_says_so(reports, tmp_path):
    assert reports.latest(30).asked is Untold.NOTHING
    (tmp_path / FILE).write_text("no database" * 1_000, encoding="utf-8")

    assert reports.latest(30).asked is Untold.UNREADABLE
