"""Articles become runs, and runs become the index that one run would have become."""

import pytest

from indexer.engines import open_writer
from indexer.engines.whoosh import run_fields, runs
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.errors import ReindexFailed
from tests.building import article

ARTICLES = [
    article(
        f"{n % 45}",
        title=f"Perkawinan {n}",
        body=f"Kawin mengawini {'anak ' * n} 1{n} Januari 2025, 24,{n}.",
        source=f"portal {n % 3}",
        tags=["panen", f"desa {n}"],
    )
    for n in range(60)
]


def index_of(folder, analyzer) -> dict[str, object]:
    """Return what an index of `ARTICLES` in *folder* holds: its files, and the stored articles."""
    folder.mkdir()
    writer = open_writer("whoosh", folder, analyzer)
    for one in ARTICLES:
        writer.add(one)
    assert writer.finish() == 45
    segment = OpenSegment(folder, next(folder.glob("*.manifest")).stem)
    files = {end: next(folder.glob(f"*.{end}")).read_bytes() for end in ("terms", "forms", "postings", "columns")}
    return {**files, "stored": list(segment.stored.documents())}


@pytest.mark.parametrize(
    "limit",
    [
        (runs, "RUN_CHARACTERS", 1_000),
        (runs, "_VOCABULARY", 0),
        (run_fields, "SPAN", 20),
        (run_fields, "BATCH", 10),
        (run_fields, "_BITS", 35),
    ],
    ids=lambda limit: limit[1],
)
def test_how_the_work_is_parted_makes_no_difference(tmp_path, analyzer, monkeypatch, limit):
    whole = index_of(tmp_path / "whole", analyzer)
    monkeypatch.setattr(runs, "RUN_CHARACTERS", 3_000)
    monkeypatch.setattr(*limit)

    assert index_of(tmp_path / "parted", analyzer) == whole


def test_no_run_stays_behind(tmp_path, analyzer):
    index_of(tmp_path / "index", analyzer)

    assert not list((tmp_path / "index").glob("*.run"))


def test_an_article_of_more_words_than_positions_is_refused(tmp_path, analyzer, monkeypatch):
    monkeypatch.setattr(runs, "POSITION_BITS", 10)
    writer = runs.RunWriter(tmp_path, analyzer)
    writer.add(article("1", body="kata " * 100))

    with pytest.raises(ReindexFailed, match=r"an article has 1,0\d\d words; 1,024 are possible"):
        writer.write("0.run")
