"""Facets count what the hits have, each field without its own filter: held to a count hit by hit."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import schema
from search.engines.whoosh.commonest import Counted, commonest
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.facets import MOST_VALUES
from search.query import Everything, Filters, Query, Term
from tests.building import article, written
from tests.releases import STORY

DAY = datetime(2025, 12, 20, tzinfo=UTC)
TAGS = ("padi", "sawah", "air", "desa 1")
FIELDS = (schema.TAG_KEYS, "source_key", "author_key", "month_key", "year_key")

articles = st.builds(
    lambda number, word, source, tags, day: article(
        str(number),
        body=f"{word}.",
        source=source,
        tags=tags,
        published=(DAY + timedelta(days=day)).isoformat() if day else None,
    ),
    st.integers(0, 30),
    st.sampled_from(["padi", "sawah", STORY]),
    st.sampled_from(["Kabar", "Warta", ""]),
    st.lists(st.sampled_from(TAGS), max_size=5),
    st.integers(0, 30),
)
commits = st.lists(
    st.tuples(
        st.lists(articles, min_size=1, max_size=12), st.lists(st.integers(0, 30).map(str), max_size=3), st.booleans()
    ),
    min_size=1,
    max_size=4,
)
chosen = st.dictionaries(
    st.sampled_from(FIELDS),
    st.lists(st.sampled_from(["Kabar", "Warta", "2025", "2026", "2025-12", *TAGS]), min_size=1, max_size=2).map(tuple),
    max_size=2,
)
filters = st.builds(Filters, chosen, st.none() | st.just(date(2025, 12, 25)), st.none() | st.just(date(2026, 1, 5)))
queries = st.builds(Query, st.just(Everything()) | st.just(Term(schema.STEM, "padi")), filters, facets=st.just(FIELDS))


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    return tmp_path_factory.mktemp("indexes")


@pytest.mark.thorough
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_facets_count_each_field_without_its_own_filter(indexes, ranking, analyzer, data):
    folder, held = written(indexes, analyzer, data.draw(commits))
    engine = WhooshEngine(folder, ranking)
    for query in data.draw(st.lists(queries, min_size=1, max_size=4)):
        facets = engine.search(query, offset=0, limit=1).facets

        for field in FIELDS:
            found = hits(engine, replace(query, filters=query.filters.without(field)))
            counted = Counter(value for one in held if one.id in found for value in values(one, field) if value)
            expected = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
            assert [(one.value, one.count) for one in facets[field]] == expected, (field, query)


def hits(engine, query) -> set[str]:
    return set(engine.ids(query, offset=0, limit=1000).ids)


def values(given_article, field) -> tuple[str, ...]:
    if field == schema.TAG_KEYS:
        return tuple(set(given_article.tags))
    return (schema.keys(given_article)[field],)


def test_filters_by_tag_keep_what_has_one_of_them(engine_over):
    engine = engine_over(
        article("1", tags=["a", "b"]), article("2", tags=["b"]), article("3", tags=["c"]), article("4")
    )

    assert hits(engine, Query(Everything(), Filters({schema.TAG_KEYS: ("a", "c", "none")}))) == {"1", "3"}


def test_a_chosen_value_is_told_wherever_it_comes(engine_over):
    engine = engine_over(*(article(f"{n}", author=f"Penulis {n:03}", category="x") for n in range(MOST_VALUES + 10)))
    last = f"Penulis {MOST_VALUES + 9:03}"
    query = Query(Everything(), Filters({"author_key": (last, "nobody")}), facets=("author_key",))
    (*others, told) = engine.search(query, offset=0, limit=1).facets["author_key"]

    assert (len(others), told.value, told.count) == (MOST_VALUES, last, 1)


parts = st.lists(st.dictionaries(st.text("abc", max_size=3), st.integers(0, 9)), max_size=4)


@given(parts, st.integers(1, 6))
def test_the_commonest_values_of_several_segments_are_those_of_their_sum(counts, most):
    segments = [Counted(sorted(one), np.array([one[value] for value in sorted(one)], np.int64)) for one in counts]
    total = sum((Counter(one) for one in counts), Counter())

    assert commonest(segments, most) == sorted(total.items(), key=lambda item: (-item[1], item[0]))[:most]
