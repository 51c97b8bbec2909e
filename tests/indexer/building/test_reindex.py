import json
import os
import signal
import subprocess
import sys
import time

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.errors import ReindexFailed, SettingsError, SourceUnavailable
from indexer.settings import IndexSettings
from tests.building import article, publish, record

GOOD = json.dumps({"id": "1", "title": "Judul", "body": "Isi berita hari ini."})
BAD = [
    "oops",
    "[]",
    json.dumps({"id": "no-title", "body": "Isi."}),
    json.dumps({"id": "long", "title": "Judul", "body": "x" * 3_000_000}),
    json.dumps({"id": "half", "title": "Judul", "body": "a\ud800"}),
]
MENDED = [
    json.dumps({"id": "nul", "title": "Judul", "body": "a\0b"}),
    json.dumps({"id": "date", "title": "Judul", "body": "Isi.", "date": "2025-13-45"}),
]

FINGERPRINT = schema.fingerprint(Analyzer())


def source(tmp_path, *lines: str) -> str:
    path = tmp_path / "source.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_rejected_records_are_counted_and_listed_with_place_and_reason(index, tmp_path):
    outcome = reindex([source(tmp_path, GOOD, *BAD)], index, Analyzer())
    rows = [json.loads(line) for line in outcome.ledger.read_text(encoding="utf-8").splitlines()]

    assert (outcome.generation.manifest.articles, outcome.generation.manifest.rejected) == (1, len(BAD))
    assert [row["place"].rpartition(":")[2] for row in rows] == [str(n) for n in range(2, len(BAD) + 2)]
    assert all(row["reason"] for row in rows)
    assert [row.get("id") for row in rows][2:] == ["no-title", "long", "half"]


def test_what_cannot_be_read_of_an_article_is_left_out_with_a_remark(index, tmp_path):
    outcome = reindex([source(tmp_path, GOOD, *MENDED)], index, Analyzer())
    (row,) = [json.loads(line) for line in outcome.ledger.read_text(encoding="utf-8").splitlines()]

    assert (outcome.generation.manifest.articles, outcome.generation.manifest.rejected) == (3, 0)
    assert (row["id"], row["remark"]) == ("date", "'published' is '2025-13-45', which is no date")


def test_of_two_articles_with_one_id_the_last_is_kept(index, answers_over):
    answers = answers_over(article("1", title="Lama"), article("2"), article("1", title="Baru"))

    manifest = generations.live(index.path, FINGERPRINT).manifest
    assert (manifest.articles, manifest.duplicates) == (2, 1)
    assert answers.article("1").title == "Baru"


def test_progress_is_told_after_every_record(index, tmp_path):
    seen = []
    reindex(
        [source(tmp_path, GOOD, "oops")],
        index,
        Analyzer(),
        lambda counts: seen.append((counts.accepted, counts.read, counts.stage)),
    )

    assert seen == [(1, 1, "reading"), (1, 2, "reading"), (1, 2, "writing the index"), (1, 2, "checking")]


def test_where_nothing_is_accepted_nothing_is_published(index, tmp_path):
    live = publish(index, article("1")).generation

    with pytest.raises(ReindexFailed, match="no article was accepted, 5 records were rejected") as caught:
        reindex([source(tmp_path, *BAD)], index, Analyzer())

    assert generations.live(index.path, FINGERPRINT) == live
    assert str(index.path / "rejects.jsonl") in str(caught.value)
    assert len((index.path / "rejects.jsonl").read_text(encoding="utf-8").splitlines()) == len(BAD)


def test_a_source_that_is_none_stops_the_run_before_it_starts(index, tmp_path):
    with pytest.raises(SourceUnavailable):
        reindex([source(tmp_path, GOOD), str(tmp_path / "gone.txt")], index, Analyzer())

    assert not index.path.exists()


def test_an_engine_that_is_none_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"index\.engine is 'lucene'; there are whoosh"):
        reindex([source(tmp_path, GOOD)], IndexSettings(tmp_path / "index", "lucene", 2, 1), Analyzer())


def test_an_error_within_leaves_the_live_index_as_it_was(index, tmp_path):
    live = publish(index, article("1")).generation

    def fail(_counts: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        reindex([source(tmp_path, GOOD)], index, Analyzer(), fail)

    assert generations.live(index.path, FINGERPRINT) == live


def test_a_check_that_fails_keeps_the_build_from_being_published(index, tmp_path, monkeypatch):
    live = publish(index, article("1")).generation
    finish = WhooshWriter.finish
    monkeypatch.setattr(WhooshWriter, "finish", lambda self, _through: finish(self) + 98)

    with pytest.raises(ReindexFailed, match=r"holds 99 articles where 1 were written"):
        reindex([source(tmp_path, GOOD)], index, Analyzer())

    assert generations.live(index.path, FINGERPRINT) == live


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_an_interrupted_run_leaves_the_live_index_as_it_was(index, tmp_path, ending):
    live = publish(index, article("1")).generation
    lines = [json.dumps(record(article(str(n)))) for n in range(20_000)]
    command = [sys.executable, "-m", "search", "reindex", "--index", str(index.path), source(tmp_path, *lines)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while len(list((index.path / "generations").glob("*/engine/*.toc"))) < 2 and run.poll() is None:
        time.sleep(0.01)
    os.kill(run.pid, ending)
    _, errors = run.communicate()

    assert run.returncode != 0
    assert "Traceback" not in errors
    assert generations.live(index.path, FINGERPRINT) == live
    publish(index, article("1"), article("2"))
    assert generations.live(index.path, FINGERPRINT).manifest.articles == 2
