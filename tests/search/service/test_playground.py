"""The page where the search box can be tried: what is shown to paste is what stands there to be tried."""

import pytest
from lxml import html

from search.web.colours import READABLE, contrast, theme
from tests.building import article

SET = "lang=en&limit=3&recent=off&shortcut=off&color=%23990000"
PORTAL = {"address": "https://cari.portal.example/", "color": "#0a6b3d"}


def shown(client, query=""):
    answer = client.simulate_get("/coba", query_string=query)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def pasted(page):
    """Return the box of the snippet, as a portal would have it."""
    (box,) = html.fromstring(f"<div>{page.xpath('//pre')[0].text}</div>").xpath(".//telusur-search")
    return box


def tried(page):
    (box,) = page.xpath("//telusur-search")
    return box


@pytest.mark.parametrize("query", ["", SET])
def test_what_is_pasted_is_what_is_tried_but_for_its_address(client_over, query):
    page = shown(client_over(article("1"), page=PORTAL), query)
    here, there = (html.tostring(box, encoding="unicode", with_tail=False) for box in (tried(page), pasted(page)))

    assert here != there == here.replace('="/', '="https://cari.portal.example/')


def test_the_snippet_loads_script_and_style_of_the_service(client_over):
    page = shown(client_over(article("1"), page=PORTAL))
    snippet = html.fromstring(f"<div>{page.xpath('//pre')[0].text}</div>")

    assert snippet.xpath(".//script/@src") == ["https://cari.portal.example/telusur.js"]
    assert snippet.xpath(".//link/@href") == ["https://cari.portal.example/telusur.css"]


def test_what_is_set_stands_on_the_box_and_in_the_form(client_over):
    page = shown(client_over(article("1")), SET)
    (form,) = page.xpath("//form[@action='/coba']")

    assert dict(tried(page).attrib) == {
        "endpoint": "/",
        "lang": "en",
        "limit": "3",
        "recent": "off",
        "shortcut": "off",
    }
    assert tried(page).xpath(".//button/text()") == ["Search"]
    assert form.xpath(".//option[@selected]/@value") == ["en"] and len(form.xpath(".//input[@checked]")) == 2
    assert form.xpath(".//input[@name='color']/@value") == ["#990000"]


def test_what_is_not_set_is_not_pasted(client_over):
    assert set(pasted(shown(client_over(article("1")))).attrib) == {"endpoint", "lang"}


@pytest.mark.parametrize(("query", "color"), [("", "#0a6b3d"), ("color=%23990000", "#990000")])
def test_the_rule_of_the_colour_is_the_style_that_the_page_loads(client_over, query, color):
    client = client_over(article("1"), page=PORTAL)
    page = shown(client, query)
    (style,) = page.xpath("//link[starts-with(@href, '/coba.css')]/@href")
    answer = client.simulate_get(style)

    assert answer.text == theme(color, "telusur-search") == page.xpath("//pre")[1].text + "\n"
    assert answer.headers["content-type"].startswith("text/css")
    assert contrast(color, "#ffffff") >= READABLE and color in answer.text


@pytest.mark.parametrize(
    ("name", "value"), [("lang", "jv"), ("limit", "21"), ("limit", "0"), ("recent", "x"), ("color", "red;}body{}")]
)
def test_a_value_that_the_box_cannot_have_is_named(client_over, name, value):
    answer = client_over(article("1")).simulate_get("/coba", params={name: value})
    page = html.fromstring(answer.text)

    assert answer.status_code == 400 and f"{name}: berisi '{value}'" in page.xpath("//main")[0].text_content()


def test_no_style_is_made_of_what_is_no_colour(client_over):
    answer = client_over(article("1")).simulate_get("/coba.css", params={"color": "#12345;}"})

    assert answer.status_code == 400 and answer.json["errors"][0]["parameter"] == "color"


def test_what_others_add_to_the_address_does_no_harm(client_over):
    assert set(pasted(shown(client_over(article("1")), "utm_source=surel&limit=")).attrib) == {"endpoint", "lang"}


def test_the_name_of_a_host_that_a_stranger_gives_stays_text(client_over):
    answer = client_over(article("1")).simulate_get("/coba", headers={"Host": 'x"><script>alert(1)</script>'})
    page = html.fromstring(answer.text)

    assert not page.xpath("//script[text()]") and len(page.xpath("//telusur-search")) == 1
