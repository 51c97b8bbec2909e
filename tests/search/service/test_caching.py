"""Answers that are not made again, and never one that is not true any more."""

import pytest

from search.query_log.entries import Finding
from search.service.caching import KeptAnswer, KeptAnswers
from tests.building import in_body, publish


@pytest.fixture
def client(client_over):
    return client_over(in_body("padi", "1"), in_body("gandum", "2"))


def test_who_has_the_answer_is_told_so_without_a_search(client, monkeypatch):
    first = client.simulate_get("/v1/search?q=padi&page=1")
    monkeypatch.setattr("search.answers.Answers.search", lambda *_: 1 / 0)
    again = client.simulate_get(
        "/v1/search?page=1&q=padi&mode=auto", headers={"If-None-Match": f'"x", {first.headers["ETag"]}'}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"] and again.headers["Cache-Control"] == "public, no-cache"


def test_other_questions_have_other_tags(client):
    queries = ["q=padi", "q=Padi", "q=padi&page=2", "q=padi&per_page=5", "q=padi&sort=newest", "q=padi&explain=true"]
    tags = {client.simulate_get(f"/v1/search?{query}").headers["ETag"] for query in queries}

    assert len(tags) == len(queries)


def test_a_change_of_the_index_changes_the_tag_and_the_answer(client, index):
    before = client.simulate_get("/v1/search?q=padi")
    publish(index, in_body("padi", "1"), in_body("padi", "3"))
    after = client.simulate_get("/v1/search?q=padi", headers={"If-None-Match": before.headers["ETag"]})

    assert (before.json["total"], after.status_code, after.json["total"]) == (1, 200, 2)


def test_an_answer_that_is_kept_is_the_answer(client, monkeypatch):
    first = client.simulate_get("/v1/search?q=padi&facets=source").json
    monkeypatch.setattr("search.answers.Answers.search", lambda *_: 1 / 0)
    second = client.simulate_get("/v1/search?q=padi&facets=source").json

    assert {**first, "took_ms": 0} == {**second, "took_ms": 0}


def test_nothing_is_kept_where_that_is_set(client_over, monkeypatch):
    client = client_over(in_body("padi", "1"), service={"answer_cache": 0})
    client.simulate_get("/v1/search?q=padi")
    monkeypatch.setattr("search.answers.Answers.search", lambda *_: 1 / 0)

    assert client.simulate_get("/v1/search?q=padi").status_code == 500


def test_what_is_kept_is_bounded_and_the_longest_unasked_goes_first():
    kept = KeptAnswers(100_000)
    finding = Finding(text="padi", page=1, per_page=10, hits=1, corrected=None, is_corrected=False, is_relaxed=False)
    for number in range(100):
        kept.put(str(number), KeptAnswer(b"x" * 1_000, finding))
        kept.get("0")
    kept.put("large", KeptAnswer(b"x" * 20_000, finding))

    held = [number for number in range(100) if kept.get(str(number))]
    assert len(held) == 50 and held[0] == 0 and held[-1] == 99
    assert kept.get("large") is None
