"""Which pieces of a text are looked at; compiled code and regular expressions must agree to the letter."""

import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.compiled import texts
from indexer.analysis.sightings import sightings, sightings_by_pattern, spotted, spotted_by_pattern

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


def spots(piece):
    """Return a mark at each letter of *piece*, and which of three signs it holds."""
    marks = tuple((at, at + 1, ord(letter) % 7 + 1) for at, letter in enumerate(piece) if letter.isalpha())
    return sum(1 << number for number, sign in enumerate("k3-") if sign in piece), marks


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@given(TEXTS, HINTS, st.booleans())
def test_compiled_or_not_the_same_pieces_are_sighted(text, hints, wants_figures):
    assert texts.sightings(text, hints, wants_figures) == sightings_by_pattern(text, hints, wants_figures)


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@given(TEXTS, HINTS, st.booleans())
def test_compiled_or_not_the_same_is_spotted(text, hints, wants_figures):
    here, there = {}, {}

    found = texts.spotted(text, hints, wants_figures, here, spots)

    assert (found, here) == (spotted_by_pattern(text, hints, wants_figures, there, spots), there)


@pytest.mark.parametrize("spot", [spotted, spotted_by_pattern])
def test_a_piece_is_read_once(spot):
    read = []

    def spots_of(piece):
        read.append(piece)
        return spots(piece)

    known = {"k3": (4, ((0, 2, 8),))}
    assert spot("ka k3 di ka", ("ka",), True, known, spots_of) == (  # noqa: FBT003 - as compiled
        [(0, 1, 3), (1, 2, 7), (3, 5, 8), (9, 10, 3), (10, 11, 7)],
        5,
    )
    assert read == ["ka"]


@pytest.mark.parametrize("spot", [spotted, spotted_by_pattern])
@pytest.mark.parametrize("spots_of", [lambda _: 1 / 0, lambda _: None, lambda _: (0, ((1,),)), lambda _: (0, (None,))])
def test_what_cannot_be_read_is_an_error(spot, spots_of):
    with pytest.raises((ZeroDivisionError, TypeError, ValueError)):
        spot("ka", ("ka",), False, {}, spots_of)  # noqa: FBT003 - as compiled


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@pytest.mark.parametrize("hints", [("",), ("x" * 97,), ("é",), ("a",) * 513, ("\ud800",), (1,)])
def test_what_are_no_hints_is_refused_and_nothing_breaks(hints):
    with pytest.raises((ValueError, TypeError, UnicodeEncodeError)):
        texts.sightings("teks", hints, NO_FIGURES)


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
    for name in ("compiled", "sightings"):
        monkeypatch.delitem(sys.modules, f"indexer.analysis.{name}")

    module = import_module("indexer.analysis.sightings")

    assert (module.sightings, module.spotted) == (module.sightings_by_pattern, module.spotted_by_pattern)
