import pytest

from indexer.analysis import analyze
from indexer.analysis.data import rows
from indexer.analysis.spelling import modern, standard, written_forms


@pytest.mark.parametrize(("form", "right"), [("aktifitas", "aktivitas"), ("ijin", "izin"), ("rumah", "rumah")])
def test_a_non_standard_spelling_meets_the_standard_one(form, right):
    assert standard(form) == right


def test_no_standard_form_is_itself_non_standard():
    forms = written_forms()

    assert not [right for right in forms.values() if right in forms]
    assert len(forms) >= 150


@pytest.mark.parametrize(
    ("old", "today"),
    [("soeharto", "suharto"), ("djakarta", "jakarta"), ("soerabaja", "surabaya"), ("njonja", "nyonya")],
)
def test_an_old_spelling_is_read_where_its_letters_show_it(old, today):
    assert modern(old, {today}.__contains__) == today
    assert modern(old, set().__contains__) == old


@pytest.mark.parametrize("word", ["jaya", "maju", "raja", "poem", "toer", "unj", "menjanjikan", "menjanjikannya"])
def test_a_word_of_today_is_left_alone(word):
    assert analyze(word)[0].exact == word


@pytest.mark.parametrize("name", ["spelling", "chat", "exceptions", "compounds", "acronyms"])
def test_no_word_stands_twice_in_a_list(name):
    words = [word for row in rows(name) for word in ([row[0]] if name == "acronyms" else row[0].split())]

    assert len(words) == len(set(words))
