"""Articles become runs, and runs become the index that one run would have become."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, surfaces
from indexer.engines import open_writer
from indexer.engines.whoosh import run_fields, runs
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.cutting import OTHER_SEPARATORS, Cut
from indexer.engines.whoosh.pieces import PieceNumbers
from indexer.engines.whoosh.vocabulary import Vocabulary
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
PARTS = [
    "Panen",
    "raya,",
    "12",
    "Januari",
    "jan.",
    "2025",
    "1 Mei 2024",
    "isu-isu",
    "a.b",
    "'",
    "--",
    "#tag",
    "é",
    "“",
    "”",
]


def all_pieces(cut: Cut) -> list[str]:
    return [piece.decode() for piece in cut.pieces(np.arange(len(cut.start)))]


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


@given(st.lists(st.lists(st.sampled_from([*PARTS, " ", "\n", "\0", *"ab1.,-/:#_ \xa0ß"])).map("".join), min_size=1))
def test_the_chunks_of_the_pieces_are_those_of_the_text(texts):
    cut = Cut.of(texts)
    pieces = iter(all_pieces(cut))

    for text, count in zip(texts, cut.counts.tolist(), strict=True):
        found = [chunk for _ in range(count) for chunk in surfaces(next(pieces))]
        assert found == [" ".join(chunk.split()) for chunk in surfaces(text)]


@pytest.mark.parametrize("sign", OTHER_SEPARATORS)
def test_no_chunk_holds_a_sign_at_which_texts_are_cut(sign):
    assert surfaces(f"a{sign}b") == ["a", "b"]


def test_marks_at_the_ends_of_a_word_make_no_new_piece():
    cut = Cut.of(['Raya, raya. (raya) "raya" raya; -raya- 1.500,'])

    assert all_pieces(cut) == ["Raya", *["raya"] * 5, "1.500"]


def test_each_distinct_piece_is_asked_for_once():
    words = [f"{'kata' * (n % 6)}{n}" for n in range(30_000)]
    asked: list[bytes] = []
    numbers = PieceNumbers(lambda pieces: [asked.append(piece) or len(asked) for piece in pieces])

    found = [numbers.of(Cut.of([" ".join(words)])).tolist() for _ in range(2)]
    assert [asked[number - 1].decode() for number in found[0]] == words
    assert found[0] == found[1] and len(numbers) == len(asked) == 30_000


def test_words_that_differ_in_capitals_alone_share_a_number():
    numbers, counts = Vocabulary(Analyzer()).numbers(["Raya RAYA raya Café cafe", "", "panen"])

    assert counts.tolist() == [5, 0, 1]
    assert len({*numbers.tolist()}) == 3
