import json

import pytest

from indexer.reading import batches
from indexer.sources import Sources


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.jsonl"
    rows = [{"id": str(n), "title": "Judul", "body": "x" * (100 if n == 2 else 10)} for n in range(7)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def test_a_batch_is_closed_by_its_records(source, monkeypatch):
    monkeypatch.setattr(batches, "MOST_RECORDS", 3)

    assert [len(batch) for batch in batches.batches(Sources([source]))] == [3, 3, 1]


def test_a_batch_is_closed_by_its_characters(source, monkeypatch):
    monkeypatch.setattr(batches, "MOST_CHARACTERS", 100)

    assert [len(batch) for batch in batches.batches(Sources([source]))] == [3, 4]


def test_batches_reach_across_sources(source):
    assert [len(batch) for batch in batches.batches(Sources([source, source]))] == [14]
