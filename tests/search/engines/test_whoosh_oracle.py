"""Over random indexes and queries, our engine finds what Whoosh finds, scored by the formula, in a total order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir

from indexer import schema
from indexer.engines.moments import MISSING_DATE
from indexer.engines.whoosh.schema import whoosh_schema
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.matches import UNIT
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Filters,
    Fuzzy,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Range,
    Sort,
    Term,
    Timeliness,
    Wildcard,
)
from tests.building import article, written
from tests.search.engines.corpora import DAY, FORMS, SOURCES, STEMS, WORDS
from tests.search.engines.naive import Naive
from tests.search.engines.oracle import Bm25f, translated, translated_filters

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
articles = st.builds(
    lambda number, title, body, source, day: article(
        str(number), title, body, source=source, published=(DAY + timedelta(days=day)).isoformat() if day else None
    ),
    st.integers(0, 30),
    texts,
    texts,
    st.sampled_from(SOURCES),
    st.integers(0, 5),
)
commits = st.lists(
    st.tuples(
        st.lists(articles, min_size=1, max_size=12), st.lists(st.integers(0, 30).map(str), max_size=3), st.booleans()
    ),
    min_size=1,
    max_size=4,
)

words = st.one_of(
    st.builds(Term, st.sampled_from([schema.STEM, schema.TITLE]), st.sampled_from(STEMS)),
    st.builds(Term, st.just(schema.EXACT), st.sampled_from(FORMS)),
)
expanding = st.one_of(
    st.builds(Prefix, st.just(schema.EXACT), st.sampled_from(["pe", "pen", "t", "s", "zz", "24"])),
    st.builds(Prefix, st.just(schema.TITLE), st.sampled_from(["ta", "a", "zz"])),
    st.builds(Wildcard, st.just(schema.EXACT), st.sampled_from(["*an", "p?di", "pe*n", "*", "t?n*"])),
    st.builds(Fuzzy, st.just(schema.EXACT), st.sampled_from(["padu", "petaniii", "sawa", "ai"]), st.integers(1, 2)),
    st.builds(Range, st.just(schema.STEM), st.sampled_from(["a", "padi", "q"]), st.sampled_from(["", "sawah", "tan"])),
    st.builds(Range, st.just("year_key"), st.sampled_from(["2025", "2026"]), st.sampled_from(["2026", "2030"])),
)
phrases = st.one_of(
    st.builds(
        Phrase,
        st.just(schema.EXACT),
        st.lists(st.sampled_from(FORMS), min_size=2, max_size=3).map(tuple),
        st.integers(0, 3),
    ),
    st.builds(
        Phrase, st.just(schema.STEM), st.lists(st.sampled_from(STEMS), min_size=2, max_size=3).map(tuple), st.just(0)
    ),
)
plain = st.builds(
    lambda word, exact: Prefer(Term(schema.STEM, word), Term(schema.EXACT, exact)),
    st.sampled_from(STEMS),
    st.sampled_from(FORMS),
)
alike = st.one_of(
    st.builds(Term, st.just(schema.STEM), st.sampled_from(STEMS)),
    st.builds(
        Phrase, st.just(schema.STEM), st.lists(st.sampled_from(STEMS), min_size=2, max_size=3).map(tuple), st.just(0)
    ),
)
leaves = st.one_of(words, plain, expanding, phrases, st.just(Everything()), st.just(Nothing()))
trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.builds(All, st.lists(nodes, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(nodes, min_size=1, max_size=4).map(tuple)),
        st.builds(Prefer, nodes, nodes, st.sampled_from([1.0, 0.2])),
        st.builds(Alike, nodes, st.lists(alike, min_size=1, max_size=2).map(tuple), st.sampled_from([1.0, 0.5])),
        st.builds(Except, nodes, nodes),
    ),
    max_leaves=8,
)
filters = st.one_of(
    st.just(Filters()),
    st.builds(lambda source: Filters({"source_key": source}), st.lists(st.sampled_from(SOURCES[:2])).map(tuple)),
    st.builds(
        lambda since, until: Filters(since=DAY.date() + timedelta(since), until=DAY.date() + timedelta(until)),
        st.integers(-1, 3),
        st.integers(2, 6),
    ),
)
preferences = st.builds(
    lambda first, days, half_life, weight: Timeliness(
        int(DAY.timestamp()) + first * 86_400, int(DAY.timestamp()) + (first + days) * 86_400, half_life, weight
    ),
    st.integers(0, 6),
    st.integers(1, 3),
    st.sampled_from([3_600.0, 86_400.0, 864_000.0]),
    st.sampled_from([0.1, 0.3, 1.0]),
)
queries = st.builds(
    Query, trees, filters, st.sampled_from(Sort), timeliness=st.none() | preferences, collapse=st.sampled_from([False])
)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    return tmp_path_factory.mktemp("indexes")


@pytest.fixture(scope="module", params=[1, 3, 24], ids=["none", "some", "most"])
def _frequent(request):
    """Have no, some or most words be taken for frequent ones, which are looked up and not added up, or read alone."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("indexer.engines.whoosh.codec.unions.ALONE", {1: 512, 3: 4, 24: 0}[request.param])
        patched.setattr("search.engines.whoosh.searcher.FREQUENT", request.param)
        patched.setattr("search.engines.whoosh.timely.HEAD", 2)  # so that few articles are many
        yield


@pytest.mark.thorough
@pytest.mark.usefixtures("_frequent")
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), phases=set(Phase) - {Phase.explain})
@given(st.data())
def test_our_engine_finds_what_whoosh_finds_scored_by_the_formula(indexes, ranking, analyzer, data):
    history, page, size = data.draw(commits), data.draw(st.integers(0, 3)), data.draw(st.integers(1, 12))
    folder, held = written(indexes, analyzer, history)
    engine = WhooshEngine(folder, ranking)
    with open_dir(str(folder), schema=whoosh_schema()).searcher(weighting=Bm25f(ranking)) as searcher:
        naive = Naive(held, analyzer, searcher, ranking)
        for query in data.draw(st.lists(queries, min_size=1, max_size=8)):
            total, found = engine.ranked(query, offset=0, limit=1000)

            assert {one.id for one in found} == by_whoosh(searcher, query) == set(naive.scores(query)), query
            assert total == len(found)
            assert [one.id for one in found] == [one.id for one in sorted(found, key=ORDERS[query.sort])], query
            assert engine.ranked(query, offset=page * size, limit=size)[1] == found[page * size : (page + 1) * size]
            if query.sort is Sort.RELEVANCE:
                assert {one.id: one.score / UNIT for one in found} == pytest.approx(naive.scores(query), abs=2e-4), (
                    query
                )


def by_whoosh(searcher, query) -> set[str]:
    ids = searcher.reader().column_reader(schema.ID)
    results = searcher.search(translated(query.tree), limit=None, filter=translated_filters(query.filters))
    return {ids[number] for number in results.docs()}


ORDERS = {
    Sort.RELEVANCE: lambda found: (-found.score, -found.published, found.id),
    Sort.NEWEST: lambda found: (-found.published, found.id),
    Sort.OLDEST: lambda found: (found.published == MISSING_DATE, found.published, found.id),
}
