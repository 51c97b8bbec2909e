"""An answer goes on where a page ended: the same list, whatever the clock or a change of the index does meanwhile."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from indexer.changes.queue import ChangeQueue
from search.answers import Answers
from search.cursors import Cursor, decoded, digest
from search.errors import CursorGone, NoCursor
from search.live import LiveIndex
from search.query import Moment, Place, Sort
from search.questions import Mode, Question
from tests.building import apply_changes, article, publish, record

NOW = datetime(2026, 8, 14, 9, tzinfo=UTC)
FLOODS = [
    article(
        f"{n:02}",
        title=f"Banjir {'Jakarta' if n % 2 else 'Bekasi'}",
        body="banjir " * (n % 5) + "surut.",
        published=(NOW - timedelta(days=10 * n)).isoformat() if n % 7 else None,
    )
    for n in range(40)
]


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def answers(index, analyzer, ranking, highlighting, clock):
    publish(index, *FLOODS)
    live = LiveIndex(index.path, ranking, analyzer)
    yield Answers(live, highlighting, clock=clock)
    live.close()


def asked(text, **others) -> Question:
    return Question(**{"text": text, "page": 1, "per_page": 7, **others})


def ids(answer) -> list[str]:
    return [shown.hit.article.id for shown in answer.hits]


def walked(answers, question, between=lambda: None):
    """Yield the answers to *question*, page by page, doing *between* after each."""
    answer = answers.search(question)
    yield answer
    while answer.following:
        between()
        answer = answers.search(question.continued(answer.following))
        yield answer


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["banjir jakarta", "banjir", "", '"banjir bekasi"'])
def test_the_pages_of_cursors_make_up_the_whole_list(answers, text, sort):
    question = asked(text, sort=sort)
    pages = list(walked(answers, question))
    whole = answers.ids(asked(text, sort=sort, per_page=100))

    assert [name for page in pages for name in ids(page)] == list(whole)
    assert [page.question.page for page in pages] == list(range(1, len(pages) + 1))
    assert {page.page.total for page in pages} == {len(whole)}


def test_the_order_stays_that_of_the_first_page_while_the_clock_runs(answers, clock):
    def months_later():
        clock.now += timedelta(days=100)

    question, longer = asked("banjir bulan lalu"), asked("banjir bulan lalu", per_page=100)
    whole = answers.ids(longer)
    pages = [ids(page) for page in walked(answers, question, months_later)]

    assert [name for page in pages for name in page] == list(whole)
    assert answers.ids(longer) != whole


def test_the_pages_of_a_relaxed_answer_stay_relaxed(answers, index):
    question = asked("banjir surut zaitun")
    first = answers.search(question)
    change(index, *(article(f"new-{n}", body="banjir surut zaitun") for n in range(3)))
    second = answers.search(question.continued(first.following))

    assert first.relaxed == second.relaxed == ("zaitun",)
    assert first.page.total < second.page.total
    assert not answers.search(question).relaxed


def test_the_pages_of_a_corrected_answer_stay_corrected(answers, index):
    question = asked("banjrir")
    first = answers.search(question)
    change(index, article("new", body="banjrir"))
    second = answers.search(question.continued(first.following))

    assert (first.corrected, first.is_corrected) == (second.corrected, second.is_corrected) == ("banjir", True)
    assert second.page.total == len(FLOODS)
    assert ids(answers.search(question)) == ["new"]


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_nothing_is_shown_twice_or_left_out_while_the_index_changes(answers, index, sort):
    question, changes = asked("banjir", sort=sort), iter(range(10))
    before = answers.ids(asked("banjir", sort=sort, per_page=100))

    def change_it():
        number = next(changes)
        put = article(f"new-{number}", body="banjir", published=(NOW - timedelta(days=90 * number)).isoformat())
        change(index, put, gone=[before[number], before[-1 - number]])

    shown = [name for page in walked(answers, question, change_it) for name in ids(page)]
    stayed = set(answers.ids(asked("banjir", per_page=100))) & set(before)

    assert len(shown) == len(set(shown))
    assert stayed <= set(shown)


def test_a_cursor_does_not_go_on_in_another_generation(answers, index):
    question = asked("banjir")
    cursor = answers.search(question).following
    publish(index, *FLOODS)

    with pytest.raises(CursorGone, match="ask again without a cursor"):
        answers.search(question.continued(cursor))


def test_the_last_page_has_no_cursor(answers):
    assert answers.search(asked("banjir", per_page=len(FLOODS) - 1)).following
    assert answers.search(asked("banjir", per_page=len(FLOODS))).following is None
    assert answers.search(asked("tidak-ada", mode=Mode.ALL)).following is None


def change(index, *put, gone=()):
    ChangeQueue(index.path).add([*((given.id, record(given)) for given in put), *((name, None) for name in gone)])
    apply_changes(index)


def cursor(**changed) -> Cursor:
    whole = {
        "generation": "g",
        "through": 1,
        "asked": digest("banjir"),
        "page": 2,
        "moment": Moment(NOW, NOW),
        "is_relaxed": False,
        "is_corrected": False,
        "corrected": None,
        "place": Place(1.25, 7, "ä/1"),
    }
    return Cursor(**{**whole, **changed})


def test_a_cursor_comes_back_as_it_was_given_out():
    given = cursor(
        corrected="banjir", is_corrected=True, moment=Moment(NOW, None), place=Place(1 / 65536, None, "x" * 512)
    )

    assert decoded(given.encoded()) == given
    assert set(given.encoded()) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@pytest.mark.parametrize(
    "impossible",
    [
        {"page": 1},
        {"place": Place(float("nan"), 7, "1")},
        {"place": Place(float("inf"), 7, "1")},
        {"moment": Moment(datetime(1, 1, 1, tzinfo=UTC), None)},
        {"moment": Moment(datetime(9999, 12, 31, tzinfo=UTC), None)},
    ],
)
def test_what_was_never_given_out_is_no_cursor_even_with_the_right_check(impossible):
    with pytest.raises(NoCursor):
        decoded(cursor(**impossible).encoded())


@pytest.mark.parametrize(
    "text",
    ["x", "====", "ä", "A" * 5_000, cursor().encoded()[:-3], cursor().encoded()[1:], cursor().encoded().swapcase()],
)
def test_other_text_is_no_cursor(text):
    with pytest.raises(NoCursor):
        decoded(text)


def test_a_cursor_of_other_values_is_none():
    content = msgspec.msgpack.encode(["g", "one"])

    with pytest.raises(NoCursor):
        decoded(urlsafe_b64encode(b"12345678" + content).decode())
