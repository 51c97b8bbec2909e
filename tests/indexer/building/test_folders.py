"""One build is made at a time, and what it leaves behind is swept away."""

import os
import subprocess
import sys

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building import folders
from indexer.errors import ReindexFailed
from tests.building import article, publish

FINGERPRINT = schema.fingerprint(Analyzer())


def test_a_build_that_fails_leaves_nothing_behind(index):
    live = publish(index, article("1")).generation

    with pytest.raises(ZeroDivisionError), folders.build(index.path) as folder:
        (folder / "half").write_text(str(1 / 0))

    assert generations.live(index.path, FINGERPRINT) == live
    assert [path.name for path in (index.path / "generations").iterdir()] == [live.name]


def test_what_a_killed_build_left_is_swept_away_by_the_next(index):
    orphan = index.path / "generations" / "20200101T000000-000000000"
    orphan.mkdir(parents=True)
    (orphan / "half").write_text("x")

    publish(index, article("1"))

    assert not orphan.exists()


def test_a_second_build_says_who_holds_the_lock(index):
    with (
        folders.build(index.path),
        pytest.raises(ReindexFailed, match=rf"another build is running .* \(process {os.getpid()}\)"),
        folders.build(index.path),
    ):
        pass


def test_a_killed_build_holds_no_lock(index):
    index.path.mkdir()
    code = f"""
import os, pathlib
from indexer.building import folders
with folders.build(pathlib.Path({str(index.path)!r})):
    os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code], check=False)

    publish(index, article("1"))

    assert generations.live(index.path, FINGERPRINT).manifest.articles == 1


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(ReindexFailed, match="Not a directory"), folders.build(tmp_path / "file" / "index"):
        pass
