"""Over random releases, a search shows one article of each group, as a naive twin groups them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import schema
from indexer.changes.queue import ChangeQueue
from search.engines import open_engine
from search.engines.whoosh.engine import WhooshEngine
from search.query import AnyOf, Everything, Except, Filters, Phrase, Query, Sort, Term
from tests.building import apply_changes, article, publish, record, written
from tests.search.engines.releases import releases

DAY = datetime(2026, 8, 1, tzinfo=UTC)
WORDS = "tani padi sawah tanam air kota desa banjir jalan pasar sekolah guru kapal laut hutan api rumah kebun".split()
PORTALS = ("kabar.example", "warta.example", "suara.example", "")


def told(release, first, last, own):
    """Return a *release* from its sentence *first* to *last*, with sentences of its own before and after it."""
    sentence = [
        " ".join(
            WORDS[(release * 7 + number * 5 + word * (3 + (release + number) % 5)) % len(WORDS)] for word in range(9)
        )
        for number in range(first, last)
    ]
    more = [
        " ".join(WORDS[(own * 11 + word * word + number) % len(WORDS)] for word in range(9))
        for number in range(own % 3)
    ]
    return ". ".join([*more[:1], *sentence, *more[1:]])


def drawn(integer, choice):
    """Return an article that tells a release as some portal printed it; *integer* and *choice* say which."""
    number, release, first, last = integer(0, 30), integer(0, 2), integer(0, 2), integer(6, 9)
    portal, day = choice(PORTALS), integer(0, 70)
    return article(
        str(number),
        f"Kabar {integer(0, 2)}",
        told(release, first, last, own=integer(0, 8)),
        url=f"https://{portal}/{number}" if portal else "",
        source=choice(PORTALS),
        published=(DAY + timedelta(hours=6 * day)).isoformat() if day else None,
    )


@st.composite
def articles(draw):
    return drawn(lambda low, high: draw(st.integers(low, high)), lambda some: draw(st.sampled_from(some)))


commits = st.lists(
    st.tuples(
        st.lists(articles(), min_size=1, max_size=8), st.lists(st.integers(0, 30).map(str), max_size=3), st.booleans()
    ),
    min_size=1,
    max_size=4,
)
words = st.sampled_from([*WORDS, "kabar"]).map(lambda word: Term(schema.STEM, word))
trees = st.one_of(
    st.just(Everything()),
    words,
    st.builds(lambda nodes: AnyOf(tuple(nodes)), st.lists(words, min_size=1, max_size=3)),
    st.builds(
        Except,
        words,
        st.builds(lambda one, other: Phrase(schema.EXACT, (one, other), 0), *[st.sampled_from(WORDS)] * 2),
    ),
)
FILTERS = (
    Filters(),
    Filters({"source_key": PORTALS[:1]}),
    Filters(since=DAY.date() + timedelta(2), until=DAY.date() + timedelta(9)),
)
queries = st.builds(Query, trees, st.sampled_from(FILTERS), st.sampled_from(Sort), st.just(("source_key",)))


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    return tmp_path_factory.mktemp("indexes")


def shows_one_of_each(engine, groups, query):
    """Assert that of each of *groups* the first one that *query* matches is shown, and what goes with that."""
    every = engine.search(replace(query, collapse=False), offset=0, limit=100)
    found = [hit.article.id for hit in every.hits]
    hidden = {name for group in groups for name in [own for own in group if own in found][1:]}
    page = engine.search(query, offset=0, limit=100)

    assert [hit.article.id for hit in page.hits] == [name for name in found if name not in hidden]
    assert page.total == engine.count(query) == len(found) - len(hidden)
    values = {name: own for name, own in query.filters.values.items() if name != "source_key"}
    others = engine.search(replace(query, filters=replace(query.filters, values=values)), offset=0, limit=100)
    assert sum(count.count for count in page.facets["source_key"]) == sum(
        bool(hit.article.source) for hit in others.hits
    )
    assert engine.ids(query, offset=2, limit=3).ids == tuple(hit.article.id for hit in page.hits[2:5])
    for hit in every.hits:
        group = next((own for own in groups if hit.article.id in own), [hit.article.id])
        others = [one.article.id for one in engine.duplicates(hit.article.id, limit=100).hits]
        assert hit.duplicates == len(others)
        assert others == [name for name in group if name != hit.article.id]


@pytest.mark.thorough
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=set(Phase) - {Phase.explain})
@given(st.data())
def test_a_search_shows_the_first_of_each_group_that_matches(indexes, ranking, analyzer, data):
    folder, held = written(indexes, analyzer, data.draw(commits))
    engine, groups = WhooshEngine(folder, ranking), releases(held, analyzer)
    for query in data.draw(st.lists(queries, min_size=1, max_size=5)):
        shows_one_of_each(engine, groups, query)


@pytest.mark.parametrize("seed", range(5))
def test_every_engine_shows_one_of_each_release_whatever_changed(any_index, ranking, analyzer, seed):
    random = Random(seed)
    held = {given.id: given for given in (drawn(random.randint, random.choice) for _ in range(20))}
    generation = publish(any_index, *held.values()).generation
    for _ in range(3):
        gone = random.sample(sorted(held), 2)
        put = {given.id: given for given in (drawn(random.randint, random.choice) for _ in range(6))}
        changes = [*((name, record(given)) for name, given in put.items()), *((name, None) for name in gone)]
        ChangeQueue(any_index.path).add(changes)
        apply_changes(any_index)
        held = {name: given for name, given in (held | put).items() if name not in gone}
    groups, engine = releases(held.values(), analyzer), open_engine(generation, ranking)
    pinned = set(random.sample(sorted(held), 3))

    assert groups
    for tree, limits in product((Everything(), Term(schema.STEM, "padi"), Term(schema.STEM, "kabar")), FILTERS):
        query = Query(tree, limits, random.choice(list(Sort)), ("source_key",))
        shows_one_of_each(engine, groups, query)
        page = engine.search(replace(query, sort=Sort.RELEVANCE, pinned=tuple(pinned)), offset=0, limit=100)
        shown = [hit.article.id for hit in page.hits]
        assert page.total == len(shown) == len(set(shown))
        assert all(len(set(group) & set(shown) - set(pinned)) <= 1 for group in groups)
        assert not any(
            set(group) & set(shown) - set(pinned) for group in groups if set(group) & set(shown) & set(pinned)
        )
    engine.close()
