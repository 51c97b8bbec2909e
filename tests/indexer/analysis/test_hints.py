"""What is looked for in a word must be in every word that is read as the term; the lists say which words there are."""

import pytest

from indexer.analysis import Analyzer
from indexer.analysis.data import rows
from indexer.analysis.hints import Hints
from indexer.analysis.sightings import sightings

ANALYZER = Analyzer()
NO_FIGURES = False


def words_of(name):
    return [word for row in rows(name) for word in row[0].split()]


@pytest.mark.parametrize("name", ["counts", "spelling", "exceptions", "compounds", "written_roots", "names"])
def test_every_word_holds_a_hint_to_each_term_that_it_is_read_as(name):
    unseen = [
        (word, term)
        for word in words_of(name)
        for token in ANALYZER.analyze(word)
        for term in (token.exact, *token.stems)
        if not sightings(word, tuple(ANALYZER.hints(term)), NO_FIGURES)
    ]

    assert unseen == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("menyapu", "sapu"),
        ("ijin", "izin"),
        ("mengijinkan", "izin"),
        ("pengalaman", "alami"),
        ("dipertanggungjawabkan", "jawab"),
        ("Soerabaja", "surabaya"),
        ("njonja", "nyonya"),
        ("anak2", "anak-anak"),
        ("per-kawin-an", "kawin"),
        ("K.P.K.", "kpk"),
        ("Qur’an", "quran"),
        ("DP3AKB", "dpppakb"),
        ("C-3", "c"),
        ("#VitaminC", "c"),
        ("diSP3", "di"),
        ("perem\u00adpuan", "perempuan"),
    ],
)
def test_a_word_is_seen_by_what_it_is_read_as(text, term):
    assert any(term in (token.exact, *token.stems) for token in ANALYZER.analyze(text))
    assert sightings(text, tuple(ANALYZER.hints(term)), NO_FIGURES)


@pytest.mark.parametrize(("text", "term"), [("rapat", "desa"), ("Jakarta", "tarik"), ("ini", "tni"), ("Vitamin", "i")])
def test_a_word_that_shows_nothing_of_a_term_is_passed_over(text, term):
    assert not sightings(text, tuple(ANALYZER.hints(term)), NO_FIGURES)


def test_the_exceptions_of_an_operator_give_hints_too():
    analyzer = Analyzer({"sby": "yudhoyono"})

    assert "sby" in analyzer.hints("yudhoyono")
    assert Hints({}).of("yudhoyono") == {"yudhoyono"}


def test_a_figure_of_any_length_gives_a_hint_that_can_be_looked_for():
    assert sightings("0" * 1000, tuple(ANALYZER.hints("0" * 1000)), True)  # noqa: FBT003 - as compiled


def test_letters_within_forms_are_seen_in_their_other_spellings():
    assert {"izi", "ijin"} <= Hints.within("izi")
