"""The fast way to mark a text comes to what the plain way comes to, whatever the text and the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from search.passages.highlight import Highlighter
from search.query import Expansions, Synonyms, parse
from tests.search.passages.plain import PlainHighlighter
from tests.stemming import knowing

ANALYZER = knowing(perkawinan="kawin", berjalan="jalan", banjirnya="banjir")
EXPANSIONS = Expansions([("Kalsel", "kalimantan selatan")], ANALYZER).with_synonyms(
    Synonyms({("kawin",): (("nikah", "siri"),), ("kalimantan", "selatan"): (("desa",),)}, longest=2)
)
WORDS = [
    *(
        "perkawinan",
        "Kawin",
        "anak",
        "Anak-anak",
        "banjir",
        "Banjirnya",
        "banjr",
        "jalan",
        "di",
        "Dr",
        "No",
        "COVID-19",
    ),
    *("Kalsel", "Kalimantan", "Selatan", "Kalimantan Selatan", "nikah siri"),
    *("12", "Januari", "2025", "2025-an", "kabupaten/kota", "7.5", "S.H", "a", "#anak", "Jum’at", "—", "desa.id", "_"),
]
SIGNS = [" ", " ", " ", ". ", ", ", "\n", ".\n", "\u00a0", "  ", " (", ") ", '"', "? ", "... ", ": ", "\u2028"]
TEXTS = st.lists(st.sampled_from([*WORDS, *SIGNS])).map("".join) | st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=60
).map(lambda pairs: "".join(word + sign for word, sign in pairs))
ASKED = [
    *(
        "kawin",
        "anak",
        "banjir",
        "jalan",
        "covid-19",
        "di",
        "kalsel",
        "kalimantan selatan",
        "2025",
        "“12 januari”",
        '"anak anak"',
        '"anak banjir"~2',
    ),
    *('"di anak di"~1', "ba*", "b?njir", "ban*r", "banjr~", "jln~2", "judul:an*", "judul:kawin", "tahun:2025", "-anak"),
    *("OR", '"12 januari 2025"', "kabupaten/kota", "januari"),
]
QUERIES = st.lists(st.sampled_from(ASKED), max_size=5).map(" ".join)


@given(st.lists(TEXTS | st.text(), min_size=1, max_size=4), QUERIES | st.text(max_size=20), st.integers(1, 3))
def test_the_same_words_are_marked_and_the_same_sentences_shown(texts, query, count):
    tree = parse(query, ANALYZER, EXPANSIONS)
    fast, plain = Highlighter(tree, ANALYZER), PlainHighlighter(tree, ANALYZER)
    for text in texts:
        shown = fast.passages(text, count=count, length=10_000)

        assert fast.whole(text) == plain.whole(text)
        assert fast.title(text) == plain.title(text)
        assert [(p.text, p.ranges) for p in shown] == [
            (text[start:end], tuple((a - start, b - start) for a, b in ranges))
            for (start, end), ranges in plain.chosen(text, count=count)
        ]


@pytest.mark.parametrize("query", ["kawin anak", '"anak bermain"~1', "ber*"])
def test_real_words_are_marked_the_same_way(query):
    analyzer = Analyzer()
    tree = parse(query, analyzer)
    text = "Perkawinan anak, 12 Mei 2025: anak-anak masih bermain. Mengawinkan anak\ndilarang (UU No. 1)."

    assert Highlighter(tree, analyzer).whole(text) == PlainHighlighter(tree, analyzer).whole(text)
