"""Which pieces of a text are looked at; compiled code and regular expressions must agree to the letter."""

import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.sightings import sightings, sightings_by_pattern

NO_FIGURES = False
PARTS = [
    "k",
    "a",
    "wi",
    "KAWIN",
    "n",
    "3",
    "12",
    "-",
    "’",
    ".",
    "#",
    "é",
    "İ",
    "\u00ad",
    "“",
    "_",
    "oe",
    "j",
    "d",
    " ",
    "\n",
    "\u00a0",
]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PARTS)).map("".join)
HINTS = st.sets(st.sampled_from(["kawin", "awi", "ka", "k", "a3", "12", "nn"]), max_size=4).map(tuple)


def compiled():
    try:
        return import_module("indexer.analysis._sightings").sightings
    except ImportError:
        return None


@pytest.mark.compiled
@pytest.mark.skipif(not compiled(), reason="nothing was compiled here: install gcc, and run `make test`")
@given(TEXTS, HINTS, st.booleans())
def test_compiled_or_not_the_same_pieces_are_sighted(text, hints, wants_figures):
    assert compiled()(text, hints, wants_figures) == sightings_by_pattern(text, hints, wants_figures)


@pytest.mark.compiled
@pytest.mark.skipif(not compiled(), reason="nothing was compiled here: install gcc, and run `make test`")
@pytest.mark.parametrize("hints", [("",), ("x" * 97,), ("é",), ("a",) * 513, ("\ud800",), (1,)])
def test_what_are_no_hints_is_refused_and_nothing_breaks(hints):
    with pytest.raises((ValueError, TypeError, UnicodeEncodeError)):
        compiled()("teks", hints, NO_FIGURES)


@pytest.mark.parametrize("sight", [sightings, sightings_by_pattern])
@pytest.mark.parametrize(
    ("text", "hints", "wants_figures", "seen"),
    [
        ("Isu per-kawin-an, anak", ("kawin",), False, ["per-kawin-an,"]),
        ("vitamin C, (c) akcak c3", ("c",), False, ["C,", "(c)", "c3"]),
        ("tahun 2025 dan P3K", ("tahu",), False, ["tahun", "P3K"]),
        ("tahun 2025", ("tahu",), True, ["tahun", "2025"]),
        ("x" * 97 + " desa", ("kota",), False, ["x" * 97]),
        ("“desa” — kafé", ("desa",), False, ["“desa”", "kafé"]),
        ("", ("desa",), True, []),
    ],
)
def test_pieces_are_sighted_by_their_letters(sight, text, hints, wants_figures, seen):
    assert [text[start:end] for start, end in sight(text, hints, wants_figures)] == seen


def test_without_a_compiler_regular_expressions_do_it(monkeypatch):
    monkeypatch.setenv("TELUSUR_PURE", "1")
    monkeypatch.delitem(sys.modules, "indexer.analysis.sightings")

    module = import_module("indexer.analysis.sightings")

    assert module.sightings is module.sightings_by_pattern
