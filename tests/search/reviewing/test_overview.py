"""An overview has the builds of an index, and which of them answers."""

import pytest

from search.reviewing.overview import overview
from search.reviewing.reports import Reports
from search.writing import Writing
from tests.building import article


@pytest.fixture
def writing(answers_over, index):
    opened = Writing(index.path, answers_over(article("1"), article("2")).live)
    yield opened
    opened.close()


def test_builds_are_told_the_latest_first(writing, index, analyzer, answers_over):
    answers_over(article("1"))
    found = overview(writing, Reports(index.path, analyzer), 30)

    assert [build.manifest.articles for build in found.builds] == [1, 2]
    assert found.standing.generation == found.builds[0].name
