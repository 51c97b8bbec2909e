"""Of one release a search shows one article, and says where the others are."""

from datetime import date

import pytest

from indexer.changes.queue import ChangeQueue
from search.live import LiveIndex
from search.query import Everything, Filters, Query, Sort
from tests.building import apply_changes, article, publish, record
from tests.releases import STORY, printed

FIRST, SECOND, LATER = "kabar.example", "warta.example", "suara.example"


def ids(engine, **options) -> list[str]:
    return [hit.article.id for hit in engine.search(Query(Everything(), **options), offset=0, limit=10).hits]


def others(engine, name: str) -> list[str]:
    return [hit.article.id for hit in engine.duplicates(name, limit=10).hits]


@pytest.fixture
def index(any_index):
    return any_index


@pytest.fixture
def engine(engine_over):
    return engine_over(
        printed("a", SECOND, published="2026-08-02"),
        printed("b", FIRST, published="2026-08-01"),
        printed("c", LATER, published="2026-08-03"),
        article("other"),
    )


def test_the_earliest_article_of_a_release_is_shown_and_counts_the_others(engine):
    page = engine.search(Query(Everything(), facets=("source_key",)), offset=0, limit=10)

    assert [(hit.article.id, hit.duplicates) for hit in page.hits] == [("b", 2), ("other", 0)]
    assert page.total == engine.count(Query(Everything())) == 2
    assert [(count.value, count.count) for count in page.facets["source_key"]] == [(FIRST, 1)]


def test_all_articles_are_shown_to_who_asks_for_them(engine):
    assert ids(engine, collapse=False, sort=Sort.OLDEST) == ["b", "a", "c", "other"]


def test_of_those_that_match_the_first_is_shown(engine):
    assert ids(engine, filters=Filters(since=date(2026, 8, 2))) == ["a"]


def test_the_others_are_listed_as_they_would_be_shown(engine):
    assert [others(engine, name) for name in ("a", "b", "c", "other", "none")] == [
        ["b", "c"],
        ["a", "c"],
        ["b", "a"],
        [],
        [],
    ]
    assert engine.duplicates("b", limit=1).total == 2


def test_the_portal_that_others_credit_comes_before_an_earlier_one(engine_over):
    engine = engine_over(
        printed("late", "mc.kalsel.example", published="2026-08-03"),
        printed("early", FIRST, published="2026-08-01", source="kalsel.example"),
        printed("copy", SECOND, published="2026-08-02", source="https://www.kalsel.example"),
    )

    assert ids(engine) == ["late"]
    assert others(engine, "late") == ["early", "copy"]


def test_articles_without_a_date_come_last_and_equal_ones_by_id(engine_over):
    engine = engine_over(*(printed(name, f"{name}.example", published=None) for name in "cab"), printed("z", FIRST))

    assert (ids(engine), others(engine, "z")) == (["z"], ["a", "b", "c"])


@pytest.mark.parametrize(
    ("second", "are_copies"),
    [
        (printed("2", SECOND, body=f"Redaksi melaporkan dari lapangan. {STORY[:300]} Baca juga berita lain."), True),
        (printed("2", SECOND, published="2026-09-01"), False),
        (printed("2", FIRST, title="Gabah petani"), False),
        (printed("2", FIRST, title=f"Panen padi menurut {FIRST}", published="2026-08-01T05:00"), True),
        (printed("2", FIRST, title=f"Panen padi menurut {FIRST}", published="2026-08-02"), False),
        (printed("2", SECOND, body=STORY[:60]), False),
        (printed("2", SECOND, body=" ".join(reversed(STORY.split()))), False),
    ],
    ids=["edited", "a month later", "same portal", "printed again", "next day again", "too short", "same words"],
)
def test_what_is_a_copy_of_a_release(engine_over, second, are_copies):
    engine = engine_over(printed("1", FIRST, title=f"Panen padi menurut {FIRST}"), second)

    assert len(ids(engine)) == (1 if are_copies else 2)


def test_stories_of_one_portal_do_not_chain_the_releases_of_another(engine_over):
    half, more = STORY[: len(STORY) // 2], STORY[len(STORY) // 2 :]
    engine = engine_over(
        printed("1", FIRST, body=half, title="Satu"),
        printed("2", SECOND, body=STORY, title="Dua"),
        printed("3", FIRST, body=more, title="Tiga"),
    )

    assert len(ids(engine)) >= 2


def test_live_changes_join_and_part_groups(index, ranking, analyzer):
    live = LiveIndex(index.path, ranking, analyzer)
    publish(index, printed("a", FIRST), article("other"))

    def shown(*changes) -> list[tuple[str, int]]:
        ChangeQueue(index.path).add(changes)
        apply_changes(index)
        with live.open() as opened:
            hits = opened.engine.search(Query(Everything(), sort=Sort.NEWEST), offset=0, limit=10).hits
            return [(hit.article.id, hit.duplicates) for hit in hits if hit.article.id != "other"]

    assert shown(("b", record(printed("b", SECOND, published="2026-07-31")))) == [("b", 1)]
    assert shown(("c", record(printed("c", LATER, published="2026-08-02")))) == [("b", 2)]
    assert shown(("b", None)) == [("a", 1)]
    assert shown(("c", record(printed("c", LATER, body="Sekolah libur. " * 30)))) == [("a", 0), ("c", 0)]
    live.close()
