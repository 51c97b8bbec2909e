"""Hits after a place are those that follow it in the whole list, wherever the list is cut."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.moments import MISSING_DATE
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.matches import UNIT
from search.query import Everything, Place, Query, Sort, Term
from tests.building import article, written
from tests.releases import printed
from tests.search.engines.test_whoosh_oracle import commits, queries

TIED = [article(f"{n:02}", body="Padi.", published=f"2026-01-0{n % 3 + 1}" if n % 4 else None) for n in range(40)]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    return tmp_path_factory.mktemp("indexes")


@pytest.fixture(scope="module", params=[3, 50], ids=["few", "all"])
def _looked_at(request):
    """Have few of the best hits be looked at once more for how words stand in them, or all."""
    with pytest.MonkeyPatch.context() as patched:
        for module in ("ranked", "engine", "continuing"):
            patched.setattr(f"search.engines.whoosh.{module}.LOOKED_AT", request.param)
        yield


def place_of(found) -> Place:
    return Place(found.score / UNIT, None if found.published == MISSING_DATE else found.published, found.id)


@pytest.mark.thorough
@pytest.mark.usefixtures("_looked_at")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_hit_is_followed_by_what_follows_it_in_the_list(indexes, ranking, analyzer, data):
    folder, _ = written(indexes, analyzer, data.draw(commits))
    engine, size = WhooshEngine(folder, ranking), data.draw(st.integers(1, 12))
    for query in data.draw(st.lists(queries, min_size=1, max_size=4)):
        total, found = engine.ranked(query, offset=0, limit=1000)

        for number, last in enumerate(found, 1):
            continued = replace(query, after=place_of(last))
            assert engine.ranked(continued, offset=0, limit=size) == (total, found[number : number + size]), query


@pytest.mark.usefixtures("_looked_at")
@pytest.mark.parametrize("sort", Sort)
def test_hits_of_one_score_and_day_are_told_apart_by_id(engine_over, sort):
    engine, query = engine_over(*TIED), Query(Term("stem", "padi"), sort=sort)
    whole, walked = engine.ranked(query, offset=0, limit=100)[1], []
    while page := engine.ranked(query, offset=0, limit=7)[1]:
        walked += page
        query = replace(query, after=place_of(page[-1]))

    assert walked == whole and len(walked) == len(TIED)


@pytest.mark.parametrize("sort", Sort)
def test_of_a_release_one_article_is_met_on_the_way(engine_over, sort):
    engine = engine_over(*(printed(f"{n}", f"{n}.example") for n in range(6)), *TIED[:9])
    query, walked = Query(Term("stem", "padi"), sort=sort), []
    while page := engine.ranked(query, offset=0, limit=2)[1]:
        walked += [one.id for one in page]
        query = replace(query, after=place_of(page[-1]))

    assert sorted(walked) == sorted(["0", *(one.id for one in TIED[:9])])


@pytest.mark.parametrize("sort", Sort)
def test_a_place_need_not_be_that_of_an_article(engine_over, sort):
    engine = engine_over(*TIED)
    query = Query(Everything(), sort=sort, after=Place(1.0, 1_767_286_800, "05-between"))
    following = engine.ranked(query, offset=0, limit=3)[1]

    assert [one.id for one in following] == ["07", "10", "13"]


@pytest.mark.parametrize("score", [1e300, -1e300])
def test_a_place_beyond_all_scores_is_before_or_after_all(engine_over, score):
    query = Query(Everything(), after=Place(score, None, ""))

    assert len(engine_over(*TIED).ranked(query, offset=0, limit=100)[1]) == (len(TIED) if score > 0 else 0)


def test_a_page_says_whether_more_follow(engine_over):
    engine = engine_over(*TIED)
    pages = [engine.search(Query(Everything()), offset=20, limit=limit) for limit in (19, 20)]

    assert [(page.more, len(page.hits)) for page in pages] == [(True, 19), (False, 20)]
