"""A build that cannot go on says which file and why, leaves nothing behind, and the live index answers as before."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.generations import Generation
from indexer.settings import IndexSettings
from search.engines.whoosh.engine import WhooshEngine
from tests.building import article, publish, record
from tests.disks import small_disk

FINGERPRINT = schema.fingerprint(Analyzer())
LIMIT = 2 << 20
"""Bytes of the small disk; each of the builds below would take more."""

PROGRESS = r"(?:reading: .* left\n)*"  # which a slow machine says before

PREPARED = """
import resource, runpy
from indexer.reading import batches
{}
runpy.run_module("search", run_name="__main__", alter_sys=True)
"""
SMALL_BATCHES = PREPARED.format("batches.MOST_RECORDS = 200")
SMALL_FILES = PREPARED.format(
    "batches.MOST_RECORDS = 200; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"
)


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", str(LIMIT)) as mounted_at:
        yield mounted_at


@pytest.fixture
def many(tmp_path) -> str:
    """Return a source of more articles than fit, each of words of its own."""
    bodies = (" ".join(f"kata{n * 400 + word:x}" for word in range(400)) for n in range(800))
    lines = [json.dumps(record(article(str(n), body=body))) for n, body in enumerate(bodies)]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def telusur(*arguments: str, code: str = SMALL_BATCHES) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_untouched(root: Path, live: Generation, ranking) -> None:
    assert generations.live(root, FINGERPRINT) == live
    assert WhooshEngine(live.engine_folder, ranking).article("old") == article("old")
    assert [path.name for path in (root / "generations").iterdir()] == [live.name]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk_is_named_with_the_file_and_harms_nothing(disk, many, ranking, jobs):
    root = disk / "index"
    live = publish(IndexSettings(root, "whoosh", 2, 1), article("old")).generation
    run = telusur("reindex", many, "--index", str(root), "--jobs", jobs)
    _, errors = run.communicate()

    assert run.returncode == 1
    said = rf"telusur: {root}/generations/\S+: No space left on device; the live index .*\n"
    assert re.fullmatch(PROGRESS + said, errors)
    assert_untouched(root, live, ranking)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_may_not_grow_is_named_and_harms_nothing(index, many, ranking, jobs):
    live = publish(index, article("old")).generation
    run = telusur("reindex", many, "--index", str(index.path), "--jobs", jobs, code=SMALL_FILES)
    _, errors = run.communicate()

    assert run.returncode == 1
    said = rf"telusur: {index.path}/generations/\S+: File too large; the live index .*\n"
    assert re.fullmatch(PROGRESS + said, errors)
    assert_untouched(index.path, live, ranking)


def test_of_two_builds_at_once_the_second_names_the_first_and_ends(index):
    live = publish(index, article("old")).generation
    first = telusur("reindex", "-", "--index", str(index.path))
    wait_for(lambda: len(list((index.path / "generations").iterdir())) == 2, first)
    second = telusur("reindex", "-", "--index", str(index.path))
    _, errors = second.communicate()

    assert second.returncode == 1
    assert re.match(rf"telusur: another build is running at {index.path} \(process {first.pid}\)", errors)
    assert generations.live(index.path, FINGERPRINT) == live

    first.communicate(json.dumps(record(article("new"))))
    assert first.returncode == 0
    assert generations.live(index.path, FINGERPRINT).manifest.articles == 1


def test_what_a_build_that_was_killed_while_writing_left_is_swept_by_the_next(index, many):
    publish(index, article("old"))
    run = telusur("reindex", many, "--index", str(index.path), "--jobs", "1")
    wait_for(lambda: bool(list(index.path.glob("generations/*/engine/*.part"))), run)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    left = {path.name for path in (index.path / "generations").iterdir()}
    published = publish(index, article("new")).generation

    assert len(left) == 2
    assert len({path.name for path in (index.path / "generations").iterdir()} & left) == 1
    assert generations.live(index.path, FINGERPRINT) == published


def wait_for(holds: Callable[[], bool], run: subprocess.Popen[str]) -> None:
    """Wait until something *holds*, as long as the process runs."""
    while not holds() and run.poll() is None:
        time.sleep(0.005)
