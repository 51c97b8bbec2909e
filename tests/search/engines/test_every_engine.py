"""Over the same articles every engine finds what going through them one by one does, in the order that is asked for."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from indexer import schema
from search.query import Sort
from search.query.times import UNDATED
from tests.search.engines.corpora import corpus, queries, worded
from tests.search.engines.naive import Naive

SEED = 18
PAGE = 7
CLEAR = 1.3
"""An article that scores so many times as much as another comes before it with whatever engine."""


class Statistics:
    """What Whoosh's reader tells `Naive` of a whole index, counted."""

    def __init__(self, articles, analyzer) -> None:
        self._postings = [schema.postings(given, analyzer) for given in articles]

    def doc_count_all(self):
        return len(self._postings)

    def doc_frequency(self, field, text):
        return sum(any(posting.term == text for posting in own[field]) for own in self._postings)

    def avg_field_length(self, field):
        field = schema.EXACT if field == schema.STEM else field
        return sum(len({(p.position, p.term) for p in own[field]}) for own in self._postings) / len(self._postings)


@pytest.fixture
def index(any_index):
    return any_index


@pytest.fixture
def articles():
    return corpus(Random(SEED), 45)


def published(given):
    return given.published.timestamp() if given.published else None


def by_date(given, *, newest):
    moment = published(given)
    return (moment is None, (-moment if newest else moment) if moment is not None else UNDATED, given.id)


def test_every_engine_finds_what_going_through_all_articles_finds(engine_over, articles, analyzer, ranking):
    engine = engine_over(*articles)
    naive = Naive(articles, analyzer, Statistics(articles, analyzer), ranking)
    by_id = {given.id: given for given in articles}
    for query in queries(Random(SEED), 150):
        expected = naive.scores(query)
        page = engine.search(query, offset=0, limit=100)
        found = [hit.article.id for hit in page.hits]

        assert set(found) == set(expected) and len(found) == page.total == engine.count(query), query
        assert engine.has(query, page.total) and not engine.has(query, page.total + 1), query
        any_source = naive.scores(replace(query, filters=query.filters.without("source_key")))
        sources = Counter(by_id[name].source for name in any_source if by_id[name].source)
        counted = {count.value: count.count for count in page.facets["source_key"]}
        assert counted == sources, query
        if query.sort is not Sort.RELEVANCE:
            newest = query.sort is Sort.NEWEST
            assert found == sorted(expected, key=lambda name: by_date(by_id[name], newest=newest)), query
        pages = [engine.ids(query, offset=first, limit=PAGE).ids for first in range(0, page.total, PAGE)]
        assert [name for ids in pages for name in ids] == found, query


def test_every_engine_orders_clear_cases_alike(engine_over, articles, analyzer, ranking):
    engine = engine_over(*articles)
    naive = Naive(articles, analyzer, Statistics(articles, analyzer), ranking)
    for query in worded(Random(SEED + 1), 60):
        expected = naive.scores(query)
        found = [expected[hit.article.id] for hit in engine.search(query, offset=0, limit=100).hits]

        assert not [pair for pair in combinations(found, 2) if pair[1] > CLEAR * pair[0]], query


def test_what_all_hits_hold_is_told_from_what_some_lack(engine_over, articles, analyzer, ranking):
    engine = engine_over(*articles)
    naive = Naive(articles, analyzer, Statistics(articles, analyzer), ranking)
    asked = queries(Random(SEED + 2), 40)
    ids = [given.id for given in articles[:4]]
    nodes = list(dict.fromkeys(query.tree for query in asked))
    expected = [node for node in nodes if not set(ids) <= set(naive.scores(type(asked[0])(node)))]

    assert engine.lacking(nodes, ids) == expected


def test_explanations_add_up_whatever_is_asked(engine_over, articles):
    engine = engine_over(*articles)
    for query in queries(Random(SEED + 3), 40):
        if query.sort is Sort.RELEVANCE:
            hits = engine.search(query, offset=0, limit=5).hits
            for hit, parts in zip(hits, engine.explain(query, [hit.article.id for hit in hits]), strict=True):
                assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-3), query
