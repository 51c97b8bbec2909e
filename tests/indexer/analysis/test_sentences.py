import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import sentence_around, sentences


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
