"""Suggestions and corrections as HTTP gives them."""

import pytest

from tests.building import article, in_body


@pytest.fixture
def client(client_over):
    return client_over(
        article("1", title="Harga beras naik"), *(in_body("keuangan", f"k-{n}") for n in range(3)), in_body("padi", "p")
    )


def test_suggestions_are_words_and_titles_with_what_was_typed_marked(client):
    answer = client.simulate_get("/v1/suggest", params={"q": "harga ber"}).json

    assert answer == {
        "query": "harga ber",
        "suggestions": [
            {"text": "harga beras", "html": "<mark>harga</mark> <mark>ber</mark>as", "kind": "term", "count": 1},
            {
                "text": "Harga beras naik",
                "html": "<mark>Harga</mark> <mark>ber</mark>as naik",
                "kind": "title",
                "count": 1,
            },
        ],
    }


@pytest.mark.parametrize("typed", ["", "x", "x" * 1000, "😀", "مرحبا", "\x00"])
def test_whatever_is_typed_is_answered(client, typed):
    answer = client.simulate_get("/v1/suggest", params={"q": typed})

    assert (answer.status_code, answer.json["suggestions"]) == (200, [])


@pytest.mark.parametrize("query", ["q=a&limit=0", "q=a&limit=21", "q=a&limit=x", "q=a&page=2", f"q={'x' * 1001}"])
def test_wrong_parameters_are_named(client, query):
    answer = client.simulate_get(f"/v1/suggest?{query}")

    assert (answer.status_code, len(answer.json["errors"])) == (400, 1)


def test_no_more_are_given_than_asked_for(client):
    assert len(client.simulate_get("/v1/suggest?q=harga&limit=1").json["suggestions"]) == 1


def test_who_has_the_suggestions_is_told_so(client):
    first = client.simulate_get("/v1/suggest?q=har")
    again = client.simulate_get("/v1/suggest?limit=8&q=har", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["ETag"] != client.simulate_get("/v1/suggest?q=harg").headers["ETag"]


def test_suggestions_need_a_key_where_searches_do_and_count_as_they_do(client_over):
    closed = client_over(article("1"), access={"search_needs_key": True})
    limited = client_over(article("1"), access={"units_per_address": 1, "own_networks": []})

    assert closed.simulate_get("/v1/suggest?q=a").status_code == 401
    assert [limited.simulate_get("/v1/suggest?q=a").status_code for _ in range(2)] == [200, 429]


def test_an_answer_says_that_it_is_that_of_a_correction(client):
    told = client.simulate_get("/v1/search?q=keungan").json
    plain = client.simulate_get("/v1/search?q=keungan&correct=false").json

    assert (told["query"]["text"], told["query"]["corrected"], told["query"]["is_corrected"]) == (
        "keungan",
        "keuangan",
        True,
    )
    assert (told["total"], plain["total"], plain["query"]["corrected"]) == (3, 0, "keuangan")


def test_the_page_says_what_it_shows_and_leads_to_what_was_typed(client):
    page = client.simulate_get("/cari?q=keungan").text

    assert "Menampilkan hasil untuk <q>keuangan</q>" in page
    assert 'Cari apa adanya: <a href="/cari?q=keungan&amp;correct=false" rel="nofollow">keungan</a>' in page
    assert 'value="keungan"' in page


def test_the_page_offers_what_may_have_been_meant_where_something_is_found(client):
    some = client.simulate_get("/cari?q=padi+keungan").text
    none = client.simulate_get("/cari?q=keungan&correct=false").text

    assert 'Mungkin maksud Anda: <a href="/cari?q=padi+keuangan">padi keuangan</a>' in some
    assert "Tidak ada artikel yang cocok" in none and ">keuangan</a>" in none
    assert "Menampilkan" not in some + none
