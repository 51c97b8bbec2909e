import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import sentence_around, sentences
from indexer.analysis.compiled import texts
from indexer.analysis.sentences import sentence_by_pattern

PARTS = ["Ia", "dr", "DR", "a", "M", "s.d", "ſt", "No", "İr", "×", "_", ".", ". ", "...", "!", "…", "\n", " ", "\u00a0"]
PARTS += ["”", ")", "5", "é", "É", "x" * 20, "(" * 20, "\x1c"]
TEXTS = st.text(max_size=99) | st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ia datang. Ia pergi!", ["Ia datang.", "Ia pergi!"]),
        ("Dr. Rina hadir. Ia bicara.", ["Dr. Rina hadir.", "Ia bicara."]),
        ("Di Jl. Ahmad Yani No. 5 ramai. Macet.", ["Di Jl. Ahmad Yani No. 5 ramai.", "Macet."]),
        ("Kata M. Yusuf kemarin. Selesai.", ["Kata M. Yusuf kemarin.", "Selesai."]),
        ("“Kami siap.” Ia pergi.", ["“Kami siap.”", "Ia pergi."]),
        ("Nilainya 7.5 juta. Naik.", ["Nilainya 7.5 juta.", "Naik."]),
        ("Baris satu\nbaris dua", ["Baris satu", "baris dua"]),
        ("PT Maju Tbk.\nNaik lagi", ["PT Maju Tbk.", "Naik lagi"]),
        ("Usia a.n. Budi dkk. Hadir", ["Usia a.n. Budi dkk. Hadir"]),
        ("Wah... Ia pergi", ["Wah...", "Ia pergi"]),
        ("Oleh andr. Budi", ["Oleh andr.", "Budi"]),
        ("  \n ", []),
        ("", []),
        ("tanpa titik", ["tanpa titik"]),
        ("Pukul 10.30 WIB. acara mulai", ["Pukul 10.30 WIB. acara mulai"]),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text, expected):
    assert cut(text) == expected


@given(
    st.lists(st.sampled_from(["Ia", "dr", "Dr", "a", ". ", ".", "!", " ", "\n", "”", "… ", "5"]), min_size=1).map(
        "".join
    )
)
def test_the_sentence_around_a_place_is_the_one_that_holds_it(text):
    since = 0
    for sentence in sentences(text):
        for place in range(*sentence):
            if not text[place].isspace():
                assert sentence_around(text, place) == sentence_around(text, place, since=since) == sentence
        since = sentence.end


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@given(TEXTS)
def test_compiled_or_not_sentences_are_the_same(text):
    ends = [0, *(sentence.end for sentence in sentences(text))]
    for place, letter in enumerate(text):
        if not letter.isspace():
            since = max(end for end in ends if end <= place)
            assert sentence_around(text, place) == sentence_by_pattern(text, place, 0)
            assert sentence_around(text, place, since=since) == sentence_by_pattern(text, place, since)


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@pytest.mark.parametrize(("place", "since"), [(4, 0), (-1, 0), (0, -1), (1, 2)])
def test_a_place_outside_of_the_text_is_refused(place, since):
    with pytest.raises(ValueError, match="not in the text"):
        sentence_around("desa", place, since=since)
