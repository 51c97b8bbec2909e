"""A merge of segments is the segment that their articles would have been written as."""

from itertools import count

import numpy as np
import pytest

from indexer.engines import open_inspector, open_updater, open_writer
from indexer.engines.whoosh.codec import merged_terms
from indexer.engines.whoosh.codec.merging import merge
from indexer.engines.whoosh.codec.reading import OpenSegment
from tests.building import article, written

ARTICLES = [
    article(
        str(n),
        title=f"Perkawinan {n % 7}",
        body=f"Kawin, mengawini {'anak ' * (5 * n)} kawin-{n} 24,{n}.",
        source=f"portal {n % 3}",
        tags=["panen", f"desa {n}"],
    )
    for n in range(90)
]


def segment_of(folder, analyzer, articles) -> OpenSegment:
    folder.mkdir()
    writer = open_writer("whoosh", folder, analyzer)
    for one in articles:
        writer.add(one)
    writer.finish()
    return OpenSegment(folder, next(folder.glob("*.manifest")).stem)


def content(folder, segment: OpenSegment, name: str) -> dict[str, object]:
    files = {end: (folder / f"{name}.{end}").read_bytes() for end in ("terms", "forms", "postings", "columns")}
    return {**files, "stored": list(segment.stored.documents())}


@pytest.mark.parametrize("batch", [merged_terms._BATCH, 10])  # noqa: SLF001 - what is read at a time
def test_a_merge_of_segments_is_the_segment_of_all_articles_that_stay(tmp_path, analyzer, monkeypatch, batch):
    monkeypatch.setattr(merged_terms, "_BATCH", batch)
    stays = np.array([n % 4 != 1 for n in range(len(ARTICLES))])
    halves = [segment_of(tmp_path / str(n), analyzer, ARTICLES[n : n + 45]) for n in (0, 45)]
    whole = segment_of(tmp_path / "whole", analyzer, [a for a, s in zip(ARTICLES, stays, strict=True) if s])
    merge(list(zip(halves, np.split(stays, 2), strict=True)), tmp_path, "merged")

    (manifest,) = (tmp_path / "whole").glob("*.manifest")
    merged = content(tmp_path, OpenSegment(tmp_path, "merged"), "merged")
    assert merged == content(tmp_path / "whole", whole, manifest.stem)


def test_packed_articles_are_taken_as_they_are(tmp_path, analyzer):
    segment = segment_of(tmp_path / "index", analyzer, ARTICLES)
    merge([(segment, np.ones(len(ARTICLES), bool))], tmp_path, "merged")

    assert list(OpenSegment(tmp_path, "merged").stored.packed()) == list(segment.stored.packed())


def test_what_is_merged_outlives_changes_that_come_meanwhile(tmp_path, analyzer):
    folder, _ = written(tmp_path, analyzer, [([article("0")], [], False)])
    updater = open_updater("whoosh", folder, analyzer)
    for number in count(1):
        updater.apply([article(str(number))], [], number)
        if merged := updater.begin_merge():
            break
    merged.run()
    updater.apply([article("meanwhile")], ["1"], number + 1)
    merged.finish()
    inspector = open_inspector("whoosh", folder)

    assert inspector.damage() == inspector.contradictions(analyzer, 100) == []
    assert inspector.articles == number + 1
