import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Span
from search.passages.highlight import Highlighter, Passage
from search.passages.marks import Marker
from search.query import Expansions, Range, Synonyms, parse
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
    assert Marker({Range("exact", "a", "z"): 1}).marks(ANALYZER.analyze(BODY)) == []


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


def test_without_a_mark_the_lead_stands_for_the_article():
    assert [p.text for p in passages("judul:anak")] == [BODY]
    assert [p.text for p in passages("judul:anak", length=80)] == [BODY[:73]]
    assert [p.text for p in passages("judul:anak", length=40)] == [BODY[:35]]
    assert passages("anak", "") == []


@pytest.mark.parametrize("query", ["di", "yang di", "apa itu", '"yang"'])
def test_function_words_alone_get_no_mark_and_no_passage(query):
    text = "Acara berlangsung. Di desa itu, apa yang terjadi?"

    assert marked(query, text) == [] and highlighter(query).title(text).ranges == ()
    assert [p.ranges for p in passages(query, text)] == [()]


def test_a_function_word_within_a_phrase_is_marked():
    assert marked('"di desa"', "Di desa itu, di kota") == ["Di", "desa"]


def test_a_word_that_few_sentences_hold_is_shown_before_others_are_repeated():
    text = "Kawin anak. Anak kawin lagi. Kawin dan anak. Rapat di kalsel. Anak kawin."

    assert [p.text for p in passages("kawin anak kalsel", text, count=2)] == ["Kawin anak.", "Rapat di kalsel."]
    assert len(passages("kawin anak kalsel", text, count=3)) == 3


def test_no_more_passages_are_needed_than_show_all_words():
    text = "Kawin saja. Anak saja. Rapat saja. Kawin, anak, rapat."

    assert [p.text for p in passages("kawin anak rapat", text, count=1)] == ["Kawin, anak, rapat."]


def test_the_rarer_word_is_shown_where_there_is_no_room_for_both():
    rarity = {"anak": 1.0, "kalsel": 5.0}
    tree = parse("anak kalsel", ANALYZER)
    rare = Highlighter(tree, ANALYZER, lambda term: rarity[term.text])

    assert [p.text for p in rare.passages("Anak anak. Rapat kalsel.", count=1, length=240)] == ["Rapat kalsel."]


def test_a_window_shows_the_word_for_which_its_sentence_was_chosen():
    filler = " kata" * 30
    text = f"Kawin dan kawin{filler} kawin kawin kawin{filler} anak{filler}. Kawin."
    shown = passages("kawin anak", text, count=2, length=60)

    assert [[p.text[s:e] for s, e in p.ranges] for p in shown] == [["kawin", "kawin", "kawin"], ["anak"]]


def test_no_passage_is_shown_where_none_is_asked_for():
    assert passages("kawin", count=0) == []


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("kalsel", "Warga Kalimantan Selatan di Kalsel", ["Kalimantan Selatan", "Kalsel"]),
        ("kalimantan selatan", "Warga Kalimantan Selatan, di selatan", ["Kalimantan Selatan", "selatan"]),
        ("kawin", "Nikah siri, perkawinan, nikah", ["Nikah siri", "perkawinan"]),
        ("nikah siri", "Nikah siri, perkawinan", ["Nikah siri", "perkawinan"]),
        ('"nikah siri"', "Nikah siri", ["Nikah", "siri"]),
    ],
)
def test_what_one_word_says_is_one_mark(query, text, expected):
    expansions = Expansions([("Kalsel", "kalimantan selatan")], ANALYZER).with_synonyms(
        Synonyms({("kawin",): (("nikah", "siri"),), ("nikah", "siri"): (("kawin",),)}, longest=2)
    )
    tree = parse(query, ANALYZER, expansions)

    assert [text[start:end] for start, end in Highlighter(tree, ANALYZER).whole(text).ranges] == expected


def test_what_means_the_same_is_shown_once_before_other_words_are():
    expansions = Expansions([("Kalsel", "kalimantan selatan")], ANALYZER)
    seeker = Highlighter(parse("kalsel anak", ANALYZER, expansions), ANALYZER)
    text = "Warga Kalsel. Kalimantan Selatan dan Kalimantan Selatan. Anak."

    assert [p.text for p in seeker.passages(text, count=2, length=240)] == [text[14:56], "Anak."]


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
