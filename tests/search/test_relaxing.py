"""When not all words must be found, and what is said of that."""

import pytest

from search.query import Sort
from search.questions import Mode, Question
from tests.building import article


@pytest.fixture
def answered(answers_over):
    answers = answers_over(
        *(article(f"both-{n}", body="Banjir di Riau.") for n in range(3)),
        *(article(f"one-{n}", body="Banjir di Jambi.", published="2026-01-01") for n in range(20)),
        article("quoted", body="Presiden meninjau banjir."),
    )

    def answered(text, mode=Mode.AUTO, sort=Sort.RELEVANCE):
        return answers.search(Question(text=text, page=1, per_page=30, mode=mode, sort=sort))

    return answered


def ids(answer) -> list[str]:
    return [shown.hit.article.id for shown in answer.hits]


def test_where_enough_articles_hold_all_words_the_others_are_left_out(answered):
    answer = answered("banjir riau")

    assert (answer.page.total, answer.relaxed) == (3, ())


def test_where_few_hold_all_words_they_come_first(answered, monkeypatch):
    monkeypatch.setattr("search.relaxing._SHARE", 1)
    answer = answered("banjir riau")

    assert {one[:4] for one in ids(answer)[:3]} == {"both"}
    assert (answer.page.total, answer.relaxed) == (24, ("riau",))


def test_by_date_one_article_with_all_words_is_enough(answered, monkeypatch):
    monkeypatch.setattr("search.relaxing._SHARE", 1)

    assert answered("banjir riau", sort=Sort.NEWEST).page.total == 3


def test_the_words_that_were_let_go_are_named_as_they_were_typed(answered):
    assert answered("banjirnya zaitun pemberantasan").relaxed == ("zaitun", "pemberantasan")


def test_a_phrase_is_a_bonus_where_not_all_words_must_be_found(answered):
    answer = answered('"meninjau banjir" zaitun')

    assert ids(answer)[0] == "quoted"
    assert (answer.page.total, answer.relaxed) == (24, ("meninjau", "zaitun"))


def test_what_is_excluded_stays_excluded_as_it_was_written(answered):
    assert "quoted" in ids(answered('banjir -"banjir meninjau"', mode=Mode.ANY))
    assert "quoted" not in ids(answered('banjir -"meninjau banjir"', mode=Mode.ANY))
    assert "both-0" in ids(answered("banjir -(riau jambi)", mode=Mode.ANY))


def test_a_word_alone_is_never_relaxed(answered):
    assert answered("zaitun").relaxed == ()
