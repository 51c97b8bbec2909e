"""Which sentences have marks; compiled or not they are the same to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.compiled import texts
from search.passages.sentences import by_sentence, by_sentence_in_python

PARTS = ["Ia", "dr", "DR", "a", "M", "s.d", "ſt", "No", "İr", "×", "_", ".", ". ", "...", "!", "…", "\n", " ", "\u00a0"]
PARTS += ["”", ")", "5", "é", "É", "x" * 20, "(" * 20, "\x1c"]
TEXTS = st.text(max_size=99) | st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@st.composite
def marked(draw):
    """Draw a text, and marks of words in it, some of which overlap."""
    text = draw(TEXTS)
    words = [place for place, sign in enumerate(text) if not sign.isspace()]
    starts = sorted(draw(st.lists(st.sampled_from(words), max_size=8))) if words else []
    ends = [draw(st.integers(start + 1, min(len(text), start + 12))) for start in starts]
    marks = [(start, end, 1 << draw(st.integers(0, 70))) for start, end in zip(starts, ends, strict=True)]
    return text, sorted(marks)


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@given(marked())
def test_compiled_or_not_the_same_sentences_have_marks(given):
    assert by_sentence(*given) == by_sentence_in_python(*given)


@pytest.mark.compiled
@pytest.mark.skipif(not texts, reason="nothing was compiled here: install gcc, and run `make test`")
@pytest.mark.parametrize(
    "marks", [[(0, 5, 1)], [(-1, 2, 1)], [(2, 2, 1)], [(2, 3, 1), (0, 1, 1)], [(0, 1, "a")], [None]]
)
def test_what_are_no_marks_is_refused(marks):
    with pytest.raises((ValueError, TypeError)):
        by_sentence("desa", marks)


@pytest.mark.parametrize("find", [by_sentence, by_sentence_in_python])
def test_marks_come_with_their_sentence_and_those_that_overlap_are_one(find):
    text = "Dr. Rina ke desa. Ia pulang.\nIa tidur."

    found = find(text, [(4, 8, 1), (6, 11, 4), (12, 16, 2), (29, 31, 1)])

    assert found == [((0, 17), [(4, 11, 5), (12, 16, 2)], 7), ((29, 38), [(29, 31, 1)], 1)]
