"""The latest queries are kept where an operator wants that: few, their texts alone, and at no cost to a search."""

import json
import stat
from threading import Thread

import pytest

from indexer.errors import SourceUnavailable
from search.answers import Answers
from search.questions import Question
from search.reviewing.query_log import FILE, QueryLog, latest, queries_of
from tests.building import article


def test_the_latest_are_kept_and_no_more_than_twice_as_many(tmp_path):
    log = QueryLog(tmp_path, 10)
    for number in range(95):
        log.add(f"padi {number}")

    assert latest(tmp_path, 2) == ["padi 93", "padi 94"]
    assert 10 <= len(latest(tmp_path)) <= 20


def test_a_new_process_goes_on(tmp_path):
    for number in range(50):
        QueryLog(tmp_path, 10).add(f"padi {number}")

    assert len(latest(tmp_path)) <= 20 and latest(tmp_path, 1) == ["padi 49"]


def test_nothing_is_kept_unless_it_is_asked_for(tmp_path):
    QueryLog(tmp_path, 0).add("padi")

    assert list(tmp_path.iterdir()) == []


def test_a_line_holds_the_text_and_only_the_owner_reads_it(tmp_path):
    QueryLog(tmp_path, 10).add(' panen\n"padi" ')
    QueryLog(tmp_path, 10).add("  ")
    path = tmp_path / FILE

    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == ['panen\n"padi"']
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_threads_lose_nothing(tmp_path):
    log = QueryLog(tmp_path, 1_000)
    threads = [Thread(target=lambda: [log.add("padi") for _ in range(100)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert latest(tmp_path) == ["padi"] * 400


def test_a_search_goes_on_where_the_log_cannot_be_written(tmp_path, caplog):
    log = QueryLog(tmp_path / "gone", 10)
    log.add("padi")
    log.add("jagung")

    assert [record.message.partition(":")[0] for record in caplog.records] == [
        f"queries cannot be written to {tmp_path / 'gone' / FILE}"
    ]
    assert "padi" not in caplog.text


def test_lines_that_a_crash_cut_off_are_passed_over(tmp_path):
    (tmp_path / FILE).write_text('"padi"\n"jag\n17\n"jagung"\n', encoding="utf-8")

    assert latest(tmp_path) == ["padi", "jagung"]


def test_the_first_page_of_each_search_is_a_query(tmp_path, answers_over, highlighting):
    answers = Answers(answers_over(article("1")).live, highlighting, QueryLog(tmp_path, 10).add)
    for page in (1, 2):
        answers.search(Question(text="padi", page=page, per_page=10))

    assert latest(tmp_path) == ["padi"]


def test_queries_come_from_a_file_or_from_the_log(tmp_path):
    (tmp_path / "queries.txt").write_text("padi\n\n jagung \n", encoding="utf-8")
    QueryLog(tmp_path, 10).add("beras")

    assert queries_of(str(tmp_path / "queries.txt"), tmp_path) == ["padi", "jagung"]
    assert queries_of("last", tmp_path) == ["beras"]


def test_where_there_are_no_queries_the_remedy_is_named(tmp_path):
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    for source, remedy in (("last", "service.query_log"), ("gone.txt", "cannot be read"), ("empty.txt", "one a line")):
        with pytest.raises(SourceUnavailable, match=remedy):
            queries_of(source if source == "last" else str(tmp_path / source), tmp_path)
