"""What is written down of a query: what all write alike, and nothing that names a person."""

import pytest

from search.query_log.texts import normalised, stored

LONGEST = 100


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("3175010101900001", "[nik]"),
        ("nik 3175 0101 0190 0001 budi", "nik [nik] budi"),
        ("3175.0101.0190.0001", "[nik]"),
        ("081234567890", "[nomor]"),
        ("0812-3456-7890", "[nomor]"),
        ("+62 812 3456 7890", "[nomor]"),
        ("telepon (021) 555 1234", "telepon [nomor]"),
        ("rekening 1234567890", "rekening [nomor]"),
        ("npwp 01.234.567.8-901.000", "npwp [nomor]"),
        ("Budi.Santoso+x@kalsel.go.id terlapor", "[email] terlapor"),
        ("x" * 101, "[panjang]"),
    ],
)
def test_what_names_a_person_is_masked(typed, text):
    assert stored(typed, LONGEST) == (text, True)


@pytest.mark.parametrize(
    "typed",
    [
        "kawin anak",
        "rp 1.500.000.000",
        "17-08-1945",
        "2024-2029",
        "pemilu 2019 2024 2029",
        "tahun:2018..2020",
        "uu 11 2020 35 2021",
        "uu 27/2022",
        "covid-19",
        "x" * 100,
        "@kominfo",
    ],
)
def test_what_names_none_stays(typed):
    assert stored(typed, LONGEST) == (typed, False)


@pytest.mark.parametrize("typed", ["Kawin  ANAK", " kawin\tanak\n", "kawin anak"])
def test_equal_queries_are_one(typed):
    assert normalised(typed) == "kawin anak"


def test_operators_and_signs_stay():
    assert normalised('Kawin OR "Nikah Siri" -Anak judul:Desa or') == 'kawin OR "nikah siri" -anak judul:desa or'


def test_letters_are_composed_and_whole():
    assert normalised("Cafe\u0301 \ud83d") == "café ?"
