"""Requests that are odd, hostile or merely unusual."""

import json
import logging
from urllib.parse import quote

import pytest

from indexer.keys import Keys
from search.service.logs import _AsJson, _AsText
from tests.building import article, in_body

IDS = ["a/b", "a/b/", "/", "a%2Fb", "a b", "ö/é", "https://a.example/x?y=1#z", "a\\b", "%", "a;b", "..", "a?b"]


@pytest.fixture
def client(client_over):
    return client_over(*(article(name) for name in IDS), in_body("padi", "1"), headers={"Accept-Language": "en"})


def raw(client, path, method="GET", **arguments):
    """Ask for *path* as it is written, as the server hands it to the app."""
    return client.simulate_request(method, "/", extras={"REQUEST_URI": path}, **arguments)


@pytest.mark.parametrize("name", IDS)
def test_an_article_is_read_by_its_id_whatever_signs_it_has(client, name):
    encoded = quote(name, safe="")

    assert raw(client, f"/v1/articles/{encoded}").json["id"] == name
    assert raw(client, f"/v1/articles/{encoded}/highlight?q=x", query_string="q=kabar").json["id"] == name


def test_a_slash_at_the_end_is_part_of_the_address(client, index):
    key = {"Authorization": f"Bearer {Keys(index.path).create('x')}"}

    assert raw(client, "/v1/articles/1/", "DELETE", headers=key).status_code == 404
    assert raw(client, "/v1/articles/1/").status_code == 404
    assert raw(client, "/v1/articles/1").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cari?q=x",
        "/cari.rss?q=x",
        "/saran?q=x",
        "/artikel/1",
        "/telusur.js",
        "/v1/search",
        "/v1/articles/1",
        "/healthz",
        "/readyz",
        "/metrics",
        "/robots.txt",
        "/gone",
    ],
)
def test_head_is_answered_as_get_is_without_the_body(client, path):
    head, got = client.simulate_head(path), client.simulate_get(path)

    assert head.status_code == got.status_code and head.text == ""
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize(
    "accepted",
    ["id;q=²", "en;q=", "en;q=x", ";q=1", "," * 5_000, "en;q=1e9", "\x80", "*", "en-" + "x" * 9_000, "id;q=1;q=0"],
)
def test_a_header_of_languages_may_hold_anything(client, accepted):
    for path in ("/", "/cari?q=x", "/v1/search?page=0"):
        assert client.simulate_get(path, headers={"Accept-Language": accepted}).status_code in {200, 400}


def test_errors_speak_indonesian_unless_english_is_preferred(client):
    texts = [
        client.simulate_get("/v1/search?page=0", headers={"Accept-Language": language}).json
        for language in ("", "id", "en;q=0.5, id", "fr", "en", "en-GB,id;q=0.5")
    ]

    assert [text["title"].startswith("Ada parameter") for text in texts] == [True] * 4 + [False] * 2
    assert texts[0]["errors"][0]["parameter"] == "page" and "harus bilangan bulat" in texts[0]["detail"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/" + "x" * 9_000, ""),
        ("/v1/search", "x" * 9_000 + "=1"),
        ("/v1/search", "page=" + "9" * 9_000),
        ("/v1/search", "&".join(f"x{number}=1" for number in range(1_000))),
        ("/v1/search", "sort=" + "%00" * 3_000),
        ("/v1/articles/" + "x" * 9_000, ""),
        ("/v1/tasks/" + "x" * 9_000, ""),
    ],
)
def test_an_error_is_short_whatever_was_asked(client, path, query):
    answer = client.simulate_get(path, query_string=query)

    assert answer.status_code in {400, 404}
    assert len(answer.content) < 3_000 and answer.json["detail"]


def test_a_line_of_the_log_is_one_line_and_short(client, caplog):
    with caplog.at_level(logging.INFO, logger="search.service"):
        raw(client, "/x%0aGET /v1/search 200 1.0 ms%0d%e2%80%a8%1b[31m" + "y" * 200_000)
    (record,) = [record for record in caplog.records if record.name == "search.service.logs"]

    for form in (_AsText(), _AsJson()):
        line = form.format(record)
        assert len(line) < 600 and line.isprintable()


def test_what_libraries_log_is_one_line_too():
    record = logging.LogRecord("x", logging.INFO, "x", 1, "a\nb %s", ("\r\nc",), None)

    assert _AsText().format(record).isprintable()
    assert json.loads(_AsJson().format(record))["message"] == "a\nb \r\nc"


@pytest.mark.parametrize("given", ["abc-1.2_3", "x" * 65, "a b", "a\nb", ""])
def test_an_answer_has_the_id_of_its_request(client, given):
    told = client.simulate_get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]

    assert told == given if given == "abc-1.2_3" else len(told) == 32


def test_what_is_asked_stands_in_the_log_only_if_that_is_set(client_over, caplog):
    with caplog.at_level(logging.INFO, logger="search.service"):
        client_over(in_body("padi", "1")).simulate_get("/v1/search?q=rahasia")
        assert "rahasia" not in caplog.text
        client_over(in_body("padi", "1"), log={"queries": True}).simulate_get("/v1/search?q=rahasia")
        assert 'query="rahasia"' in caplog.text


def test_what_happened_on_the_machine_stays_there(client, index, caplog):
    Keys(index.path).create("x")
    (index.path / "keys.json").write_text("{", encoding="utf-8")
    answer = client.simulate_delete("/v1/articles/1", headers={"Authorization": "Bearer telusur_x"})

    assert answer.status_code == 503 and str(index.path) not in answer.text
    assert str(index.path) in caplog.text


@pytest.mark.parametrize("path", ["/", "/v1/search", "/gone", "/telusur.css"])
def test_every_answer_has_the_headers_that_protect_a_browser(client, path):
    headers = client.simulate_get(path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_robots_and_the_picture_of_the_page_are_there(client):
    assert "Disallow: /cari" in client.simulate_get("/robots.txt").text
    assert client.simulate_get("/favicon.ico").headers["Content-Type"] == "image/svg+xml"
