from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, Finder, surfaces
from indexer.analysis import pieces as pieces_module
from indexer.analysis.pieces import bare, pieces
from tests.stemming import knowing

ANALYZER = knowing(perkawinan="kawin")
PARTS = [
    *("12", "3", " ", " ", "\n", "\u00a0", "Januari", "Des.", "2025", "2025-an", "anak", ",", ".", "(", ")", "-"),
    *("#", "_", ":", "/", '"', "’", "x"),
]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS)).map("".join)


@given(TEXTS)
def test_the_chunks_of_the_pieces_are_those_of_the_text(text):
    whole = pieces(text)

    assert [chunk for piece in whole for chunk in surfaces(piece)] == surfaces(text)
    assert [chunk for piece in bare(whole) for chunk in surfaces(piece)] == surfaces(text)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.sets(st.sampled_from(["anak", "12", "2025-01-12", "januari", "x"])))
def test_what_is_found_is_what_the_whole_analysis_has(texts, terms):
    finder = Finder(ANALYZER.known_pieces, terms)
    for text in texts:
        found, whole = finder.tokens(text), ANALYZER.analyze(text)

        assert set(found) <= set(whole)
        assert [t for t in found if terms & {t.exact, *t.stems}] == [t for t in whole if terms & {t.exact, *t.stems}]


@pytest.mark.parametrize("text", ["anak 3 Mei 2025 anak", "anak  3 Mei 2025\n\n anak", " anak: anak"])
def test_places_are_right_whatever_white_space_there_is(text):
    found = Finder(ANALYZER.known_pieces, ["anak"]).tokens(text)

    assert [text[token.start : token.end] for token in found] == ["anak", "anak"]


def test_words_that_pass_a_test_are_found_too():
    finder = Finder(ANALYZER.known_pieces, ["desa"], [lambda form: form.endswith("an")])

    assert [token.exact for token in finder.tokens("Perkawinan di desa makan waktu")] == ["perkawinan", "desa", "makan"]


@pytest.mark.parametrize(("few", "more"), [(["satu", "dua"], "tiga"), (["satu"], "dua" * 15)])
def test_what_is_remembered_is_bounded(monkeypatch, few, more):
    monkeypatch.setattr(pieces_module, "KNOWN_PIECES", 3)
    analyzer = knowing()
    first = analyzer.known_pieces
    first.learn(few)
    assert analyzer.known_pieces is first

    first.learn([more])
    assert analyzer.known_pieces is not first and not analyzer.known_pieces.pieces


def test_threads_that_learn_at_once_miss_nothing():
    analyzer = Analyzer()
    texts = [" ".join(f"kata{n}a anak{n}b, {n} desa" for n in range(k, 400, 3)) for k in range(40)]

    def counted(text: str) -> int:
        return len(Finder(analyzer.known_pieces, ["desa", f"kata{399}a"]).tokens(text))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(counted, texts))

    assert found == [text.split().count("desa") + text.split().count("kata399a") for text in texts]
