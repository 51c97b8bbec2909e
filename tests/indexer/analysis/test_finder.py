import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, Finder, surfaces
from indexer.analysis.compiled import texts as compiled
from indexer.analysis.finder import pieces, positions_by_piece
from tests.stemming import knowing

DATA = Path(__file__).parents[4] / "shared" / "data"
ANALYZER = knowing(perkawinan="kawin")
REAL = Analyzer()
PARTS = [
    *("12", "3", " ", " ", "\n", "\u00a0", "Januari", "Des.", "2025", "2025-an", "anak", ",", ".", "(", ")", "-"),
    *("#", "_", ":", "/", '"', "’", "x"),
]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS)).map("".join)


@given(TEXTS)
def test_the_chunks_of_the_pieces_are_those_of_the_text(text):
    assert [chunk for piece in pieces(text) for chunk in surfaces(piece)] == surfaces(text)


def wanted(tokens, terms):
    """Those of *tokens* that have one of *terms*, positions counted from the first."""
    found = [token for token in tokens if terms & {token.exact, *token.stems}]
    return [token._replace(position=token.position - found[0].position) for token in found]


@given(st.lists(TEXTS, min_size=1, max_size=3), st.sets(st.sampled_from(["anak", "12", "2025-01-12", "januari", "x"])))
def test_what_is_found_is_what_the_whole_analysis_has(texts, terms):
    finder = Finder(ANALYZER, terms, runs=[[]])
    for text in texts:
        assert wanted(finder.tokens(text), terms) == wanted(ANALYZER.analyze(text), terms)


@pytest.mark.parametrize("text", ["anak 3 Mei 2025 anak", "anak  3 Mei 2025\n\n anak", " anak: anak"])
def test_places_are_right_whatever_white_space_there_is(text):
    found = Finder(ANALYZER, ["anak"]).tokens(text)

    assert [text[token.start : token.end] for token in found] == ["anak", "anak"]


@pytest.mark.compiled
@pytest.mark.skipif(not compiled, reason="nothing was compiled here: install gcc, and run `make test`")
@given(st.lists(st.sampled_from([*PARTS, "anak-anak", "é"])).map("".join), st.data())
def test_compiled_or_not_the_same_positions_are_counted(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    undated = text.replace("2025", "tahun")
    asked = undated, start, min(end, len(undated)), '.,()-"’', ANALYZER.positions
    assert compiled.positions(*asked) == positions_by_piece(*asked)


@pytest.mark.compiled
@pytest.mark.skipif(not compiled, reason="nothing was compiled here: install gcc, and run `make test`")
def test_places_outside_of_a_text_are_refused():
    for start, end in ((-1, 2), (0, 5)):
        with pytest.raises(ValueError, match="not within the text"):
            compiled.positions("anak", start, end, "", ANALYZER.positions)


@pytest.mark.parametrize("hints", [None, ["kan", "kawinan"]])
def test_words_that_pass_a_test_are_found_too(hints):
    finder = Finder(ANALYZER, ["desa"], [lambda form: form.endswith("an")], hints=hints)

    assert [token.exact for token in finder.tokens("Perkawinan di desa makan waktu")] == ["perkawinan", "desa", "makan"]


def test_positions_are_counted_where_all_of_a_run_is_there():
    finder = Finder(ANALYZER, ["anak", "desa"], runs=[["anak", "desa"]])

    assert [token.position for token in finder.tokens("anak di kota, anak")] == [0, 0]
    assert [token.position for token in finder.tokens("anak di desa 3-4 anak")] == [0, 2, 5]


@pytest.mark.skipif(not DATA.is_dir(), reason=f"put the measuring data into {DATA}")
@pytest.mark.parametrize(
    "query",
    ["kawin anak kalsel", "tni", "ri", "c", "2019", "rp 10 miliar", "di", "presiden jokowi", "al", "pasar ikan"],
)
def test_in_real_articles_what_is_found_is_what_the_whole_analysis_has(query):
    terms = {stem for token in REAL.analyze(query) for stem in token.stems}
    finder = Finder(REAL, terms, runs=[[]])
    with gzip.open(DATA / "articles.jsonl.gz", "rt", encoding="utf-8") as source:
        for line in islice(source, 200):
            text = json.loads(line)["body"]
            assert wanted(finder.tokens(text), terms) == wanted(REAL.analyze(text), terms)
