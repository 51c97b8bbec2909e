"""The log is never in the way: it takes what it can, says once what it lost, and goes on by itself."""

import sqlite3
import time
from contextlib import closing
from threading import Thread

from search.query_log.database import FILE
from search.query_log.log import QueryLog
from tests.asked import BOUNDS, search, texts


def test_what_was_taken_is_written_by_the_end(tmp_path):
    log = QueryLog(tmp_path, BOUNDS)
    for number in range(500):
        log.add(search(f"padi {number}"))
    log.close()

    assert texts(tmp_path) == [f"padi {number}" for number in range(500)]
    assert (log.written, log.lost) == (500, 0)


def test_threads_lose_nothing(tmp_path):
    log = QueryLog(tmp_path, BOUNDS)
    threads = [Thread(target=lambda: [log.add(search("padi")) for _ in range(100)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()

    assert texts(tmp_path) == ["padi"] * 400


def test_what_finds_no_room_is_lost_counted_and_said_once(tmp_path, caplog):
    log = QueryLog(tmp_path, BOUNDS, most=10)
    with holding(tmp_path):
        for number in range(500):
            log.add(search(f"padi {number}"))
        assert log.lost >= 400
    log.close()

    said = [record.message for record in caplog.records]
    assert log.written + log.lost == 500 and len(texts(tmp_path)) == log.written
    assert len([line for line in said if "10 entries wait already" in line]) == 1
    assert "padi" not in caplog.text.replace(str(tmp_path), "")


def test_a_file_that_cannot_be_written_is_said_once_and_so_is_that_it_can_be(tmp_path, caplog):
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be looked at")
    log = QueryLog(tmp_path, BOUNDS)
    written(log, "satu", lost=1)
    written(log, "dua", lost=2)
    (tmp_path / FILE).unlink()
    log.add(search("tiga"))
    log.close()

    assert texts(tmp_path) == ["tiga"]
    first, second = [record.message.replace(str(tmp_path / FILE), "FILE") for record in caplog.records]
    assert first.startswith("what is asked cannot be written to FILE (file is not a database): searches are answered")
    assert second == "what is asked is written to FILE again; 2 entries were lost"


def test_a_log_that_is_never_asked_for_anything_ends(tmp_path):
    QueryLog(tmp_path, BOUNDS).close()

    assert not (tmp_path / FILE).exists()


def holding(root):
    """Hold the lock of the log, so that nobody else writes."""
    log = QueryLog(root, BOUNDS)
    log.add(search("awal"))
    log.close()
    database = sqlite3.connect(root / FILE, isolation_level=None)
    database.execute("delete from searches")
    database.execute("begin immediate")
    return closing(database)


def written(log, text, *, lost):
    """Have *log* take *text*, and wait until it has lost so many."""
    log.add(search(text))
    while log.lost < lost:
        time.sleep(0.01)
