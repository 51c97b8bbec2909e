"""Lines of an answer end where a terminal's do, whatever is marked in them; rich is the oracle."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from search.commands.answer_text import Piece, answer_text, terminal_width, wrapped
from search.questions import Question
from tests.building import article

WORDS = st.lists(st.text("abé文😀", min_size=1, max_size=5), min_size=1, max_size=30)
GREEN = {"fg": "green"}


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in click.unstyle(text).splitlines()]


@given(words=WORDS, width=st.integers(10, 40), every=st.integers(1, 4))
def test_words_are_wrapped_as_rich_does(words, width, every):
    pieces = [
        Piece(f"{word} " if place < len(words) - 1 else word, {} if place % every else GREEN)
        for place, word in enumerate(words)
    ]
    expected = Text(" ".join(words)).wrap(Console(width=width), width)

    assert lines(wrapped(pieces, width)) == [line.plain.rstrip() for line in expected]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("ab cdefghij kl", 4, ["ab", "cdef", "ghij", "kl"]),
        ("文文文", 4, ["文文", "文"]),
        ("文文", 1, ["文", "文"]),
        ("", 4, []),
    ],
)
def test_a_word_that_is_wider_than_a_line_is_parted(text, width, expected):
    assert lines(wrapped([Piece(text, {})], width)) == expected


def test_what_is_marked_stays_marked_over_the_end_of_a_line():
    found = wrapped([Piece("Panen ", {}), Piece("padi sawah", GREEN)], 10)

    assert found == f"Panen {click.style('padi ', **GREEN)}\n{click.style('sawah', **GREEN)}"


def test_the_environment_says_how_wide_a_line_is(monkeypatch):
    monkeypatch.setenv("COLUMNS", "33")

    assert terminal_width() == 33


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("NO_COLOR", "", "\x1b[32m\x1b[1mpadi"),
        ("NO_COLOR", "1", "\x1b[1mpadi"),
        ("TERM", "dumb", "1. padi"),
    ],
)
def test_no_colours_are_shown_where_none_are_asked_for(answers_over, monkeypatch, name, value, shown):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    answers = answers_over(article("1", title="padi"))

    assert shown in answer_text(answers.search(Question(text="padi", page=1, per_page=1)))
