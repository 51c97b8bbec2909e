"""A dry run finds what a build would find, and builds nothing."""

import json

import pytest

from indexer.building.reindex import reindex
from indexer.building.trial import FIRST, try_out
from indexer.errors import ReindexFailed, SourceUnavailable
from indexer.sources import Sources
from tests.building import article, record


@pytest.fixture
def source(tmp_path):
    lines = [*(json.dumps(record(article(name))) for name in ("1", "2", "1")), *["oops"] * (FIRST + 5)]
    (tmp_path / "source.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path / "source.jsonl")


def test_it_counts_and_lists_as_a_build_does(tmp_path, index, analyzer, source):
    trial = try_out(Sources([source]), tmp_path / "new" / "rejects.jsonl")
    built = reindex([source], index, analyzer)
    manifest = built.generation.manifest

    assert (trial.counts.accepted - trial.counts.duplicates) == manifest.articles
    assert (trial.counts.rejected, trial.counts.duplicates) == (manifest.rejected, manifest.duplicates)
    assert trial.ledger.read_text(encoding="utf-8") == built.ledger.read_text(encoding="utf-8")


def test_the_first_rejects_are_shown(tmp_path, source):
    first = try_out(Sources([source]), tmp_path / "rejects.jsonl").first

    assert [rejected.place.rpartition(":")[2] for rejected in first] == [str(4 + n) for n in range(FIRST)]


def test_it_tells_how_far_it_is(tmp_path, source):
    seen = []
    try_out(Sources([source]), tmp_path / "rejects.jsonl", lambda counts: seen.append((counts.read, counts.expected)))

    assert [read for read, _ in seen] == list(range(1, FIRST + 9))
    assert all(expected >= 3 for _, expected in seen)


def test_a_ledger_that_cannot_be_written_is_named(tmp_path, source):
    with pytest.raises(ReindexFailed, match=r"the ledger .*/source\.jsonl/x cannot be written: File exists"):
        try_out(Sources([source]), tmp_path / "source.jsonl" / "x")


def test_a_source_that_is_none_stops_it(tmp_path):
    with pytest.raises(SourceUnavailable):
        try_out(Sources([str(tmp_path / "gone.txt")]), tmp_path / "rejects.jsonl")
