"""The file of the log keeps to its bounds, to its owner, and to whole batches, whoever writes and whenever one dies."""

import signal
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier

import pytest

from search.errors import QueryLogUnavailable
from search.query_log.database import FILE, LogFile, forget, reading
from search.query_log.latest import latest
from tests.asked import BOUNDS, DAY, click, logged, rows, search, texts

WRITER = """
import sys
from pathlib import Path
from search.query_log.database import LogFile
from tests.asked import BOUNDS, search

file = LogFile(Path(sys.argv[1]), BOUNDS)
print("begins", flush=True)
for batch in range(int(sys.argv[3])):
    file.add([search(f"{sys.argv[2]} {batch} {number}") for number in range(20)])
"""


@pytest.fixture
def writer(tmp_path):
    """Return what starts a process that writes so many batches of twenty."""
    started = []

    def start(name: str, batches: int) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", WRITER, str(tmp_path), name, str(batches)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def is_whole(root) -> bool:
    return rows(root, "pragma integrity_check") == [("ok",)]


def test_of_several_that_make_the_log_at_once_none_loses_its_first_batch(tmp_path):
    for number in range(40):
        root, ready = tmp_path / str(number), Barrier(4)

        def write(name: str, root=root, ready=ready) -> None:
            ready.wait()
            logged(root, search(name))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, "abcd"))
        assert sorted(rows(root, "select text from searches")) == [("a",), ("b",), ("c",), ("d",)]


def test_the_file_is_for_its_owner_alone(tmp_path):
    logged(tmp_path, search("padi"))
    file = LogFile(tmp_path, BOUNDS)
    file.add([search("jagung")])

    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob(f"{FILE}*")} == {0o600}
    file.close()


def test_a_row_holds_what_was_asked_and_found_and_no_address(tmp_path):
    logged(tmp_path, search(" Padi 081234567890", hits=0, corrected="PADI", is_relaxed=True), click("PADI", position=4))

    assert rows(tmp_path, "select text, is_masked, page, hits, corrected, is_corrected, is_relaxed from searches") == [
        ("padi [nomor]", 1, 1, 0, "padi", 0, 1)
    ]
    assert rows(tmp_path, "select text, article, position from clicks") == [("padi", "a-1", 4)]


def test_two_processes_that_write_at_once_lose_nothing(tmp_path, writer):
    both = [writer(name, 40) for name in ("satu", "dua")]

    assert [process.wait() for process in both] == [0, 0]
    assert sorted(texts(tmp_path)) == sorted(
        f"{w} {b} {n}" for w in ("satu", "dua") for b in range(40) for n in range(20)
    )
    assert is_whole(tmp_path)


@pytest.mark.parametrize("pause", [0.0, 0.03, 0.1, 0.2])
def test_a_kill_leaves_whole_batches_and_others_go_on(tmp_path, writer, pause):
    logged(tmp_path, search("awal"))
    process = writer("mati", 10_000)
    process.stdout.readline()
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.wait()
    logged(tmp_path, search("akhir"))

    found = texts(tmp_path)
    assert is_whole(tmp_path) and (found[0], found[-1]) == ("awal", "akhir")
    assert (len(found) - 2) % 20 == 0


def test_what_is_too_old_goes_and_is_gone_from_the_file(tmp_path):
    logged(
        tmp_path, search("sangatlama", ago=91 * DAY), search("baru", ago=89 * DAY), click("sangatlama", ago=91 * DAY)
    )
    file = LogFile(tmp_path, BOUNDS)
    file.keep_within_bounds()
    file.close()

    assert (texts(tmp_path), rows(tmp_path, "select * from clicks")) == (["baru"], [])
    assert b"sangatlama" not in (tmp_path / FILE).read_bytes()


def test_the_oldest_go_where_the_file_is_too_large(tmp_path):
    bounds = replace(BOUNDS, max_bytes=200_000)
    file = LogFile(tmp_path, bounds)
    for batch in range(20):
        file.add([search(f"padi {batch} {number}") for number in range(200)])
        file.keep_within_bounds()
    file.close()

    found = texts(tmp_path)
    assert found[-1] == "padi 19 199" and "padi 0 0" not in found and len(found) > 500
    assert sum(path.stat().st_size for path in tmp_path.glob(f"{FILE}*")) <= 220_000


def test_nothing_goes_because_the_clock_was_set_back(tmp_path):
    logged(tmp_path, search("dari depan", ago=-400 * DAY), search("sekarang"))
    file = LogFile(tmp_path, BOUNDS)
    file.keep_within_bounds()
    file.close()

    assert texts(tmp_path) == ["dari depan", "sekarang"]


def test_a_file_that_is_deleted_is_begun_anew(tmp_path):
    file, other = LogFile(tmp_path, BOUNDS), LogFile(tmp_path, BOUNDS)
    for one in (file, other):
        one.add([search("lama")])
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    file.add([search("satu")])
    other.add([search("dua")])
    file.close()

    assert texts(tmp_path) == ["satu", "dua"] and is_whole(tmp_path)
    other.close()


def test_all_is_forgotten_while_a_service_writes(tmp_path):
    file = LogFile(tmp_path, BOUNDS)
    file.add([search("rahasia"), click("rahasia")])
    gone = forget(tmp_path)
    left = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    file.add([search("sesudah")])
    file.close()

    assert (gone, texts(tmp_path)) == (2, ["sesudah"])
    assert b"rahasia" not in left


@pytest.mark.parametrize("broken", [b"no database", b"SQLite format 3\0" + bytes(5_000)])
def test_a_file_that_is_none_is_named_with_the_remedy(tmp_path, broken):
    (tmp_path / FILE).write_bytes(broken)

    with pytest.raises(QueryLogUnavailable, match=r"queries\.db cannot be read .* delete it"):
        latest(tmp_path)
    with pytest.raises(sqlite3.Error):
        LogFile(tmp_path, BOUNDS).add([search("padi")])


def test_without_a_log_it_is_said_how_to_have_one(tmp_path):
    for ask in (latest, forget):
        with pytest.raises(QueryLogUnavailable, match=r"\[query_log\] enabled = true"):
            ask(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_latest_are_each_given_once_and_none_that_is_masked(tmp_path):
    asked = ("padi", "jagung", "padi", "081234567890", "beras")
    logged(tmp_path, *map(search, asked), search("halaman", page=2))

    assert latest(tmp_path) == ["jagung", "padi", "beras"]
    assert latest(tmp_path, 1) == ["beras"]


def test_who_reads_changes_nothing(tmp_path):
    logged(tmp_path, search("padi"))

    with closing(sqlite3.connect(tmp_path / FILE)), reading(tmp_path) as database, pytest.raises(sqlite3.Error):
        database.execute("delete from searches")
