"""A process that is handed work says what came of it, or how it ended."""

import pytest

from indexer.analysis import Analyzer
from indexer.errors import ReindexFailed
from indexer.processes import Worker
from indexer.reading import crew
from indexer.reading.crew import Workplace
from indexer.sources.records import Broken


def test_what_is_given_comes_back_under_its_number(tmp_path):
    with Worker(Workplace("whoosh", tmp_path, Analyzer()), crew.__name__) as worker:
        worker.give(7, [Broken("1", "it is cut off")])
        tally, (number, taken) = worker.said(), worker.said()

    assert (tally, number) == ((0, 1), 7)
    assert [rejected.reason for rejected in taken.rejected] == ["it is cut off"]


def test_a_process_that_ends_by_itself_names_its_code(capfd):
    with Worker(None, "indexer.no_such_module") as worker, pytest.raises(ReindexFailed, match="ended with code 1"):
        worker.said()

    assert "no_such_module" in capfd.readouterr().err


def test_a_process_that_was_killed_is_noticed_when_it_is_given_more(tmp_path):
    with Worker(Workplace("whoosh", tmp_path, Analyzer()), crew.__name__) as worker:
        worker.process.kill()
        worker.process.wait()

        with pytest.raises(ReindexFailed, match=r"was killed \(signal 9\)"):
            worker.give(0, [])


def test_no_process_is_left_when_its_work_is_done(tmp_path):
    with Worker(Workplace("whoosh", tmp_path, Analyzer()), crew.__name__) as worker:
        pass

    assert worker.process.returncode is not None
