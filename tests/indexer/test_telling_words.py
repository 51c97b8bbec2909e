import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.telling_words import _LISTS, told

SAMPLES = Path(__file__).parents[2] / "indexer" / "samples" / "kabar-nusantara.jsonl"

INDONESIAN = (
    "Warga dan petugas membersihkan jalan yang tertutup lumpur setelah banjir surut, karena truk tidak dapat lewat."
)
MALAY = (
    "Kementerian berkata langkah itu perlu kerana peniaga mahu harga baharu diumumkan sebelum cuti, iaitu bulan depan."
)
JAVANESE = (
    "Para warga ing desa iku lagi nandur pari, nanging akeh sing durung bisa panen amarga banjir saka kali gedhe."
)
SUNDANESE = "Warga di eta desa keur melak pare, tapi teu acan panen kusabab caah ti walungan anu leuwih gede."
ENGLISH = (
    "The people of the village have planted their rice, but it was not harvested, for the river came over the fields."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [(INDONESIAN, "id"), (MALAY, "ms"), (JAVANESE, "jv"), (SUNDANESE, "su")],
    ids=["Indonesian", "Malay", "Javanese", "Sundanese"],
)
def test_words_tell_the_languages_that_they_are_of(text, language):
    assert told(text) == told(text.upper()) == language


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Tiang lan timpal tiange lakar luas ka peken, nanging ujan bales pisan mangkin.",
        "Urang kampuang pai ka pasa jo oto, tapi jalan taputuih dek banjia nan tajadi kapatang.",
        "Urang kampung tulak ka pasar lawan jukung, tagal kada kawa liwat marga banyu pasang wan hujan.",
        "De burgemeester van de stad heeft het plan voor een nieuwe brug over de rivier goedgekeurd.",
        "Il sindaco di Roma ha detto che la strada di ingresso è chiusa e che i lavori di scavo sono in ritardo.",
        "Ang mga magsasaka sa nayon ay nag-ani ng palay nang maaga dahil inaasahang uulan sa susunod na linggo.",
    ],
    ids=["English", "Balinese", "Minangkabau", "Banjar", "Dutch", "Italian", "Tagalog"],
)
def test_words_of_other_languages_tell_none(text):
    assert told(text) == ""


@pytest.mark.parametrize(
    "text", ["", "12345", "BUPATI TINJAU JALAN RUSAK", "yang dan yang dan yang dan yang dan", "😀\ud800"]
)
def test_few_different_words_tell_nothing(text):
    assert told(text) == ""


def test_a_quotation_tells_nothing_of_the_text_around_it():
    japanese = "これは日本語の文章です。" * 40

    assert told(INDONESIAN) == "id"
    assert told(japanese + INDONESIAN) == ""


@pytest.mark.parametrize(("one", "other"), [(INDONESIAN, ENGLISH), (INDONESIAN, JAVANESE), (JAVANESE, SUNDANESE)])
def test_a_text_in_two_languages_is_told_as_neither(one, other):
    assert told(f"{one} {other}") == told(f"{other} {one}") == ""


def test_one_malay_word_makes_no_malay_text_and_no_indonesian_one():
    shared = "Menteri itu juga akan pergi ke sana dengan mereka"

    assert told(f"{shared}.") == "id"
    assert told(f"{shared} kerana hujan.") == ""
    assert told(f"{shared} kerana hujan, katanya selepas rapat.") == "ms"


def test_a_name_in_malay_leaves_an_indonesian_article_indonesian():
    assert (
        told(
            "Universiti Kuala membuka kelas malam. Universiti Kuala itu merupakan yang tertua dan terbesar, karena "
            "sejak dulu para mahasiswa dari luar negeri bisa belajar di sana setelah lulus, menurut rektor."
        )
        == "id"
    )


def test_sample_articles_are_told_by_their_words_but_the_english_ones():
    records = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]

    assert Counter(told(f"{one['title']}\n{one['body']}"[:500]) for one in records) == {"id": 29, "jv": 1, "": 2}


def test_no_word_is_in_two_lists():
    words = [word for listed in _LISTS.values() for word in listed.split()]

    assert len(words) == len(set(words))
