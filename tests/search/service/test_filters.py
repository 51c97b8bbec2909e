"""The filters of the results page: a form, and the way out of each that is set."""

import pytest
from lxml import html

from tests.building import article


@pytest.fixture
def client(client_over):
    return client_over(
        article("1", body="padi", source="a.example", category="Daerah", tags=["Sawah"], published="2026-01-12"),
        article("2", body="padi", source="a.example", category="Niaga", tags=["Sawah"], published="2025-01-12"),
        article("3", body="padi", source="b.example", category="Daerah", tags=["Sawah"], published="2024-01-12"),
    )


def shown(client, query):
    return html.fromstring(client.simulate_get("/cari", query_string=query).text)


def ids(page):
    return page.xpath("//ol/li/h2/a/@data-telusur-id")


def choices(page, name):
    return [
        (box.get("value"), box.get("checked") is not None, label.xpath("normalize-space(.//small)"))
        for label in page.xpath(f"//label[input[@name='{name}']]")
        for box in label.xpath("input")
    ]


def chosen(page):
    return {
        link.text_content().split("×")[0].strip(): link.get("href") for link in page.xpath("//nav[@class='chosen']/a")
    }


def test_values_are_offered_with_how_many_hits_have_them(client):
    page = shown(client, "q=padi")

    assert choices(page, "source") == [("a.example", False, "2"), ("b.example", False, "1")]
    assert [value for value, *_ in choices(page, "year")] == ["2026", "2025", "2024"]
    assert not choices(page, "tag")  # all hits have the same


def test_a_chosen_value_limits_the_hits_stays_checked_and_can_be_let_go(client):
    page = shown(client, "q=padi&source=b.example&sort=newest&page=1")

    assert ids(page) == ["3"]
    assert choices(page, "source") == [("b.example", True, "1"), ("a.example", False, "2")]
    assert chosen(page) == {"Lepaskan saringan Sumber: b.example": "/cari?q=padi&sort=newest"}


def test_days_limit_the_hits(client):
    page = shown(client, "q=padi&from=2025-01-01&to=2025-12-31")

    assert ids(page) == ["2"]
    assert page.xpath("//input[@type='date']/@value") == ["2025-01-01", "2025-12-31"]
    assert chosen(page)["Lepaskan saringan Sejak 1 Januari 2025"] == "/cari?q=padi&to=2025-12-31"
    assert chosen(page)["Lepaskan semua"] == "/cari?q=padi"


def test_the_form_keeps_what_else_was_asked_and_begins_at_the_first_page(client):
    page = shown(client, "q=padi&sort=newest&source=a.example&per_page=1&page=2")
    hidden = {box.get("name"): box.get("value") for box in page.xpath("//section[@id='saring']//input[@type='hidden']")}

    assert hidden == {"q": "padi", "sort": "newest", "per_page": "1"}


def test_the_empty_fields_of_the_form_ask_for_nothing(client):
    assert len(ids(shown(client, "q=padi&from=&to=&source="))) == 3


def test_filters_alone_find_all_articles_that_have_them(client):
    page = shown(client, "q=&category=Daerah")

    assert page.findtext(".//h1") == "Semua artikel"
    assert ids(page) == ["1", "3"]


def test_where_filters_leave_nothing_they_can_be_let_go(client):
    page = shown(client, "q=padi&source=c.example")

    assert chosen(page) == {"Lepaskan saringan Sumber: c.example": "/cari?q=padi"}
    assert "lepaskan saringan" in page.xpath("string(//ul[@class='advice'])")


def test_every_filter_has_a_name_and_a_way_out(client):
    filters = "author=Rina&tag=Sawah&language=id&year=2026&month=2026-01&source=x&category=y"
    for language in ("id", "en"):
        page = client.simulate_get(f"/cari?q=padi&{filters}", headers={"Accept-Language": language})
        assert len(chosen(html.fromstring(page.text))) == len(filters.split("&")) + 1


def test_a_day_that_is_none_is_told(client):
    answer = client.simulate_get("/cari?q=padi&from=besok")

    assert answer.status_code == 400 and "2025-01-31" in answer.text
