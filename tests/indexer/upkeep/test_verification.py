"""Verification names whatever is not as it was written, or contradicts itself, with the file and a remedy."""

import json
import os
import time
from dataclasses import replace

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_inspector, open_writer
from indexer.engines.whoosh import commits, committing, inspector
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.commits import Commit
from indexer.engines.whoosh.stored import to_stored
from indexer.upkeep.standing import standing
from indexer.upkeep.verification import verify
from tests.building import apply_changes, article, publish, record

ARTICLES = [
    article(
        str(n),
        title=f"Perkawinan {n}",
        body=f"Anak-anak mengawini 1{n} Januari 2025, 24,{n} persen. " * (n + 1),
        source="a.example",
        published="2025-01-02" if n % 2 else None,
        tags=["panen", f"desa {n}"],
    )
    for n in range(12)
]


@pytest.fixture
def generation(index):
    """Return a generation with three segments and some articles that were taken out or replaced."""
    built = publish(index, *ARTICLES).generation
    queue = ChangeQueue(index.path)
    for changes in ([("1", None), ("2", record(ARTICLES[3]))], [("new", record(article("new")))]):
        queue.add([(name, given and {**given, "id": name}) for name, given in changes])
        apply_changes(index)
    return built


def findings(index, sample=100):
    return verify(index.path, Analyzer(), sample).findings


def test_an_index_that_was_changed_is_clean(index, generation):
    found = verify(index.path, Analyzer(), 100)

    assert found.findings == ()
    assert (found.generations, found.sampled) == ((generation.name,), 12)


def test_a_damaged_file_is_named_whichever_it_is(index, generation):
    for path in sorted(generation.engine_folder.glob("MAIN_*.*")):
        whole = path.read_bytes()
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])

        assert [finding.place for finding in findings(index)] == [str(path)]
        path.write_bytes(whole)


@pytest.mark.parametrize("name", ["acronyms.tsv", "rejects.jsonl"])
def test_the_files_beside_the_engine_are_compared_too(index, generation, name):
    (generation.path / name).write_text("?", encoding="utf-8")
    assert [(f.place, f.problem) for f in findings(index)] == [
        (str(generation.path / name), "is not as it was written")
    ]

    (generation.path / name).unlink()
    assert findings(index)[0].problem == "is missing"


def test_a_damaged_commit_or_manifest_is_named(index, generation):
    (generation.engine_folder / "commit.json").write_text("{}", encoding="utf-8")
    assert "commit.json is damaged" in findings(index)[0].problem

    (generation.path / "manifest.json").write_text("{", encoding="utf-8")
    assert "manifest.json cannot be read" in findings(index)[0].problem


@pytest.mark.usefixtures("generation")
def test_a_pointer_to_nothing_is_named(index):
    generations.pointer(index.path).write_text(json.dumps({"generation": "gone"}), encoding="utf-8")

    assert "names the generation gone" in findings(index)[0].problem
    assert "rollback" in findings(index)[0].remedy


@pytest.mark.usefixtures("generation")
def test_another_analysis_is_named_and_postings_are_left_alone(index):
    (finding,) = verify(index.path, Analyzer({"padi": "beras"}), 100).findings

    assert "its postings were not compared" in finding.problem


@pytest.mark.usefixtures("generation")
def test_only_old_drafts_are_named_and_removed(index):
    for name, age in (("keys.json.new", 0), ("live.json.new", 7_200)):
        (index.path / name).write_text("", encoding="utf-8")
        os.utime(index.path / name, (time.time() - age,) * 2)
    assert [finding.place for finding in findings(index)] == [str(index.path / "live.json.new")]

    publish(index, article("1"))
    assert sorted(path.name for path in index.path.glob("*.new")) == ["keys.json.new"]


def test_what_interrupted_updates_left_is_swept(index, generation):
    stray = generation.engine_folder / "0.run"
    stray.write_text("", encoding="utf-8")
    publish(index, article("1"))

    assert not stray.exists() and generation.path.exists()


def written(folder, *articles):
    folder.mkdir(exist_ok=True)
    writer = open_writer("whoosh", folder, Analyzer())
    for given in articles:
        writer.add(given)
    writer.finish()
    return folder


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        (article("1", title="Kabar padi"), "misses 'padi' at 1 and has too 'hari' at 1, 'ini' at 2 in the field stem"),
        (article("1", title="Kabar padi"), "misses 'padi' at 1 and has too 'hari' at 1, 'ini' at 2 in the field exact"),
        (article("1", source="b.example"), "'' as its source_key where it was stored with 'b.example'"),
        (article("2"), "has '1' as its id where it was stored with '2'"),
        (article("1", published="2025-01-02"), "as its published where it was stored with '1735"),
    ],
)
def test_an_article_that_says_other_than_its_postings_is_named(tmp_path, monkeypatch, stored, problem):
    folder = written(tmp_path / "engine", article("1"))
    monkeypatch.setattr(OpenSegment, "stored", {0: to_stored(stored)}, raising=False)
    monkeypatch.setattr(OpenSegment, "__setattr__", _but_stored)
    found = open_inspector("whoosh", folder).contradictions(Analyzer(), 1)

    assert any(problem in finding.problem for finding in found)
    assert all(finding.place.startswith(str(folder)) and finding.remedy for finding in found)


def _but_stored(segment, name, value):
    if name != "stored":
        object.__setattr__(segment, name, value)


def test_an_id_of_several_articles_and_a_wrong_count_are_named(tmp_path):
    folder = written(tmp_path / "engine", article("1"), article("2"))
    (first,) = commits.load(folder).segments
    (folder / commits.FILE).unlink()
    written(folder, article("2"))
    valid = commits.load(folder)
    (second,) = valid.segments
    committing.save(folder, Commit(2, (first, replace(second, articles=3, deleted=(1, 2))), 0), over=valid)
    problems = [finding.problem for finding in inspector.WhooshInspector(folder).contradictions(Analyzer(), 0)]

    assert "it has 1 articles where commit.json counts 3" in problems[0]
    assert "1 ids are those of several articles: '2'" in problems[2]


@pytest.mark.usefixtures("generation")
def test_the_standing_counts_what_was_changed(index):
    ChangeQueue(index.path).add([("waits", record(article("waits")))])
    found = standing(index.path, schema.fingerprint(Analyzer()))

    assert (found.current.articles, found.current.through, found.waiting.count, found.trouble) == (12, 3, 1, "")
    assert found.current.counts == {"languages": {"id": 12}, "sources": {"a.example": 11, "": 1}}


@pytest.mark.usefixtures("generation")
def test_an_index_of_another_analysis_still_has_a_standing(index):
    found = standing(index.path, "another")

    assert "run `telusur reindex` with this program" in found.trouble
    assert found.current.articles == 12


def test_an_index_that_cannot_be_opened_still_has_a_standing(index, generation):
    (generation.engine_folder / "commit.json").unlink()
    found = standing(index.path, schema.fingerprint(Analyzer()))

    assert "commit.json is damaged" in found.current.trouble
    assert found.current.articles == 12


@pytest.mark.usefixtures("generation")
def test_a_queue_that_cannot_be_read_is_no_obstacle(index):
    for path in index.path.glob("changes.db*"):
        path.unlink()
    assert standing(index.path, "").waiting.count == 0

    (index.path / "changes.db").write_bytes(b"no database" * 100)
    assert standing(index.path, "").waiting is None
