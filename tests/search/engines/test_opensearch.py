"""What an OpenSearch cluster alone does when it is asked: what it cannot do, what it answers when it is ill."""

import time
from datetime import date

import pytest
from falcon.testing import TestClient

from indexer import clusters
from indexer.changes.queue import ChangeQueue
from indexer.engines.opensearch import place
from indexer.keys import Keys
from search.answers import Answers
from search.deadline import deadline
from search.engines import open_engine
from search.engines.opensearch import collapsing
from search.errors import DeadlinePassed, EngineUnavailable
from search.live import LiveIndex
from search.query import Everything, Filters, Phrase, Query, Term
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.writing import Writing
from tests.building import apply_changes, article, in_body, publish, record
from tests.clusters import awaited, cluster_settings, index_in
from tests.releases import printed

pytestmark = pytest.mark.cluster


@pytest.fixture
def index(tmp_path, hosts):
    return index_in(tmp_path / "index", hosts)


@pytest.fixture
def client(index, ranking, analyzer, highlighting, serving):
    """Return a client of a service on an index that others may change or take away."""
    live = LiveIndex(index.path, ranking, analyzer)
    writing = Writing(index.path, live)
    yield TestClient(
        create_app(Backend(Answers(live, highlighting), writing, Keys(index.path)), serving, Shared.alone())
    )
    writing.close()
    live.close()


def test_the_service_answers_from_a_cluster_with_marks_counts_and_reasons(index, client):
    publish(index, article("1", title="Panen padi", source="Kabar"), in_body("jagung", "2"))
    answer = client.simulate_get("/v1/search", params={"q": "padi", "facets": "source", "explain": "true"}).json
    (hit,) = answer["hits"]

    assert (answer["total"], hit["id"], hit["highlights"]["title"]["html"]) == (1, "1", "Panen <mark>padi</mark>")
    assert answer["facets"]["source"] == [{"value": "Kabar", "count": 1}]
    assert client.simulate_get("/v1/suggest", params={"q": "pan"}).json["suggestions"]


def test_a_word_is_corrected_by_what_the_cluster_knows(index, client):
    publish(index, *(article(f"{n}", title="Perpustakaan desa ramai") for n in range(60)))
    answer = client.simulate_get("/v1/search", params={"q": "perpustakan"}).json

    assert (answer["query"]["corrected"], answer["total"]) == ("perpustakaan", 60)


def test_where_more_copies_match_than_are_given_at_a_time_the_first_of_each_release_is_shown(
    index, ranking, monkeypatch
):
    copies = (printed(str(number), f"{number}.example", published=f"2026-08-0{number}") for number in (1, 2, 3))
    engine = open_engine(publish(index, *copies, article("other")).generation, ranking)
    later = Query(Everything(), Filters(since=date(2026, 8, 2)))
    found = [engine.ids(query, offset=0, limit=9).ids for query in (Query(Everything()), later)]
    monkeypatch.setattr(collapsing, "DEEPEST", 1)

    assert found == [("1", "other"), ("2",)]
    assert [engine.ids(query, offset=0, limit=9).ids for query in (Query(Everything()), later)] == [("1", "other"), ()]


def test_deeper_than_the_cluster_pages_is_an_error_that_names_the_setting(index, ranking):
    engine = open_engine(publish(index, article("1")).generation, ranking)
    with pytest.raises(EngineUnavailable, match=r"first 10,000: lower service\.max_results"):
        engine.search(Query(Everything()), offset=9_995, limit=10)


def test_a_cluster_that_goes_away_makes_searches_wait_and_fails_none_for_good(index, client, hosts):
    publish(index, article("1"))
    assert client.simulate_get("/v1/search", params={"q": "kabar"}).status_code == 200

    clusters.keep(index.path, cluster_settings(["http://127.0.0.1:9"], timeout=2.0))
    publish_elsewhere(index)
    answer = client.simulate_get("/v1/search", params={"q": "kabar"})
    assert answer.status_code in {200, 503}  # what was open answers on, if the older index is open still

    clusters.keep(index.path, cluster_settings(hosts))
    awaited(lambda: client.simulate_get("/v1/search", params={"q": "kabar"}).status_code == 200)


def publish_elsewhere(index):
    """Have the pointer be another file, as after a publication, so that the service opens the index anew."""
    pointer = index.path / "live.json"
    text = pointer.read_text()
    pointer.unlink()
    pointer.write_text(text)


def test_an_index_that_is_red_or_gone_is_503_with_a_time_to_try_again(index, client):
    generation = publish(index, article("1")).generation
    assert client.simulate_get("/v1/search", params={"q": "kabar"}).status_code == 200
    own = place.place_of(generation.engine_folder)
    own.client.indices.close(index=own.index)

    for path in ("/v1/search?q=hari", "/v1/suggest?q=kab", "/v1/articles/1", "/cari?q=ini"):
        answer = client.simulate_get(path)
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0, path

    own.client.indices.open(index=own.index)
    awaited(lambda: client.simulate_get("/v1/search?q=kabar").status_code == 200)


def test_changes_that_the_cluster_does_not_take_wait_in_the_queue(index, client, ranking):
    generation = publish(index, article("1")).generation
    own = place.place_of(generation.engine_folder)
    own.client.indices.put_settings(index=own.index, body={"index.blocks.write": True})
    secret = Keys(index.path).create("test", ("write",), 0)
    answer = client.simulate_put(
        "/v1/articles/2", json=record(article("2")), headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 202

    own.client.indices.put_settings(index=own.index, body={"index.blocks.write": False})
    awaited(lambda: open_engine(generation, ranking).article("2"))


def test_an_open_index_learns_of_changes(index, ranking):
    generation = publish(index, in_body("padi", "1")).generation
    engine = open_engine(generation, ranking)
    assert (engine.articles, engine.holding(Term("stem", "padi")), engine.through) == (1, 1, 0)

    ChangeQueue(index.path).add([("2", record(in_body("padi", "2")))])
    apply_changes(index)
    newer = awaited(engine.newer)
    assert (newer.articles, newer.holding(Term("stem", "padi")), newer.through) == (2, 2, 1)
    assert newer.newer() is None
    newer.close()


def test_nothing_is_asked_after_the_deadline(index, ranking):
    engine = open_engine(publish(index, article("1")).generation, ranking)
    with deadline(0.0, since=time.monotonic() - 1), pytest.raises(DeadlinePassed):
        engine.search(Query(Everything()), offset=0, limit=1)


def test_a_loose_phrase_that_can_stand_in_many_ways_is_found(index, ranking):
    engine = open_engine(
        publish(index, in_body("satu x dua x x tiga x x x empat", "1"), in_body("dua satu", "2")).generation, ranking
    )
    loose = Phrase("exact", ("satu", "dua", "tiga", "empat"), 9)

    assert engine.ids(Query(loose), offset=0, limit=9).ids == ("1",)
    assert engine.count(Query(Phrase("exact", ("satu", "dua", "tiga", "empat"), 2))) == 0


def test_several_shards_answer_as_one(tmp_path, hosts, ranking):
    several = index_in(tmp_path / "several", hosts, shards=3)
    one = index_in(tmp_path / "one", hosts)
    articles = [in_body("padi " * (n % 5 + 1), f"{n:02}") for n in range(40)]
    query = Query(Term("stem", "padi"), facets=("source_key",))
    whole, parts = (
        open_engine(publish(place, *articles).generation, ranking).search(query, offset=5, limit=20)
        for place in (one, several)
    )

    assert [hit.article.id for hit in parts.hits] == [hit.article.id for hit in whole.hits]
    assert parts.total == whole.total == 40
