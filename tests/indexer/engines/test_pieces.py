"""Texts become pieces, of which each distinct one is read once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, surfaces
from indexer.engines.pieces import PieceReader
from indexer.engines.pieces.cutting import OTHER_SEPARATORS, Cut
from indexer.engines.pieces.numbers import PieceNumbers
from tests.texts import TEXTS


def all_pieces(cut: Cut) -> list[str]:
    return [piece.decode() for piece in cut.pieces(np.arange(len(cut.start)))]


@given(st.lists(TEXTS))
def test_the_chunks_of_the_pieces_are_those_of_the_text(texts):
    cut = Cut.of(texts)
    pieces = iter(all_pieces(cut))

    for text, count in zip(texts, cut.counts.tolist(), strict=True):
        found = [chunk for _ in range(count) for chunk in surfaces(next(pieces))]
        assert found == [" ".join(chunk.split()) for chunk in surfaces(text)]


@pytest.mark.parametrize("sign", OTHER_SEPARATORS)
def test_no_chunk_holds_a_sign_at_which_texts_are_cut(sign):
    assert surfaces(f"a{sign}b") == ["a", "b"]


def test_marks_at_the_ends_of_a_word_make_no_new_piece():
    cut = Cut.of(['Raya, raya. (raya) "raya" raya; -raya- 1.500,'])

    assert all_pieces(cut) == ["Raya", *["raya"] * 5, "1.500"]


def test_each_distinct_piece_is_asked_for_once():
    words = [f"{'kata' * (n % 6)}{n}" for n in range(30_000)]
    asked: list[bytes] = []
    numbers = PieceNumbers()

    def new(pieces: list[bytes]) -> list[int]:
        return [asked.append(piece) or len(asked) for piece in pieces]

    found = [numbers.of(Cut.of([" ".join(words)]), new).tolist() for _ in range(2)]
    assert [asked[number - 1].decode() for number in found[0]] == words
    assert found[0] == found[1] and len(numbers) == len(asked) == 30_000


def test_words_that_differ_in_capitals_alone_share_a_number():
    entered: list[object] = []
    pieces = PieceReader(Analyzer())
    numbers, counts = pieces.numbers(
        ["Raya RAYA raya Café cafe", "", "panen"], lambda *new: entered.append(new) or len(entered)
    )

    assert counts.tolist() == [5, 0, 1]
    assert len({*numbers.tolist()}) == len(entered) == 3
