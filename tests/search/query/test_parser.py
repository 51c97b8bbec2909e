import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
    leaves,
    parse,
)
from tests.stemming import knowing

ANALYZER = knowing(berjalan="jalan", berlian="lian")
SIGNS = [
    '"',
    "“",
    "”",
    "(",
    ")",
    "-",
    "*",
    "|",
    "&",
    "OR",
    "ATAU",
    "AND",
    "NOT",
    "judul:",
    "penulis:",
    " ",
    "anak",
    "a",
    ":",
    "?",
    "~",
    "2",
    "tahun:",
    "2018",
    "99999",
    "..",
]


def word(text: str) -> Prefer:
    return Prefer(Term("stem", text.removeprefix("ber")), Term("exact", text))


def tree(text: str, *, require_all: bool = True) -> object:
    return parse(text, ANALYZER, require_all=require_all)


RUMAH, SAKIT, DESA = word("rumah"), word("sakit"), word("desa")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rumah", RUMAH),
        ("berjalan", word("berjalan")),
        ("Rumah SAKIT", All((RUMAH, SAKIT))),
        ("rumah AND sakit", All((RUMAH, SAKIT))),
        ("rumah & sakit", All((RUMAH, SAKIT))),
        ("rumah OR sakit", AnyOf((RUMAH, SAKIT))),
        ("rumah ATAU sakit", AnyOf((RUMAH, SAKIT))),
        ("rumah | sakit", AnyOf((RUMAH, SAKIT))),
        ("rumah atau sakit", All((RUMAH, SAKIT))),
        ("di rumah", RUMAH),
        ("apa yang", All((word("apa"), word("yang")))),
        ("rumah yg sakit", All((RUMAH, SAKIT))),
        ("tidak sakit", All((word("tidak"), SAKIT))),
        ("desa rumah OR sakit", All((DESA, AnyOf((RUMAH, SAKIT))))),
        ("(desa rumah) OR sakit", AnyOf((All((DESA, RUMAH)), SAKIT))),
        ("rumah -sakit", Except(RUMAH, SAKIT)),
        ("rumah NOT sakit", Except(RUMAH, SAKIT)),
        ("rumah -nya sakit", All((Prefer(RUMAH.node, Term("exact", "rumahnya")), SAKIT))),
        ("desa rumah -rumah sakit", All((DESA, Prefer(RUMAH.node, Term("exact", "rumah-rumah")), SAKIT))),
        ("rumah -sakit -desa", Except(RUMAH, AnyOf((SAKIT, DESA)))),
        ("-sakit", Except(Everything(), SAKIT)),
        ("rumah -(sakit desa)", Except(RUMAH, All((SAKIT, DESA)))),
        ("rumah --sakit", All((RUMAH, SAKIT))),
        ("NOT -sakit", Except(Everything(), SAKIT)),
        ('"rumah sakit"', Phrase("exact", ("rumah", "sakit"))),
        ("“rumah sakit”", Phrase("exact", ("rumah", "sakit"))),
        ('"rumah sakit', Phrase("exact", ("rumah", "sakit"))),
        ('"berjalan"', Term("exact", "berjalan")),
        ('rumah -"rumah sakit"', Except(RUMAH, Phrase("exact", ("rumah", "sakit")))),
        ("judul:berjalan", Term("title", "jalan")),
        ("title:rumah", Term("title", "rumah")),
        ('judul:"rumah sakit"', Phrase("title", ("rumah", "sakit"))),
        ("judul:(rumah sakit)", All((Term("title", "rumah"), Term("title", "sakit")))),
        ("penulis:Berlian", Term("author", "berlian")),
        ("author:rina", Term("author", "rina")),
        ("sumber:a.example", AnyOf((Term("source", "a.example"), Phrase("source", ("a", "example"))))),
        ("kategori:ekonomi", Term("category", "ekonomi")),
        ("label:padi", Term("tags", "padi")),
        ("-judul:rumah", Except(Everything(), Term("title", "rumah"))),
        ("rapat:rumah", All((word("rapat"), RUMAH))),
        ("judul:", word("judul")),
        ("judul: ", word("judul")),
        ("judul: rumah", Term("title", "rumah")),
        ("Judul : rumah sakit", All((Term("title", "rumah"), SAKIT))),
        ('title: "rumah sakit"', Phrase("title", ("rumah", "sakit"))),
        ("penulis:  rina", Term("author", "rina")),
        ("(judul: ) rumah", All((word("judul"), RUMAH))),
        ("tahun: 2019", Range("year_key", "2019", "2019")),
        ("tahun : 2018..2020", Range("year_key", "2018", "2020")),
        ("tahun: rumah", All((word("tahun"), RUMAH))),
        ("rum*", Prefix("exact", "rum")),
        ("judul:rum*", Prefix("title", "rum")),
        ("r*", Nothing()),
        ("anak-an*", AnyOf((Prefix("exact", "anakan"), Prefix("exact", "anak-an")))),
        ("anak-*", AnyOf((Wildcard("exact", "anak*"), Wildcard("exact", "anak-*")))),
        ("a*k-anak", AnyOf((Wildcard("exact", "a*kanak"), Wildcard("exact", "a*k-anak")))),
        ("anak‑?nak", AnyOf((Wildcard("exact", "anak?nak"), Wildcard("exact", "anak-?nak")))),
        ("anak-anik~", AnyOf((Fuzzy("exact", "anakanik", 1), Fuzzy("exact", "anak-anik", 1)))),
        ("rum*,", Prefix("exact", "rum")),
        ("ke*an", Wildcard("exact", "ke*an")),
        ("Ké**an*?", Wildcard("exact", "ke*an*")),
        ("b?njir", Wildcard("exact", "b?njir")),
        ("b?njir?", Wildcard("exact", "b?njir")),
        ("ru?*h", Wildcard("exact", "ru?*h")),
        ("judul:ru*h", Wildcard("title", "ru*h")),
        ("-ru*h", Except(Everything(), Wildcard("exact", "ru*h"))),
        ("rumah?", RUMAH),
        ("rumah?!", RUMAH),
        ("apa rumah sakit?", All((RUMAH, SAKIT))),
        ("*rumah", RUMAH),
        ("?rumah*sakit", All((RUMAH, SAKIT))),
        ("r?", word("r")),
        ("r*-", word("r")),
        ("a.example/b?c=d", parse("a.example b c d", ANALYZER)),
        ("banjr~", Fuzzy("exact", "banjr", 1)),
        ("Banjr~2", Fuzzy("exact", "banjr", 2)),
        ("banjr~0", Fuzzy("exact", "banjr", 1)),
        ("banjr~9?", Fuzzy("exact", "banjr", 2)),
        ("penulis:rina~", Fuzzy("author", "rina", 1)),
        ("r~", word("r")),
        ("rumah~sakit", All((RUMAH, SAKIT))),
        ("~", Nothing()),
        ('"rumah sakit"~3', Phrase("exact", ("rumah", "sakit"), 3)),
        ('"rumah sakit"~9999', Phrase("exact", ("rumah", "sakit"), 50)),
        ('judul:"rumah sakit"~1', Phrase("title", ("rumah", "sakit"), 1)),
        ('"rumah"~3', Term("exact", "rumah")),
        ('"rumah sakit"~ desa', All((Phrase("exact", ("rumah", "sakit")), DESA))),
        ("tahun:2019", Range("year_key", "2019", "2019")),
        ("year:2018..2020", Range("year_key", "2018", "2020")),
        ("tahun:2020..2018", Range("year_key", "2018", "2020")),
        ("tahun:2018..", Range("year_key", "2018", "")),
        ("tahun:..2018", Range("year_key", "", "2018")),
        ("TAHUN:2019, rumah", All((Range("year_key", "2019", "2019"), RUMAH))),
        ("rumah -tahun:2019", Except(RUMAH, Range("year_key", "2019", "2019"))),
        ("tahun:(2018 OR 2020)", AnyOf((Range("year_key", "2018", "2018"), Range("year_key", "2020", "2020")))),
        ("tahun:(2018 rumah)", All((Range("year_key", "2018", "2018"), RUMAH))),
        ("tahun:2018..rumah", parse("2018..rumah", ANALYZER)),
        ("tahun:rumah", All((word("tahun"), RUMAH))),
        ("tahun:..", word("tahun")),
        ("tahun:20191", All((word("tahun"), word("20191")))),
        ("rumah/sakit", All((RUMAH, SAKIT))),
        ("COVID-19", AnyOf((word("covid19"), Phrase("stem", ("covid", "19"))))),
        ('"COVID-19 naik"', Phrase("exact", ("covid", "19", "naik"))),
        ("", Everything()),
        ("  ", Everything()),
        ("(((", Nothing()),
        (")))", Nothing()),
        ('"', Nothing()),
        ('""', Nothing()),
        ("***", Nothing()),
        ("-", Nothing()),
        ("OR", Nothing()),
        ("😀", Nothing()),
        ("OR rumah OR", RUMAH),
        ("rumah ) sakit", All((RUMAH, SAKIT))),
        ("(rumah", RUMAH),
        ("judul:(", Nothing()),
    ],
)
def test_a_query_is_read_as_its_writer_meant_it(text, expected):
    assert tree(text) == expected


def test_any_word_will_do_where_that_is_asked():
    assert tree("rumah sakit", require_all=False) == AnyOf((RUMAH, SAKIT))
    assert tree("rumah/sakit", require_all=False) == AnyOf((RUMAH, SAKIT))


def test_parentheses_beyond_all_measure_are_passed_over():
    assert tree("(" * 400 + "rumah" + ")" * 400) == RUMAH
    assert isinstance(tree("-judul:" * 140 + "rumah"), Nothing | Except)


def test_what_is_excluded_is_nothing_that_a_hit_was_found_for():
    assert list(leaves(tree('rumah -sakit "di desa" ka*'))) == [
        Term("stem", "rumah"),
        Term("exact", "rumah"),
        Phrase("exact", ("di", "desa")),
        Prefix("exact", "ka"),
    ]


def test_what_only_adds_to_the_score_can_be_left_out():
    assert list(leaves(tree("rumah OR ()"), bonus=False)) == [Term("stem", "rumah")]
    assert list(leaves(tree(""))) == list(leaves(tree("***"))) == []


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(SIGNS)).map("".join),
        st.lists(st.sampled_from(SIGNS)).map(" ".join),
    )
)
def test_nothing_that_can_be_typed_is_an_error(text):
    tree(text)
