"""An interrupted build goes on where it was, and takes over nothing that is not whole and not the same."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building import folders
from indexer.building.checkpoints import Checkpoint
from indexer.building.reindex import Rules, reindex
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_inspector, open_updater
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.runs import RunWriter
from indexer.generations import PARTS
from indexer.reading import batches
from indexer.settings import IndexSettings
from tests.building import article, record

SMALL = """
import runpy
from indexer.reading import batches
batches.MOST_RECORDS = 200
runpy.run_module("search", alter_sys=True)
"""
"""Runs the command with batches of few records, as `runpy` does with its ``__main__``."""

BATCH = 5


class Interrupted(BaseException):
    """What ends a build, as Ctrl-C does."""


@pytest.fixture
def source(tmp_path, monkeypatch) -> Path:
    """Return a source of four batches: with a record that is none, an id that comes again, and an acronym."""
    monkeypatch.setattr(batches, "MOST_RECORDS", BATCH)
    lines = [json.dumps(record(article(str(n % 18), title=f"Panen {n}", body=f"Padi nomor {n}."))) for n in range(18)]
    lines[2], lines[7] = "oops", json.dumps(record(article("1", body="Badan Pusat Statistik (BPS) mencatat panen.")))
    (tmp_path / "source.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "source.jsonl"


def interrupted(source: Path, index: IndexSettings, after: int) -> Path:
    """Begin a build, end it after the batches of so many records, and return its folder."""
    keeping = Checkpoint.keeping

    def ending(self, taken):
        for number, batch in enumerate(keeping(self, taken), 1):
            yield batch
            if number == after // BATCH:
                raise Interrupted

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Checkpoint, "keeping", ending)
        with pytest.raises(Interrupted):
            reindex([str(source)], index, Analyzer())
    return folders.unfinished(index.path)[0]


def resumed(source: Path, index: IndexSettings, monkeypatch, **rules) -> tuple[generations.Generation, int]:
    """Build, and return the generation with the number of articles that were read for it."""
    read = []
    add = RunWriter.add
    monkeypatch.setattr(RunWriter, "add", lambda self, given: (read.append(given), add(self, given)))
    return reindex([str(source)], index, Analyzer(), rules=Rules(**rules)).generation, len(read)


def content(generation: generations.Generation) -> dict[str, object]:
    """Return what a generation holds: its files but for names and times."""
    (segment,) = {path.stem for path in generation.engine_folder.glob("*.manifest")}
    files = ("terms", "forms", "postings", "columns")
    return {
        **{name: (generation.engine_folder / f"{segment}.{name}").read_bytes() for name in files},
        "stored": list(OpenSegment(generation.engine_folder, segment).stored.documents()),
        "ledger": (generation.path / "rejects.jsonl").read_text(encoding="utf-8"),
        "acronyms": generation.acronyms(),
        "counts": (generation.manifest.articles, generation.manifest.rejected, generation.manifest.duplicates),
    }


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_goes_on_becomes_what_it_would_have_become(tmp_path, source, monkeypatch, jobs):
    index = IndexSettings(tmp_path / "index", "whoosh", 2, jobs)
    folder = interrupted(source, index, after=12)
    generation, _ = resumed(source, index, monkeypatch)
    whole = reindex([str(source)], IndexSettings(tmp_path / "other", "whoosh", 2, jobs), Analyzer()).generation

    assert generation.path == folder
    assert content(generation) == content(whole)
    assert content(whole)["counts"] == (16, 1, 1) and content(whole)["acronyms"]
    assert not (folder / PARTS).exists()


def test_batches_that_are_done_are_not_read_again(index, source, monkeypatch):
    interrupted(source, index, after=12)

    assert resumed(source, index, monkeypatch)[1] == 18 - 2 * BATCH


def test_batches_before_a_change_of_the_source_are_taken_over(index, source, monkeypatch):
    interrupted(source, index, after=17)
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Panen 8", "Panen delapan"), encoding="utf-8")
    generation, read = resumed(source, index, monkeypatch)

    assert read == 18 - 2 * BATCH
    assert b"delapan" in content(generation)["stored"][6]


@pytest.mark.parametrize("how", ["cut off", "changed", "gone", "marker cut off"])
def test_a_part_that_is_not_whole_is_written_anew(index, source, monkeypatch, how):
    parts = interrupted(source, index, after=12) / PARTS
    part = parts / ("0.json" if how.startswith("marker") else "0.part")
    if how == "gone":
        part.unlink()
    elif how == "changed":
        part.write_bytes(part.read_bytes()[:-1] + b"?")
    else:
        os.truncate(part, part.stat().st_size // 2)
    generation, read = resumed(source, index, monkeypatch)

    assert read == 18 - BATCH - 1  # the record that is none among them
    assert generation.manifest.articles == 16


def test_a_part_without_its_marker_is_written_anew(index, source, monkeypatch):
    (interrupted(source, index, after=12) / PARTS / "0.json").unlink()

    assert resumed(source, index, monkeypatch)[1] == 18 - BATCH - 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"rules": {"fresh": True}}, "--fresh was given"),
        ({"analyzer": Analyzer({"padi": "beras"})}, "another analysis"),
        ({"twice": True}, "of other sources"),
    ],
    ids=["fresh", "analysis", "sources"],
)
def test_what_does_not_fit_begins_anew_and_says_why(index, source, asked, why):
    folder = interrupted(source, index, after=12)
    names = [str(source)] * (1 + asked.get("twice", False))
    said = []
    rules = Rules(**asked.get("rules", {}), say=said.append)
    generation = reindex(names, index, asked.get("analyzer", Analyzer()), rules=rules).generation

    assert generation.path != folder and not folder.exists()
    assert len(said) == 1 and said[0].startswith("An unfinished build is left aside: ")
    assert why in said[0]


def test_a_build_that_goes_on_says_so(index, source):
    interrupted(source, index, after=12)
    said = []
    reindex([str(source)], index, Analyzer(), rules=Rules(say=said.append))

    assert "goes on where it was" in said[0]


def test_changes_since_the_first_beginning_are_applied_to_what_goes_on(index, source):
    reindex([str(source)], index, Analyzer())
    interrupted(source, index, after=12)
    later = generations.live(index.path, schema.fingerprint(Analyzer()))
    ChangeQueue(index.path).add([("later", record(article("later")))])
    generation = reindex([str(source)], index, Analyzer()).generation

    assert generation.name != later.name
    assert open_updater("whoosh", generation.engine_folder, Analyzer()).articles == 17


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_was_killed_goes_on(tmp_path, monkeypatch, jobs):
    lines = [json.dumps(record(article(str(n), body=f"Padi nomor {n}. " * 20))) for n in range(6_000)]
    source = tmp_path / "many.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    root = tmp_path / "index"
    command = [sys.executable, "-c", SMALL, "reindex", str(source), "--index", str(root), "--jobs", jobs]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while len(list(root.glob("generations/*/parts/*.json"))) < 4 and run.poll() is None:
        time.sleep(0.005)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL

    monkeypatch.setattr(batches, "MOST_RECORDS", 200)
    index = IndexSettings(root, "whoosh", 2, 1)
    generation, read = resumed(source, index, monkeypatch)
    whole = reindex([str(source)], IndexSettings(tmp_path / "other", "whoosh", 2, 1), Analyzer()).generation

    assert read <= 6_000 - 3 * 200
    assert content(generation) == content(whole)
    assert not open_inspector("whoosh", generation.engine_folder).contradictions(Analyzer(), 50)
