"""Searches run through everything that an operator does: reindexes, changes, merges, a writer that is killed."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from indexer.keys import Keys
from tests.building import in_body, publish, record
from tests.search.service.processes import appliers

pytestmark = pytest.mark.long

REINDEXES = 5


@pytest.fixture
def address(index, serve):
    publish(index, *(in_body("padi", str(number)) for number in range(200)))
    address, _ = serve("serve")
    return address


@pytest.fixture
def write(index, address):
    """Return what changes an article over HTTP, and the address of its task."""
    key = Keys(index.path).create("redaksi")

    def put(method, name, document=None):
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{address}v1/articles/{name}",
            method=method,
            data=json.dumps(document).encode() if document else None,
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            return address.rstrip("/") + answer.headers["Location"]

    return put


def fetched(url):
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
        return json.load(answer)


def done(task):
    deadline = time.monotonic() + 60
    while fetched(task)["state"] != "done":
        assert time.monotonic() < deadline, "the change was not applied in a minute"
        time.sleep(0.05)


def asked_until(ended, url):
    """Ask again and again; return how often, and what went wrong."""
    asked, failures = 0, []
    while not ended.is_set():
        asked += 1
        try:
            fetched(url)
        except (OSError, urllib.error.HTTPError) as exc:
            failures.append(exc)
    return asked, failures


def test_no_request_fails_while_the_index_is_rebuilt_five_times_and_changed_all_along(index, address, write):
    ended = Event()
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(asked_until, ended, f"{address}v1/search?q={query}") for query in ("padi", "kabar")]
        try:
            tasks = [change_and_rebuild(index, write, number) for number in range(REINDEXES)]
            done(tasks[-1])
        finally:
            ended.set()
        results = [run.result() for run in running]

    assert all(asked > REINDEXES for asked, _ in results)
    assert [failures for _, failures in results] == [[], []]
    assert fetched(f"{address}v1/search?q=kedelai&mode=all")["total"] == REINDEXES


def change_and_rebuild(index, write, number):
    """Put an article in, rebuild the index from older sources, and take the task of the article back."""
    task = write("PUT", f"baru-{number}", record(in_body("kedelai", f"baru-{number}")))
    os.utime(index.path.parent / "articles.jsonl", (1, 1))
    source = str(index.path.parent / "articles.jsonl")
    command = [sys.executable, "-m", "search", "reindex", source, "--index", str(index.path), "--jobs", "1"]
    subprocess.run(command, check=True, capture_output=True)
    return task


def test_a_killed_writer_is_started_again_and_loses_nothing(write):
    done(write("PUT", "a", record(in_body("kedelai", "a"))))
    (writer,) = appliers([os.getpid()])
    os.kill(writer, signal.SIGKILL)

    done(write("PUT", "b", record(in_body("kedelai", "b"))))
    assert appliers([os.getpid()]) != [writer]
