"""An overview has what can be told, and says why the rest cannot."""

import pytest

from search.deadline import deadline
from search.reviewing.overview import Untold, overview
from search.writing import Writing
from tests.asked import logged, search
from tests.building import article


@pytest.fixture
def writing(answers_over, index):
    opened = Writing(index.path, answers_over(article("1"), article("2")).live)
    yield opened
    opened.close()


def test_a_log_that_takes_longer_than_an_answer_may_is_left_and_the_index_is_told(writing, index, analyzer):
    logged(index.path, *(search(f"kueri {number}", hits=0, by=number) for number in range(3_000)))
    in_time = overview(writing, analyzer, 30)
    with deadline(0):
        late = overview(writing, analyzer, 30)

    assert in_time.asked.searches == 3_000
    assert late.asked is Untold.LATE and late.standing.articles == in_time.standing.articles == 2


def test_builds_are_told_the_latest_first(writing, analyzer, answers_over):
    answers_over(article("1"))
    found = overview(writing, analyzer, 30)

    assert [build.manifest.articles for build in found.builds] == [1, 2]
    assert found.standing.generation == found.builds[0].name
