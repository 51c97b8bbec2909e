"""Refusals: a page for a reader's browser, a problem document for a program, with the same status and headers."""

import pytest
from lxml import html

from search.service.problems import MEDIA_TYPE
from tests.building import article

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PROGRAMS = ("*/*", "application/json", None)
FEW = {"own_networks": [], "units_per_address": 1}


def get(client, path, accepted=BROWSER, **headers):
    given = {**headers, **({"Accept": accepted} if accepted else {})}
    return client.simulate_get(path, headers=given)


def told(answer):
    """Return what the page says, which is checked to be one of ours."""
    page = html.fromstring(answer.text)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert page.xpath("//telusur-search//form[@action='/cari']") and not page.xpath("//script[text()]")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    return " ".join(page.xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("path", ["/tidak-ada", "/artikel", "/cari/", "/v2", "/a/b.html", "/<script>alert(1)</script>"])
def test_an_address_with_nothing_is_told_by_a_page_to_a_browser_alone(client_over, path):
    client = client_over(article("1"))
    shown = get(client, path)

    assert shown.status_code == 404 and told(shown).startswith("Halaman tidak ditemukan")
    for accepted in PROGRAMS:
        answer = get(client, path, accepted)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, MEDIA_TYPE)
        assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize("path", ["/v1/tidak-ada", "/v1/search?page=0", "/v1/articles/9"])
def test_programs_get_documents_where_they_ask_whatever_they_accept(client_over, path):
    answer = get(client_over(article("1")), path)

    assert answer.status_code in {400, 404} and answer.headers["Content-Type"] == MEDIA_TYPE


@pytest.mark.parametrize("path", ["/", "/cari?q=kabar", "/artikel/1"])
def test_who_asks_too_much_is_told_by_a_page_when_to_come_back(client_over, path):
    client = client_over(article("1"), access=FEW)
    shown = [get(client, path) for _ in range(9)][-1]
    answer = get(client, path, "application/json")

    assert (shown.status_code, answer.status_code) == (429, 429)
    assert "Terlalu banyak permintaan" in told(shown) and 0 < int(shown.headers["Retry-After"]) <= 60
    assert shown.headers["RateLimit"].startswith('"units";r=0') and shown.headers["Cache-Control"] == "no-store"
    assert (answer.headers["Content-Type"], answer.json["status"]) == (MEDIA_TYPE, 429)


def test_a_method_that_a_page_has_not_is_told_by_a_page(client_over):
    answer = client_over(article("1")).simulate_post("/cari", headers={"Accept": BROWSER})

    assert answer.status_code == 405 and "GET" in answer.headers["Allow"] and "POST" in told(answer)


def test_a_page_that_is_late_says_so_and_when_to_try_again(client_over):
    shown = get(client_over(article("1"), service={"deadline": 1e-9}), "/cari?q=kabar")

    assert shown.status_code == 503 and shown.headers["Retry-After"] == "2" and told(shown)


def test_the_page_speaks_the_language_of_the_browser_and_is_packed(client_over):
    client = client_over(article("1"))
    shown = get(client, "/x", **{"Accept-Language": "en"})
    head = client.simulate_head("/x", headers={"Accept": BROWSER})

    assert "There is no such page" in told(shown) and html.fromstring(shown.text).get("lang") == "en"
    assert get(client, "/x", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert (head.status_code, head.text) == (404, "")
