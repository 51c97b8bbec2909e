import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import Analyzer, analyze
from indexer.analysis import surfaces as chunk_texts
from indexer.analysis.lexicon import Lexicon
from tests.stemming import knowing

PIECES = ["anak", "-", "–", "—", "/", ".", ",", "'", "’", "@", "#", " ", "\n", "12", "Rp", "2025", "Januari", "\u00ad"]
PIECES += [
    "\u200b",
    "\u0301",
    "\ud800",
    "\x00",
    "ＤＰ３",
    "عرب",
    "日本",
    "😀",
    "DP3AKB",
    "kalselprov.go.id",
    "ke-",
    "²",
    "ﷺ",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def exact(text: str) -> list[str]:
    return [token.exact for token in analyze(text)]


def stems(text: str) -> list[tuple[str, ...]]:
    return [token.stems for token in analyze(text)]


def surfaces(text: str) -> list[str]:
    return [text[token.start : token.end] for token in analyze(text)]


def positions(text: str) -> list[int]:
    return [token.position for token in analyze(text)]


def test_terms_keep_their_place_in_the_text():
    assert surfaces("Isu-isu gender—baik di “desa”.") == ["Isu-isu", "gender", "baik", "di", "desa"]


def test_a_doubled_word_is_one_word():
    assert stems("anak-anak") == [("anak",)]
    assert positions("isu-isu perempuan") == [0, 1]
    assert exact("Anak-anak") == ["anak-anak"]


def test_a_2_doubles_a_word_as_in_chats():
    assert exact("buku2") == exact("buku²") == ["buku-buku"]
    assert stems("buku2") == stems("buku-buku")


def test_a_slash_parts_two_words():
    assert exact("kabupaten/kota") == ["kabupaten", "kota"]
    assert positions("kabupaten/kota dan") == [0, 1, 2]


@pytest.mark.parametrize("sign", ["—", "–", " – ", "\u00a0", "…", "(", "|"])
def test_signs_between_words_part_them(sign):
    assert exact(f"gender{sign}baik") == ["gender", "baik"]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_every_hyphen_joins(hyphen):
    assert exact(f"anak{hyphen}anak") == ["anak-anak"]


def test_se_is_no_part_of_a_name():
    assert exact("se-Kalimantan Selatan") == ["kalimantan", "selatan"]
    assert surfaces("se-Kalimantan") == ["se-Kalimantan"]


@pytest.mark.parametrize(
    ("text", "word"), [("ber-KTP", "ktp"), ("non-ASN", "asn"), ("e-KTP", "ktp"), ("KTP-nya", "ktp")]
)
def test_what_a_hyphen_binds_is_found_by_the_word_itself(text, word):
    assert stems(text) == [(word,)]
    assert surfaces(text) == [text]


def test_a_compound_is_found_whole_and_in_parts():
    assert exact("COVID-19") == ["covid19", "covid", "19"]
    assert exact("covid19") == ["covid19", "covid", "19"]
    assert positions("COVID-19 naik") == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24.000", "24000"),
        ("7,5", "7.5"),
        ("1.500.000,75", "1500000.75"),
        ("10.30", "10:30"),
        ("9:05", "09:05"),
        ("2045", "2045"),
        ("S.H.", "sh"),
        ("d.k.k.", "dkk"),
        ("M.Si.", "msi"),
    ],
)
def test_equal_values_are_equal_terms(text, value):
    assert exact(text) == [value]


def test_money_is_a_sign_and_a_number():
    assert exact("Rp1.500.000,75") == ["rp", "1500000.75"]
    assert stems("Rp1.500.000,75")[1] == ("1500000.75", "1500000")


@pytest.mark.parametrize("text", ["12 Januari 2025", "12/01/2025", "2025-01-12", "12-1-2025", "12 Jan 2025"])
def test_a_day_is_one_term_however_it_is_written(text):
    assert exact(text)[0] == "2025-01-12"
    assert surfaces(text)[0] == text


def test_the_words_of_a_day_are_found_too():
    assert exact("12 Januari 2025") == ["2025-01-12", "12", "januari", "2025"]
    assert exact("31/02/2025") == ["31", "02", "2025"]


@pytest.mark.parametrize(
    ("month", "number"), [("Aprıl", "04"), ("APRİL", "04"), ("ſeptember", "09"), ("o\u212atober", "10")]
)
def test_letters_that_are_equal_but_for_case_make_equal_months(month, number):
    assert exact(f"12 {month} 2025")[0] == f"2025-{number}-12"


def test_an_ordinal_is_found_by_its_number():
    assert stems("ke-7") == [("7", "7")] or stems("ke-7")[0][0] == "7"
    assert stems("ke-VII")[0][0] == "7"
    assert exact("ke-7") == exact("ke-VII")


def test_an_acronym_with_a_digit_is_its_long_spelling():
    assert stems("DP3AKB") == stems("dp3akb") == stems("DPPPAKB")
    assert stems("P3K") == stems("PPPK")
    assert "kkk" in stems("K3")[0]


@pytest.mark.parametrize("text", ["B20", "G20", "4G", "PK5"])
def test_an_acronym_whose_digit_is_a_number_stays(text):
    assert stems(text) == [(text.lower(),)]


def test_a_host_is_found_whole_and_by_its_labels():
    assert exact("diskominfomc.kalselprov.go.id") == [
        "diskominfomc.kalselprov.go.id",
        "diskominfomc",
        "kalselprov",
        "go",
        "id",
    ]
    assert "info@kalsel.go.id" in exact("info@kalsel.go.id")
    assert "kalselprov.go.id" in exact("https://kalselprov.go.id/berita")


def test_a_sentence_without_a_blank_after_its_stop_is_two_words():
    assert exact("selesai.Kemudian") == ["selesai", "kemudian"]


def test_a_hashtag_is_found_whole_and_in_words():
    assert exact("#IndonesiaEmas2045") == ["indonesiaemas2045", "indonesia", "emas", "2045"]


def test_a_stemmer_of_ones_own_is_used():
    (token,) = knowing(perempuan="per").analyze("perempuan")

    assert token.stems == ("per",)


@settings(max_examples=500)
@given(TEXTS)
def test_any_text_gives_terms_in_place(text):
    before = (0, 0)
    for token in analyze(text):
        terms = (token.exact, *token.stems)
        assert all(term and not any(letter.isspace() for letter in term) for term in terms)
        assert 0 <= token.start < token.end <= len(text)
        assert not text[token.start : token.end][0].isspace()
        assert (token.position, token.start) >= before
        before = (token.position, token.start)


@pytest.mark.parametrize(
    ("text", "rule", "names"),
    [
        ("Penguatan", "word", ["fold", "stem"]),
        ("ijin", "word", ["spelling", "kept"]),
        ("soeharto", "word", ["spelling", "kept"]),
        ("buku2", "word", ["doubled", "kept"]),
        ("dp3akb", "word", ["acronym"]),
        ("24.000", "number", ["number"]),
        ("anak-anak", "doubled word", ["doubled word"]),
    ],
)
def test_an_explanation_says_what_each_step_did(text, rule, names):
    (explained,) = Analyzer().explain(text)

    assert explained.rule == rule
    assert [step.name for step in explained.steps] == names
    assert all(step.reason for step in explained.steps)


def test_a_word_beyond_all_measure_is_read():
    assert len(analyze("x" * 100_000)) == 1
    assert len(analyze("-".join("x" * 10_000))) > 1


@settings(max_examples=300)
@given(TEXTS)
def test_a_rule_that_is_passed_over_for_want_of_its_signs_would_not_have_read_the_chunk(text):
    unhurried = Analyzer()
    unhurried._rules_for = lambda _: unhurried._rules  # noqa: SLF001 - what it would do without the signs

    for chunk in chunk_texts(text):
        assert analyze(chunk) == unhurried.analyze(chunk)


def test_another_process_makes_the_same_analyzer():
    sent = pickle.loads(pickle.dumps(Analyzer({"padi": "beras"}, lexicon=Lexicon.of(roots=["panen"]))))  # noqa: S301 - ours

    assert [token.stems for token in sent.analyze("padi dipanen menulis")] == [("beras",), ("panen",), ("menulis",)]
