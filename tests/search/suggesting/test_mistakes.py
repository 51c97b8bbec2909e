import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggesting.mistakes import cost

WORD = st.text("abhkz", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("cheap", "dear"),
    [
        (("fropinsi", "propinsi"), ("tropinsi", "propinsi")),
        (("jaman", "zaman"), ("laman", "zaman")),
        (("ahir", "akhir"), ("akir", "akbir")),
        (("tuan", "tuhan"), ("tuan", "tulan")),
        (("masa", "massa"), ("masa", "maksa")),
        (("jokowii", "jokowi"), ("jokowix", "jokowi")),
        (("keaungan", "keuangan"), ("keiangan", "keuangan")),
    ],
)
def test_what_indonesian_spelling_leaves_open_is_cheaper(cheap, dear):
    assert cost(*cheap) < cost(*dear)


@given(WORD, WORD)
def test_only_the_word_itself_costs_nothing(typed, meant):
    assert (cost(typed, meant) == 0) is (typed == meant)
