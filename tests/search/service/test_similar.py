"""Similar articles as HTTP gives them."""

import pytest

from tests.building import article

ARTICLES = [
    article("1", title="Panen raya", body="Petani memanen padi di sawah. Gabah dijual ke Bulog."),
    article("2", title="Harga beras", body="Gabah naik, petani gembira; panen padi tahun ini baik."),
    article("3", title="Juara liga", body="Pemain mencetak gol di stadion."),
]


@pytest.fixture
def client(client_over):
    return client_over(*ARTICLES)


def test_similar_articles_are_hits_without_marks(client):
    answer = client.simulate_get("/v1/articles/1/similar").json
    (hit,) = answer["hits"]

    assert (answer["id"], hit["id"], hit["title"]) == ("1", "2", "Harga beras")
    assert hit["score"] > 0 and "highlights" not in hit


def test_an_article_that_does_not_exist_is_a_problem_that_names_it(client):
    answer = client.simulate_get("/v1/articles/x/similar", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.json["type"]) == (404, "urn:telusur:problem:article-not-found")
    assert "no article has the id 'x'" in answer.json["detail"]


@pytest.mark.parametrize("query", ["limit=0", "limit=21", "limit=x", "limit=", "q=a"])
def test_wrong_parameters_are_named(client, query):
    answer = client.simulate_get(f"/v1/articles/1/similar?{query}")

    assert (answer.status_code, len(answer.json["errors"])) == (400, 1)


def test_who_has_the_answer_is_told_so(client):
    first = client.simulate_get("/v1/articles/1/similar")
    headers = {"If-None-Match": first.headers["ETag"]}

    assert client.simulate_get("/v1/articles/1/similar?limit=5", headers=headers).status_code == 304
    assert client.simulate_get("/v1/articles/2/similar", headers=headers).status_code == 200


def test_similar_articles_need_a_key_where_searches_do(client_over):
    closed = client_over(article("1"), access={"search_needs_key": True})

    assert closed.simulate_get("/v1/articles/1/similar").status_code == 401
