"""Several processes write the index that one would have written, or fail as one."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.engines.whoosh import run_fields, segments, spreading
from indexer.errors import ReindexFailed
from indexer.reading import batches
from indexer.reading.crew import Worker, Workplace, read_all, work
from indexer.settings import IndexSettings
from indexer.sources.records import Found
from tests.building import article, publish, record

LINES = [
    *(json.dumps(record(article(f"{n % 40}", title=f"Panen {n}", body=f"Padi nomor {n} di desa."))) for n in range(60)),
    "oops",
    json.dumps(
        {"id": "bps", "title": "Data", "body": "Menurut Badan Pusat Statistik (BPS) panen naik pada tahun ini."}
    ),
    json.dumps({"id": "empty", "title": "Judul"}),
]
"""Records of which 20 take the place of earlier ones, 2 are rejected, and one has no language."""


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "MOST_RECORDS", 7)
    path = tmp_path / "source.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return str(path)


def built(folder: Path, source: str, jobs: int) -> dict[str, bytes]:
    """Return the files of a build by the ends of their names; those that name the segment are left out."""
    generation = reindex([source], IndexSettings(folder, "whoosh", 1, jobs), Analyzer()).generation
    files = [path for path in generation.path.rglob("*") if path.suffix not in {".toc", ".json", ".manifest", ""}]
    return {path.suffix: path.read_bytes() for path in files}


def batch(*names: str) -> batches.Batch:
    return [Found(name, record(article(name))) for name in names]


def test_the_index_is_the_same_whatever_the_number_of_processes(tmp_path, source):
    one, three = (built(tmp_path / str(jobs), source, jobs) for jobs in (1, 3))

    assert one == three
    assert {".terms", ".forms", ".postings", ".columns", ".stored", ".jsonl", ".tsv"} <= one.keys()


def test_a_large_index_is_the_same_too(tmp_path, source, monkeypatch):
    monkeypatch.setattr(batches, "MOST_CHARACTERS", 300)
    monkeypatch.setattr(segments, "WORTH_SPREADING", 0)
    monkeypatch.setattr(run_fields, "SPAN", 20)
    one, three = (built(tmp_path / str(jobs), source, jobs) for jobs in (1, 3))

    assert one == three


def test_counts_and_ledger_do_not_depend_on_who_reads(tmp_path, source):
    outcome = reindex([source], IndexSettings(tmp_path / "index", "whoosh", 1, 3), Analyzer())
    manifest = outcome.generation.manifest
    rows = [json.loads(line) for line in outcome.ledger.read_text(encoding="utf-8").splitlines()]

    assert (manifest.articles, manifest.duplicates, manifest.rejected) == (41, 20, 2)
    assert [row["place"].rpartition(":")[2] for row in rows] == ["61", "63"]
    assert outcome.generation.acronyms() == [("BPS", "badan pusat statistik", 1)]


def test_progress_counts_every_record_of_every_process(tmp_path, source):
    seen = []
    settings = IndexSettings(tmp_path / "index", "whoosh", 1, 2)
    reindex([source], settings, Analyzer(), lambda counts: seen.append((counts.accepted, counts.rejected)))

    assert seen == sorted(seen)
    assert seen[-1] == (61, 2)


def test_exceptions_of_the_operator_reach_every_process(tmp_path):
    place = Workplace("whoosh", tmp_path, Analyzer({"padi": "beras"}))
    taken = list(read_all(iter([batch("1"), [Found("2", record(article("2", body="Padi")))]]), place, 2, _nothing))

    assert b"beras\0padi" in taken[1].part.terms_of("stem")[1]


def test_a_process_that_is_killed_fails_the_build(index, source, monkeypatch):
    live = publish(index, article("1")).generation
    give = Worker.give

    def give_and_kill(worker: Worker, number: int, given: batches.Batch) -> None:
        give(worker, number, given)
        worker.process.kill()

    monkeypatch.setattr(Worker, "give", give_and_kill)
    with pytest.raises(ReindexFailed, match=r"was killed \(signal 9\).*--jobs.*the live index is as it was"):
        built(index.path, source, 2)

    assert generations.live(index.path, schema.fingerprint(Analyzer())) == live


def test_a_process_that_is_killed_at_the_end_fails_the_build(index, source, monkeypatch):
    def killed(*given: object) -> Worker:
        worker = Worker(*given)
        worker.process.kill()
        return worker

    monkeypatch.setattr(segments, "WORTH_SPREADING", 0)
    monkeypatch.setattr(run_fields, "SPAN", 20)
    monkeypatch.setattr(spreading, "Worker", killed)
    with pytest.raises(ReindexFailed, match=r"was killed \(signal 9\)"):
        built(index.path, source, 2)


def test_a_disk_that_fills_in_a_process_is_told_as_in_this_one(tmp_path):
    (tmp_path / "1.part").symlink_to("/dev/full")
    place = Workplace("whoosh", tmp_path, Analyzer())

    for jobs in (1, 2):
        with pytest.raises(OSError, match="No space left") as caught:
            list(read_all(iter([batch("1"), batch("2")]), place, jobs, _nothing))
        assert caught.value.errno == errno.ENOSPC


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_build(index, tmp_path, ending):
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps(record(article(str(n)))) for n in range(30_000)), encoding="utf-8")
    command = [sys.executable, "-m", "search", "reindex", "--jobs", "2", "--index", str(index.path), str(path)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    workers = _children(run.pid)
    run.send_signal(ending)
    _, errors = run.communicate()

    assert run.returncode != 0 and "Traceback" not in errors
    assert _are_gone(workers)


def test_a_worker_ends_when_it_has_nothing_more_to_hear(tmp_path):
    connection = _Said([Workplace("whoosh", tmp_path, Analyzer()), (4, batch("1", "2"))])
    work(connection)

    assert connection.heard[0] == (2, 0)
    assert connection.heard[1][0] == 4 and connection.heard[1][1].part.columns_of().ids == ["1", "2"]


class _Said:
    """A connection that says what it was given, and then ends."""

    def __init__(self, messages: list[object]) -> None:
        self.heard: list = []
        self._messages = iter(messages)

    def recv(self) -> object:
        for message in self._messages:
            return message
        raise EOFError

    def send(self, message: object) -> None:
        self.heard.append(message)


def _nothing(_accepted: int, _rejected: int) -> None:
    pass


def _children(pid: int) -> list[int]:
    """Return both workers of the process *pid*, as soon as there are two."""
    for _ in count():
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        if len(found) == 2:
            return [int(child) for child in found]
        time.sleep(0.01)
    raise AssertionError


def _are_gone(pids: list[int]) -> bool:
    """Wait until none of *pids* runs; those that go on would hang the test, which is to be seen."""
    while any(_runs(pid) for pid in pids):
        time.sleep(0.01)
    return True


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
