"""Readers see the new first where they want it, and what is of the time that they name; articles say why."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from indexer.article import WIB
from search.answers import Answers
from search.live import LiveIndex
from search.query import Filters, Sort
from search.questions import Mode, Question
from tests.building import article, publish

NOW = datetime(2026, 8, 14, 9, tzinfo=WIB)


def flood(name, days=None, body="Banjir di Jakarta."):
    """Return an article on a flood of so many days ago."""
    published = (NOW - timedelta(days=days)).isoformat() if days is not None else None
    return article(name, title="Banjir Jakarta", body=body, published=published)


@pytest.fixture
def found(index, analyzer, ranking, highlighting):
    """Publish articles, and return what finds ids at that moment, with the recency given."""
    opened = []

    def over(*articles, text, ranking=ranking, **question):
        publish(index, *articles)
        opened.append(LiveIndex(index.path, ranking, analyzer))
        answers = Answers(opened[-1], highlighting, clock=lambda: NOW)
        return answers.search(Question(**{"text": text, "page": 1, "per_page": 10, **question}))

    yield over
    for live in opened:
        live.close()


def ids(answer):
    return [shown.hit.article.id for shown in answer.hits]


def test_the_new_comes_first_in_a_short_query(found):
    answer = found(flood("old", 2000), flood("new", 1), flood("undated"), flood("month", 31), text="banjir jakarta")

    assert ids(answer) == ["new", "month", "undated", "old"]


def test_what_tells_much_more_stays_before_what_is_new(found):
    answer = found(
        flood("about", 2000),
        article("new", body="Banjir di Jakarta.", published=NOW.isoformat()),
        text="banjir jakarta",
    )

    assert ids(answer) == ["about", "new"]


def test_the_preference_is_a_setting(found, ranking):
    articles = flood("new", 1), flood("old", 2000)
    off = found(*articles, text="banjir", ranking=replace(ranking, recency=0.0))
    on = found(*articles, text="banjir")

    assert off.hits[0].hit.score == off.hits[1].hit.score == pytest.approx(on.hits[0].hit.score / 1.1, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "first"),
    [("banjir jakarta kemarin", "yesterday"), ("banjir jakarta Agustus 2019", "2019"), ("banjir tahun 2019", "2019")],
)
@pytest.mark.parametrize("mode", Mode)
def test_the_named_time_comes_first_and_its_words_need_not_be_found(found, text, first, mode):
    answer = found(flood("today", 0), flood("yesterday", 1), flood("2019", 7 * 365), text=text, mode=mode)

    assert ids(answer)[0] == first
    assert answer.page.total == 3 and not answer.relaxed


def test_no_article_is_found_by_a_named_time_alone_unless_any_word_is_enough(found):
    articles = flood("flood"), article("time", body="Agustus 2019.", published="2019-08-01")
    relaxed, loose = (found(*articles, text="banjir zaitun Agustus 2019", mode=mode) for mode in (Mode.AUTO, Mode.ANY))

    assert (ids(relaxed), relaxed.relaxed) == (["flood"], ("zaitun",))
    assert set(ids(loose)) == {"flood", "time"}


@pytest.mark.parametrize("text", ["banjir jakarta", "banjir jakarta kemarin", "jakarta zaitun Agustus 2019"])
def test_the_ids_alone_come_in_the_order_of_the_hits(answers_over, text):
    answers = answers_over(
        flood("1", 2000), flood("2", 1), flood("3", body="Hujan."), flood("4", 30, "Jakarta banjir.")
    )
    question = Question(text=text, page=1, per_page=3)

    assert list(answers.ids(question)) == ids(answers.search(question))


def test_words_of_time_alone_are_looked_for(found):
    answer = found(article("kemarin", body="Hujan kemarin."), article("other"), text="kemarin")

    assert ids(answer) == ["kemarin"]


def test_a_sort_and_a_filter_by_date_are_as_before(found):
    articles = flood("old", 2000), flood("new", 1)

    assert ids(found(*articles, text="banjir", sort=Sort.OLDEST)) == ["old", "new"]
    dated = found(*articles, text="banjir", filters=Filters(until=NOW.date()), explain=True)
    assert not [part for part in contributions(dated.hits[0]) if part.field == "published"]


def contributions(shown):
    return [part.contribution for part in shown.explanation]


def test_the_explanation_adds_up_and_says_what_the_date_gave(found):
    (shown,) = found(flood("new", 0), text="banjir jakarta", explain=True).hits
    date = contributions(shown)[-1]

    assert (date.field, date.text) == ("published", "2026-08-14..2026-08-14")
    assert sum(part.score for part in contributions(shown)) == pytest.approx(shown.hit.score)
    by_words = sum(part.score for part in contributions(shown) if part.reason in ("stem", "exact"))
    assert date.score == pytest.approx(0.1 * by_words, abs=1e-4)


@pytest.mark.parametrize("page", [1, 5, 12])  # the last ones are not looked at for how the words stand
def test_the_explanation_adds_up_however_deep(found, page):
    articles = [flood(f"{number:03}", number, "Banjir di Jakarta. " + "Hujan. " * number) for number in range(120)]
    answer = found(*articles, text="banjir jakarta pekan lalu", page=page, per_page=10, explain=True)

    assert len(answer.hits) == 10
    for shown in answer.hits:
        assert sum(part.score for part in contributions(shown)) == pytest.approx(shown.hit.score)


def test_pages_are_cut_from_one_order(found):
    articles = [
        flood(f"{number:03}", number * 11 % 400, "Banjir " * (number % 7) + "Jakarta.") for number in range(300)
    ]
    whole = ids(found(*articles, text="banjir jakarta", per_page=300))
    pages = [ids(found(*articles, text="banjir jakarta", page=page, per_page=50)) for page in (1, 2, 6)]

    assert [one for page in pages for one in page] == whole[:100] + whole[250:]
