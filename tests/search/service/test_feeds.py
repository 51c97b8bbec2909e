"""A search as a feed, and as browsers read it."""

from email.utils import parsedate_to_datetime
from urllib.parse import quote

import pytest
from lxml import etree

from tests.building import article, in_body

AT = {"page": {"address": "https://cari.example/"}}


@pytest.fixture
def client(client_over):
    return client_over(
        article("lama", body="Padi 3 < 4 & tua.", published="2025-01-12T10:00+07:00", url="https://a.example/1"),
        article("a/b", title="Padi & beras < 5 ton", published="2026-01-12", author="Rina", category="Daerah"),
        in_body("jagung"),
        **AT,
    )


def rss(client, **parameters):
    answer = client.simulate_get("/cari.rss", params=parameters)
    assert answer.headers["content-type"] == "application/rss+xml"
    return etree.fromstring(answer.content).find("channel")


def test_a_feed_has_the_newest_articles_of_a_search_first(client):
    channel = rss(client, q="padi")
    newest, older = channel.findall("item")

    assert (
        channel.findtext("title") == "padi – Telusur" and channel.findtext("link") == "https://cari.example/cari?q=padi"
    )
    assert newest.findtext("title") == "Padi & beras < 5 ton"
    assert newest.findtext("link") == "https://cari.example/artikel/a%2Fb?q=padi" and newest.findtext("guid") == "a/b"
    assert older.findtext("link") == "https://a.example/1"
    assert older.findtext("description") == "<mark>Padi</mark> 3 &lt; 4 &amp; tua."
    assert parsedate_to_datetime(older.findtext("pubDate")).isoformat() == "2025-01-12T10:00:00+07:00"


def test_a_feed_takes_the_filters_of_the_page(client):
    assert [item.findtext("guid") for item in rss(client, q="padi", to="2025-12-31").findall("item")] == ["lama"]


def test_a_feed_as_json_has_the_same(client):
    feed = client.simulate_get("/cari.json?q=padi").json

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://cari.example/cari.json?q=padi"
    assert [item["id"] for item in feed["items"]] == ["a/b", "lama"]
    assert feed["items"][0]["authors"] == [{"name": "Rina"}] and feed["items"][0]["tags"] == ["Daerah"]


def test_who_has_a_feed_is_told_so(client):
    tag = client.simulate_get("/cari.rss?q=padi").headers["ETag"]

    assert client.simulate_get("/cari.rss?q=padi", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("query", ["\x00\x0b", "\ufffe", "]]>", "<&\"'", "\ud800", "😀"])
def test_a_feed_is_xml_whatever_is_asked(client, query):
    encoded = quote(query.encode("utf-8", "surrogatepass"))

    etree.fromstring(client.simulate_get("/cari.rss", query_string=f"q={encoded}").content)


def test_a_feed_of_a_bad_question_is_a_problem(client):
    assert client.simulate_get("/cari.rss?q=padi&from=besok").json["errors"][0]["parameter"] == "from"


def test_without_an_address_in_the_settings_a_feed_leads_to_where_it_was_asked(client_over):
    answer = client_over(in_body("padi")).simulate_get("/cari.rss?q=padi", headers={"Host": "lain.example"})

    assert "http://lain.example/artikel/in-body" in answer.text
    assert "private" in answer.headers["Cache-Control"]  # a cache of many must not pass on where one asked


def test_browsers_are_told_how_to_search(client):
    answer = client.simulate_get("/opensearch.xml")
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    root = etree.fromstring(answer.content)
    templates = {url.get("type"): url.get("template") for url in root.findall("o:Url", space)}

    assert answer.headers["content-type"] == "application/opensearchdescription+xml"
    assert root.findtext("o:ShortName", namespaces=space) == "Telusur"
    assert templates["text/html"] == "https://cari.example/cari?q={searchTerms}"
    assert templates["application/x-suggestions+json"] == "https://cari.example/saran?q={searchTerms}"
    assert 'href="/opensearch.xml"' in client.simulate_get("/").text


def test_browsers_are_given_suggestions_in_their_form(client):
    answer = client.simulate_get("/saran?q=jag&client=firefox")

    assert answer.headers["content-type"] == "application/x-suggestions+json"
    assert answer.json == ["jag", ["jagung"]]


@pytest.mark.parametrize("path", ["/cari.rss?q=x", "/cari.json?q=x", "/saran?q=x", "/artikel/1"])
def test_what_reads_needs_a_key_where_searches_do(client_over, path):
    assert client_over(article("1"), access={"search_needs_key": True}).simulate_get(path).status_code == 401
