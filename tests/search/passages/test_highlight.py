import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Span
from search.passages.highlight import Highlighter, Passage
from search.passages.marks import Marker
from search.query import Range, parse
from tests.stemming import knowing

ANALYZER = knowing(perkawinan="kawin")
BODY = (
    "Pembukaan acara berlangsung meriah. Perkawinan anak masih tinggi di desa. "
    "Anak-anak bermain. Dinas mencegah perkawinan anak lewat sekolah."
)


def highlighter(query: str) -> Highlighter:
    return Highlighter(parse(query, ANALYZER), ANALYZER)


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in highlighter(query).whole(text).ranges]


def passages(query: str, text: str = BODY, count: int = 2, length: int = 240) -> list[Passage]:
    return highlighter(query).passages(text, count=count, length=length)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kawin", ["Perkawinan", "perkawinan"]),
        ("anak", ["anak", "Anak-anak", "anak"]),
        ('"anak"', ["anak", "anak"]),
        ('"perkawinan anak"', ["Perkawinan", "anak", "perkawinan", "anak"]),
        ('"anak perkawinan"', []),
        ("ber*", ["berlangsung", "bermain"]),
        ("pe*an", ["Pembukaan", "Perkawinan", "perkawinan"]),
        ("d?sa", ["desa"]),
        ("desi~", ["desa"]),
        ("mncegh~2", ["mencegah"]),
        ('"perkawinan lewat"~1', ["perkawinan", "lewat"]),
        ('"perkawinan lewat"', []),
        ("tahun:2019", []),
        ("kawin -anak", ["Perkawinan", "perkawinan"]),
        ("judul:anak", []),
        ("penulis:anak", []),
        ("***", []),
        ("", []),
    ],
)
def test_whole_words_are_marked_where_they_are_asked_for(query, expected):
    assert marked(query, BODY) == expected


def test_a_title_is_marked_for_queries_of_titles_too():
    title = highlighter("judul:kawin").title("Perkawinan Anak")

    assert title.html == "<mark>Perkawinan</mark> Anak"


def test_a_title_is_marked_by_how_stems_begin_where_only_stems_are_looked_for():
    title = highlighter("judul:kaw*").title("Perkawinan Anak Kawanan")

    assert title.html == "<mark>Perkawinan</mark> Anak <mark>Kawanan</mark>"


def test_a_range_is_of_whole_values_and_marks_no_word():
    assert Marker([Range("exact", "a", "z")]).marks(ANALYZER.analyze(BODY)) == []


def test_marks_that_overlap_are_one():
    assert marked("COVID-19", "Kasus COVID-19 naik") == ["COVID-19"]


def test_the_sentences_that_say_most_are_shown_in_the_order_of_the_text():
    shown = passages("kawin anak")

    assert [passage.text for passage in shown] == [
        "Perkawinan anak masih tinggi di desa.",
        "Dinas mencegah perkawinan anak lewat sekolah.",
    ]
    assert shown[0].ranges == (Span(0, 10), Span(11, 15))


def test_a_sentence_with_more_of_the_words_goes_before_one_with_more_marks():
    text = "Anak, anak, anak. Perkawinan anak."

    assert passages("kawin anak", text, count=1)[0].text == "Perkawinan anak."


def test_without_a_mark_the_first_sentence_stands_for_the_article():
    assert [p.text for p in passages("judul:anak")] == ["Pembukaan acara berlangsung meriah."]
    assert passages("anak", "") == []


@pytest.mark.parametrize("place", ["awal", "tengah", "akhir"])
def test_a_long_sentence_is_cut_around_its_marks_at_blanks(place):
    words = ["kata"] * 60
    words[{"awal": 0, "tengah": 30, "akhir": 59}[place]] = "perkawinan"
    (passage,) = passages("kawin", " ".join(words), length=80)

    assert len(passage.text) <= 80
    assert [passage.text[s:e] for s, e in passage.ranges] == ["perkawinan"]
    assert set(passage.text.replace("…", "").split()) == {"kata", "perkawinan"}
    assert passage.text.startswith("…") == (place != "awal")
    assert passage.text.endswith("…") == (place != "akhir")


def test_a_long_sentence_is_cut_where_most_marks_are():
    filler = " kata" * 30
    (passage,) = passages("kawin anak", f"anak{filler} perkawinan anak anak{filler} anak", length=60)

    assert [passage.text[s:e] for s, e in passage.ranges] == ["perkawinan", "anak", "anak"]


def test_a_word_longer_than_a_passage_does_no_harm():
    (passage,) = passages("***", "x" * 500, length=80)

    assert len(passage.text) == 79 and passage.text.endswith("…")


def test_everything_is_escaped():
    text = '<script>alert("anak")</script> & anak'

    assert highlighter("anak").whole(text).html == (
        "&lt;script&gt;alert(&quot;<mark>anak</mark>&quot;)&lt;/script&gt; &amp; <mark>anak</mark>"
    )


@given(st.text(), st.text(max_size=20), st.integers(40, 80))
def test_any_text_and_query_give_ranges_within_the_text_and_harmless_html(text, query, length):
    seeker = highlighter(query)
    for passage in (seeker.whole(text), seeker.title(text), *seeker.passages(text, count=3, length=length)):
        cursor = 0
        for start, end in passage.ranges:
            assert cursor <= start < end <= len(passage.text)
            cursor = end
        assert html.unescape(re.sub("</?mark>", "", passage.html)) == passage.text
