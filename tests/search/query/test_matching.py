import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.matching import is_near, near, wildcard_pattern


def is_like(word: str, text: str) -> bool:
    """Say the same as the pattern, letter by letter."""
    if not text:
        return not word
    if text[0] == "*":
        return is_like(word, text[1:]) or bool(word and is_like(word[1:], text))
    return bool(word) and text[0] in (word[0], "?") and is_like(word[1:], text[1:])


def distance(word: str, other: str) -> int:
    """Return how many changes of a letter make *other* of *word*, by the definition."""
    if not word or not other:
        return len(word) + len(other)
    exchanged = distance(word[1:], other[1:]) + (word[0] != other[0])
    return (
        exchanged
        if word[0] == other[0]
        else min(exchanged, distance(word[1:], other) + 1, distance(word, other[1:]) + 1)
    )


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("ke*an", "kesehatan", True),
        ("ke*an", "kean", True),
        ("ke*an", "kesehatannya", False),
        ("b?njir", "banjir", True),
        ("b?njir", "bnjir", False),
        ("isu.", "isua", False),
        ("a*" * 30 + "b", "a" * 64, False),
    ],
)
def test_signs_stand_for_letters(text, word, expected):
    assert bool(wildcard_pattern(text).fullmatch(word)) is expected


@given(st.text("ab*?", max_size=6), st.text("ab", max_size=6))
def test_a_pattern_is_read_letter_by_letter(text, word):
    assert bool(wildcard_pattern(text).fullmatch(word)) is is_like(word, text)


@pytest.mark.parametrize(
    ("word", "other", "most", "expected"),
    [
        ("banjr", "banjir", 1, True),
        ("banjir", "banjr", 1, True),
        ("banjir", "bonjir", 1, True),
        ("banjir", "panjir", 1, False),
        ("banjir", "bonjor", 1, False),
        ("banjir", "bonjor", 2, True),
        ("banjir", "bnajir", 1, False),
    ],
)
def test_near_words_differ_by_few_letters_after_the_first(word, other, most, expected):
    assert is_near(word, other, most) is expected


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(1, 2))
def test_near_is_what_levenshtein_says(word, other, most):
    assert is_near(word, other, most) is (word[:1] == other[:1] and distance(word, other) <= most)


@given(st.lists(st.text("abc", max_size=8), max_size=30), st.text("abc", max_size=8), st.integers(0, 3))
def test_of_many_words_the_same_are_near(words, word, most):
    assert near(words, word, most) == [place for place, other in enumerate(words) if is_near(word, other, most)]
