import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggesting.typed_words import typed_words


def words(text):
    return [word.written for row in typed_words(text) for word in row]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("menteri keungan", ["menteri", "keungan"]),
        ("Apa kabar, Menteri?", ["Apa", "kabar", "Menteri"]),
        ("undang-undnag", ["undang", "undnag"]),
        ("KPK tangkap DPR", ["tangkap"]),
        ("MENTERI KEUNGAN", ["MENTERI", "KEUNGAN"]),
        ("covid19 pasal 12 2024", ["pasal"]),
        ('"menteri keungan" baru', ["baru"]),
        ("banj* banjr~ ke?an kata", ["kata"]),
        ("padi -jagng NOT gandm kopi", ["padi", "kopi"]),
        ("padi -(jagng gandm) kopi", ["padi", "kopi"]),
        ("judul:pann penulis:rna sumber:detk x", ["pann", "x"]),
        ("judul:judul", ["judul"]),
        ("penulis:(rna lestri) padi", ["padi"]),
        ("banjir ATAU longsr", ["banjir", "longsr"]),
        ("detik.com/berita a@b.c", []),
        ("", []),
        ("😀 مرحبا", ["مرحبا"]),
    ],
)
def test_plain_words_may_be_wrong_and_nothing_else(query, expected):
    assert words(query) == expected


@given(st.text(st.sampled_from('abK9 "-:()*~judul penulis:'), max_size=40))
def test_each_word_is_where_it_is_said_to_be(query):
    for row in typed_words(query):
        for word in row:
            assert query[word.start : word.end] == word.written


def test_a_word_keeps_its_capitals():
    ((small, first, capitals),) = typed_words("keungan Keungan KEUNGAN".replace("KEUNGAN", "K"))

    assert [small.like("keuangan"), first.like("keuangan"), capitals.like("keuangan")] == [
        "keuangan",
        "Keuangan",
        "KEUANGAN",
    ]


def test_of_many_words_the_first_are_looked_at():
    assert len(words("kata " * 500)) == 32
