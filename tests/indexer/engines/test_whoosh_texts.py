"""A dictionary gives back its texts, finds each of them, and knows which begin alike."""

from bisect import bisect_left
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.dictionary import Texts, write_texts
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter

WORD = st.builds(
    lambda head, rest: (head + rest).encode(),
    st.sampled_from(["", "berkepanjangan"]),
    st.text("abı\0\xff", max_size=40),
)
WORDS = st.lists(WORD, max_size=90).map(sorted)


def written(texts: list[bytes]) -> Texts:
    with TemporaryDirectory() as folder:
        file = ArrayFileWriter(Path(folder) / "texts")
        write_texts(file, texts)
        return Texts(ArrayFile(Path(folder) / "texts", file.finish()))


@given(WORDS)
def test_texts_come_back_as_they_were(texts):
    found = written(texts)

    assert found.listed(0, len(texts)) == texts == list(found)
    assert found.listed(7, 33) == texts[7:33]


@given(WORDS, WORDS)
def test_a_text_is_found_within_its_group_only(one, other):
    found = written(one + other)

    for text in {*one, *other}:
        places = [place for place in range(len(one), len(one + other)) if (one + other)[place] == text]
        assert list(found.find(text, len(one), len(one + other))) == places
        assert found.below(text, 0, len(one)) == bisect_left(one, text)


@given(WORDS, st.text("abı", max_size=2).map(str.encode))
def test_texts_that_begin_alike_are_one_range(texts, prefix):
    first, last = written(texts).prefixed(prefix, 0, len(texts))

    assert [texts[number].startswith(prefix) for number in range(len(texts))] == [
        first <= number < last for number in range(len(texts))
    ]


@pytest.mark.parametrize("length", [31, 32, 33, 254, 255, 256, 70_000])
def test_long_texts_with_one_beginning_are_told_apart(length):
    texts = [b"a" * length, b"a" * length + b"a", b"a" * length + b"b"]

    assert list(written(texts)) == texts
