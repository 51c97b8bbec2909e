import re

import pytest

from tests.building import article, in_body


def test_the_start_page_has_a_search_box_and_works_without_javascript(client_over):
    page = client_over(article("1"), article("2")).simulate_get("/")

    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="id">' in page.text
    assert '<form action="/cari" method="get"' in page.text
    assert "Cari di 2 artikel" in page.text
    assert "<script" not in page.text


def test_hits_are_shown_with_marks_facts_and_a_link(client_over):
    page = client_over(
        article(
            "1",
            title="Perkawinan Anak",
            body="Mencegah perkawinan anak.",
            url="https://a.example/1",
            author="Rina",
            source="a.example",
            category="Daerah",
            published="2026-01-12",
            reading_minutes=2,
        )
    ).simulate_get("/cari", params={"q": "kawin"})

    assert '<a href="https://a.example/1"><mark>Perkawinan</mark> Anak</a>' in page.text
    assert "Mencegah <mark>perkawinan</mark> anak." in page.text
    for fact in ("Rina", "a.example", "Daerah", "12 Januari 2026", "2 menit baca", "1 artikel"):
        assert fact in page.text


def test_english_is_spoken_where_the_browser_asks_for_it(client_over):
    page = client_over(article("1")).simulate_get("/", headers={"Accept-Language": "en-GB,en;q=0.9,id;q=0.2"})

    assert '<html lang="en">' in page.text
    assert "Search 1 articles" in page.text


def test_pages_lead_to_each_other_and_keep_what_was_asked(client_over):
    client = client_over(*(in_body("padi", f"{n:02}") for n in range(25)))
    first = client.simulate_get("/cari", params={"q": "padi", "sort": "newest"}).text
    second = client.simulate_get("/cari", params={"q": "padi", "page": "2"}).text
    third = client.simulate_get("/cari", params={"q": "padi", "page": "3"}).text

    assert 'rel="next" href="/cari?q=padi&amp;sort=newest&amp;page=2"' in first and 'rel="prev"' not in first
    assert 'rel="next"' in second and 'rel="prev" href="/cari?q=padi&amp;page=1"' in second
    assert 'rel="next"' not in third and 'start="21"' in third


def test_nothing_found_is_said_with_advice(client_over):
    page = client_over(article("1")).simulate_get("/cari", params={"q": "zaitun"})

    assert "Tidak ada artikel yang cocok dengan" in page.text
    assert page.status_code == 200


def test_a_relaxed_answer_says_so(client_over):
    page = client_over(in_body("padi")).simulate_get("/cari", params={"q": "padi zaitun"})

    assert "Sebagian hasil mungkin tidak memuat: zaitun." in page.text


@pytest.mark.parametrize("place", ["title", "body", "author", "source", "category"])
def test_markup_in_an_article_or_a_query_stays_text(client_over, place):
    fields = {"title": "padi", "body": "padi", place: "padi <script>alert(1)</script>"}
    page = client_over(article("1", url="javascript:alert(1)", **fields)).simulate_get(
        "/cari", params={"q": 'padi OR "><script>alert(2)</script>'}
    )

    assert "<script" not in page.text
    assert "javascript:" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_bad_parameter_gives_a_page_that_says_so(client_over):
    page = client_over(article("1")).simulate_get("/cari", params={"q": "x", "page": "0"})

    assert page.status_code == 400
    assert "Pencarian tidak dapat dilakukan" in page.text
    assert re.search(r"page: berisi (&#39;|')0", page.text)


def test_parameters_that_others_add_to_a_link_do_no_harm(client_over):
    assert client_over(article("1")).simulate_get("/cari", params={"q": "x", "utm_source": "surel"}).status_code == 200


def test_an_address_that_is_none_is_not_linked(client_over):
    page = client_over(in_body("padi"), article("2", body="padi", url="http://[")).simulate_get("/cari?q=padi")

    assert page.status_code == 200 and "http://[" not in page.text


def test_the_style_is_served(client_over):
    style = client_over(article("1")).simulate_get("/telusur.css")

    assert style.headers["content-type"].startswith("text/css")
    assert "mark" in style.text


def test_a_word_that_stands_for_too_many_is_named(client_over, monkeypatch):
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_WORDS", 1)
    client = client_over(in_body("kapal", "1"), in_body("kapal", "2"), in_body("kapur", "3"))

    assert "hanya kata yang paling sering muncul yang dicari untuk: kap*." in client.simulate_get("/cari?q=kap*").text
    assert client.simulate_get("/v1/search?q=kap*").json["query"]["cut"] == ["kap*"]
