"""The articles of one release as HTTP and the page give them."""

import pytest
from lxml import html

from tests.building import article
from tests.releases import printed


@pytest.fixture
def client(client_over):
    return client_over(
        printed("a", "kabar.example"), printed("b", "warta.example", published="2026-08-02"), article("other")
    )


def test_a_hit_counts_its_duplicates_and_their_address_lists_them(client):
    found = client.simulate_get("/v1/search", params={"q": "panen padi"}).json
    listed = client.simulate_get("/v1/articles/a/duplicates").json

    assert [(hit["id"], hit["duplicates"]) for hit in found["hits"]] == [("a", 1)]
    assert (listed["id"], listed["total"]) == ("a", 1)
    assert [(one["id"], one["source"], "body" in one) for one in listed["articles"]] == [("b", "warta.example", False)]


def test_who_asks_for_all_is_shown_all(client):
    found = client.simulate_get("/v1/search", params={"q": "panen padi", "collapse": "false"}).json

    assert found["total"] == 2
    assert {hit["id"]: hit["duplicates"] for hit in found["hits"]} == {"a": 1, "b": 1}


def test_an_article_of_its_own_has_none_and_one_that_is_not_there_is_not_found(client):
    assert client.simulate_get("/v1/articles/other/duplicates").json == {"id": "other", "total": 0, "articles": []}
    assert client.simulate_get("/v1/articles/b/duplicates").json["total"] == 1
    assert client.simulate_get("/v1/articles/none/duplicates").status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "page=2"])
def test_wrong_parameters_are_named(client, query):
    answer = client.simulate_get(f"/v1/articles/a/duplicates?{query}")

    assert (answer.status_code, len(answer.json["errors"])) == (400, 1)


def test_the_page_says_how_many_more_there_are_and_lists_them(client):
    page = html.fromstring(client.simulate_get("/cari", params={"q": "panen padi"}).text)
    (details,) = page.xpath("//ol/li/details")

    assert details.findtext("summary") == "+1 media lain"
    assert details.xpath(".//li/a/@href") == ["https://warta.example/b"] and "warta.example" in details.text_content()
    assert not details.xpath(".//a[contains(@href, 'collapse')]")


def test_the_page_lists_some_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr("search.service.pages._COPIES", 0)
    page = html.fromstring(client.simulate_get("/cari", params={"q": "panen padi"}).text)
    every = html.fromstring(client.simulate_get("/cari", params={"q": "panen padi", "collapse": "false"}).text)

    assert page.xpath("//ol/li/details//a/@href") == ["/cari?q=panen+padi&collapse=false"]
    assert len(every.xpath("//ol/li")) == 2 and not every.xpath("//details")
