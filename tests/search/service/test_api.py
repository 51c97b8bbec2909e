import logging
import re

import pytest
from falcon.testing import TestClient

from indexer.keys import Keys
from search.answers import Answers
from search.live import LiveIndex
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.writing import Writing
from tests.building import article, in_body, publish

SEED = article(
    "seed",
    title="DPPPAKB Kalsel Perkuat Lembaga",
    body="Kepala DP3AKB bicara. Mencegah perkawinan anak di Kalimantan Selatan penting.",
    author="Sultan",
    source="kalsel.example",
    category="Daerah",
    tags=["kawin", "anak"],
    reading_minutes=3,
    published="2026-01-12T10:30:00+08:00",
)


@pytest.fixture
def client(client_over):
    others = article("other", author="Rina", published="2025-01-01"), article("english", language="en")
    return client_over(SEED, *others, headers={"Accept-Language": "en"})


def test_an_answer_has_all_that_its_contract_says(client):
    document = client.simulate_get("/v1/search", params={"q": "kawin anak Kalsel", "facets": "source,year"}).json
    (hit,) = document["hits"]

    assert document["query"] == {
        "text": "kawin anak Kalsel",
        "terms": ["kawin", "anak", "kalsel", "kalimantan selatan"],
        "relaxed": [],
        "dropped": [],
        "cut": [],
        "corrected": None,
        "is_corrected": False,
    }
    assert (document["total"], document["page"], document["per_page"]) == (1, 1, 10)
    assert document["took_ms"] > 0 and document["generation"]
    assert document["facets"] == {
        "source": [{"value": "kalsel.example", "count": 1}],
        "year": [{"value": "2026", "count": 1}],
    }
    assert hit["id"] == "seed" and hit["score"] > 0
    assert hit["published"] == "2026-01-12T10:30:00+08:00"
    assert hit["highlights"]["title"] == {
        "html": "DPPPAKB <mark>Kalsel</mark> Perkuat Lembaga",
        "text": "DPPPAKB Kalsel Perkuat Lembaga",
        "ranges": [[8, 14]],
    }
    assert hit["highlights"]["body"][0]["html"] == (
        "Mencegah <mark>perkawinan</mark> <mark>anak</mark> di <mark>Kalimantan Selatan</mark> penting."
    )


@pytest.mark.parametrize("query", ["DPPPAKB", "DP3AKB", "dp3akb", "lembaga Kalimantan Selatan"])
def test_the_seed_is_found_however_its_office_is_written(client, query):
    assert [hit["id"] for hit in client.simulate_get("/v1/search", params={"q": query}).json["hits"]] == ["seed"]


def test_words_that_are_never_together_are_looked_for_one_by_one(client):
    relaxed = client.simulate_get("/v1/search", params={"q": "kawin zaitun"}).json
    strict = client.simulate_get("/v1/search", params={"q": "kawin zaitun", "mode": "all"}).json
    loose = client.simulate_get("/v1/search", params={"q": "kawin zaitun", "mode": "any"}).json

    assert (relaxed["total"], relaxed["query"]["relaxed"]) == (1, ["zaitun"])
    assert (strict["total"], strict["query"]["relaxed"]) == (0, [])
    assert (loose["total"], loose["query"]["relaxed"]) == (1, [])


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"author": ["Rina", "Sultan"]}, ["seed", "other"]),
        ({"language": "en"}, ["english"]),
        ({"category": "Daerah"}, ["seed"]),
        ({"source": "kalsel.example"}, ["seed"]),
        ({"tag": ["kawin", "desa"]}, ["seed"]),
        ({"year": ["2025", "2026"]}, ["seed", "other"]),
        ({"month": "2025-01"}, ["other"]),
        ({"year": "2025", "month": "2026-01"}, []),
        ({"from": "2025-06-01"}, ["seed"]),
        ({"to": "2025-06-01"}, ["other"]),
        ({"sort": "oldest"}, ["other", "seed", "english"]),
        ({"per_page": "1", "page": "2"}, ["other"]),
    ],
)
def test_hits_are_limited_and_ordered_as_asked(client, parameters, expected):
    assert [hit["id"] for hit in client.simulate_get("/v1/search", params=parameters).json["hits"]] == expected


def test_the_other_values_of_a_facet_stay_when_one_is_chosen(client):
    asked = {"author": "Rina", "facets": "author,year,tag"}
    facets = client.simulate_get("/v1/search", params=asked).json["facets"]

    assert facets == {
        "author": [{"value": "Rina", "count": 1}, {"value": "Sultan", "count": 1}],
        "year": [{"value": "2025", "count": 1}],
        "tag": [],
    }


def test_next_gives_the_page_after_this_one_and_none_after_the_last(client):
    asked = {"sort": "newest", "per_page": "2"}
    first = client.simulate_get("/v1/search", params=asked).json
    last = client.simulate_get("/v1/search", params={**asked, "cursor": first["next"], "facets": "year"}).json

    assert [hit["id"] for hit in first["hits"] + last["hits"]] == ["seed", "other", "english"]
    assert (last["page"], last["total"], last["next"]) == (2, 3, None)
    assert last["facets"]["year"] == [{"value": "2025", "count": 1}, {"value": "2026", "count": 1}]


@pytest.mark.parametrize("changed", [{"q": "kalsel"}, {"sort": "oldest"}, {"author": "Rina"}, {"mode": "any"}])
def test_a_cursor_of_another_question_is_refused(client, changed):
    asked = {"sort": "newest", "per_page": "1"}
    cursor = client.simulate_get("/v1/search", params=asked).json["next"]
    refused = client.simulate_get("/v1/search", params={**asked, **changed, "cursor": cursor})

    assert refused.status_code == 400
    assert [error["parameter"] for error in refused.json["errors"]] == ["cursor"]
    assert "repeat the same q, mode, sort, correct and filters" in refused.json["detail"]


def test_a_cursor_of_an_index_that_is_gone_is_refused_with_the_remedy(client, index):
    cursor = client.simulate_get("/v1/search", params={"per_page": "1"}).json["next"]
    publish(index, SEED, article("other"))
    refused = client.simulate_get("/v1/search", params={"per_page": "1", "cursor": cursor})

    assert (refused.status_code, refused.json["type"]) == (410, "urn:telusur:problem:cursor-gone")
    assert refused.json["errors"] == [
        {"parameter": "cursor", "detail": "is of an index that was replaced: ask again without a cursor"}
    ]


def test_cursors_lead_beyond_the_last_numbered_page(client_over):
    client = client_over(*(article(f"{n:02}") for n in range(30)), service={"max_results": 10})
    shown, cursor = [], {}
    while cursor is not None:
        answer = client.simulate_get("/v1/search", params={"q": "kabar", "per_page": "4", **cursor}).json
        shown += [hit["id"] for hit in answer["hits"]]
        cursor = {"cursor": answer["next"]} if answer["next"] else None

    assert shown == [f"{n:02}" for n in range(30)]
    assert client.simulate_get("/v1/search", params={"q": "kabar", "per_page": "4", "page": "3"}).status_code == 400


def test_highlights_can_be_left_out_and_scores_explained(client):
    asked = {"q": "kalsel", "highlight": "false", "explain": "true"}
    (hit,) = client.simulate_get("/v1/search", params=asked, headers={"Accept-Language": "id"}).json["hits"]

    assert "highlights" not in hit
    assert [(part["field"], part["label"]) for part in hit["explanation"]] == [
        ("stem", "kata dasar sama"),
        ("exact", "kata persis"),
        ("published", "waktu terbit"),
    ]


@pytest.mark.parametrize(
    ("parameters", "name", "detail"),
    [
        ({"page": "0"}, "page", "is '0'; it must be a whole number from 1 to 1000"),
        ({"page": "1001"}, "page", "is '1001'"),
        ({"page": "x"}, "page", "is 'x'"),
        ({"per_page": "100000"}, "per_page", "is '100000'; it must be a whole number from 1 to 100"),
        ({"sort": "terbaru"}, "sort", "is 'terbaru'; it must be one of relevance, newest, oldest"),
        ({"mode": "maybe"}, "mode", "is 'maybe'; it must be one of auto, all, any"),
        ({"highlight": "yes"}, "highlight", "is 'yes'; it must be true or false"),
        ({"from": "2025-13-45"}, "from", "is '2025-13-45'; it must be a day such as 2025-01-31"),
        ({"from": "2025-02-01", "to": "2025-01-01"}, "from", "is 2025-02-01, after to=2025-01-01"),
        ({"facets": "source,colour"}, "facets", "has 'colour'; there are source, author"),
        ({"q": "x" * 10_000}, "q", "has 10,000 characters; 1,000 are read"),
        ({"source": ["x"] * 21}, "source", "has 21 values; 20 are read"),
        ({"page": "9" * 5_000}, "page", "9…'"),
        ({"colour": "red"}, "colour", "is not known; there are author"),
        ({"facets": "colour"}, "facets", "there are source, author, category, tag, language, year, month"),
        ({"cursor": "x"}, "cursor", "is 'x'; it must be what an answer gave as next, unchanged"),
        ({"cursor": "x" * 12_001}, "cursor", "has 12,001 characters; 12,000 are read"),
        ({"cursor": "x", "page": "2"}, "page", "cannot stand beside cursor"),
        ({"year": "2025-01"}, "year", "has '2025-01'; it must be a year such as 2025"),
        ({"month": ["2025-01", "2025-13"]}, "month", "has '2025-13'; it must be a month such as 2025-01"),
    ],
)
def test_a_bad_parameter_is_named_with_the_remedy(client, parameters, name, detail):
    result = client.simulate_get("/v1/search", params=parameters)
    (error,) = result.json["errors"]

    assert result.status_code == result.json["status"] == 400
    assert result.headers["content-type"] == "application/problem+json"
    assert result.json["type"] == "urn:telusur:problem:invalid-parameters"
    assert error["parameter"] == name
    assert detail in error["detail"]


@pytest.mark.parametrize(
    "query", ["(((", '"', "***", "😀", "عربى", "<b>x</b>", "a" * 1000, "\x00", "-", "OR", "'; DROP"]
)
def test_nothing_that_a_reader_types_is_an_error(client, query):
    assert client.simulate_get("/v1/search", params={"q": query}).status_code == 200
    assert client.simulate_get("/cari", params={"q": query}).status_code == 200


def test_an_article_is_given_whole_and_whole_with_marks(client):
    plain = client.simulate_get("/v1/articles/seed").json
    marked = client.simulate_get("/v1/articles/seed/highlight", params={"q": "kawin"}).json

    assert plain["body"] == SEED.body and plain["author"] == "Sultan"
    assert marked["highlights"]["body"]["text"] == SEED.body
    assert marked["highlights"]["body"]["ranges"] == [[31, 41]]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/v1/articles/gone", 404, "article-not-found"),
        ("/v1/articles/gone/highlight?q=x", 404, "article-not-found"),
        ("/v1/articles/seed/highlight", 400, "invalid-parameters"),
        ("/v1/nothing", 404, "not-found"),
    ],
)
def test_what_is_not_there_is_a_problem_document(client, path, status, kind):
    result = client.simulate_get(path)

    assert (result.status_code, result.json["type"]) == (status, f"urn:telusur:problem:{kind}")
    assert result.json["detail"]


def test_a_method_that_a_path_has_not_is_a_problem_document(client):
    result = client.simulate_delete("/v1/search")

    assert (result.status_code, result.json["type"]) == (405, "urn:telusur:problem:method-not-allowed")


def test_text_that_is_not_indexed_is_marked(client):
    one = client.simulate_post("/v1/highlight", json={"q": "kawin", "text": "<i>Perkawinan</i>"}).json
    two = client.simulate_post("/v1/highlight", json={"q": "kawin", "texts": ["kawin", "x"]}).json

    assert one["highlight"]["html"] == "&lt;i&gt;<mark>Perkawinan</mark>&lt;/i&gt;"
    assert [passage["ranges"] for passage in two["highlights"]] == [[[0, 5]], []]


def test_a_text_is_analysed(client):
    (token,) = client.simulate_post("/v1/analyze", json={"text": " Perkawinan"}).json["tokens"]

    assert token == {
        "surface": "Perkawinan",
        "start": 1,
        "end": 11,
        "position": 0,
        "exact": "perkawinan",
        "stems": ["kawin"],
        "rule": "word",
        "steps": [
            {"name": "fold", "result": "perkawinan", "reason": "case and accents"},
            {"name": "stem", "result": "kawin", "reason": "affixes: -an per-"},
        ],
    }


@pytest.mark.parametrize(
    ("path", "body", "detail"),
    [
        ("/v1/analyze", b'{"text": 5}', "text: is 5; it must be text"),
        ("/v1/analyze", b"{}", "text: is missing"),
        ("/v1/analyze", b"[]", "body: is a JSON list; it must be an object with text"),
        ("/v1/analyze", b'{"text": "x", "q": "x"}', "q: is not known; there are text"),
        ("/v1/analyze", b'{"text": ', "body: is no valid JSON (Expecting value"),
        ("/v1/analyze", b"\xff", "body: is no valid JSON (no UTF-8 at byte 0)"),
        ("/v1/analyze", b"", "body: is no valid JSON (Expecting value"),
        ("/v1/analyze", b"[" * 3_000 + b"]" * 3_000, "nested too deep"),
        ("/v1/analyze", b'{"text": ' + b"[" * 60 + b"]" * 60 + b"}", "nested too deep"),
        ("/v1/analyze", b'{"text": NaN}', "NaN is no number of JSON"),
        ("/v1/analyze", b'{"text": ' + b"9" * 5_000 + b"}", "Exceeds the limit"),
        ("/v1/highlight", b'{"q": "x"}', "text: is missing"),
        ("/v1/highlight", b'{"text": "x"}', "q: is missing"),
        ("/v1/highlight", b'{"q": "x", "text": "x", "texts": []}', "texts: cannot stand beside text"),
        ("/v1/highlight", b'{"q": "x", "texts": "x"}', "texts: is 'x'; it must be a list of texts"),
        ("/v1/highlight", b'{"q": "x", "texts": ["x", 5]}', "texts: is 5; it must be a list of texts"),
    ],
)
def test_a_bad_body_is_named_with_the_remedy(client, path, body, detail):
    result = client.simulate_post(path, body=body, headers={"Content-Type": "application/json"})

    assert result.status_code == 400
    assert detail in result.json["detail"]


def test_a_body_or_list_that_is_too_long_is_refused(client):
    many = client.simulate_post("/v1/highlight", json={"q": "x", "texts": ["x"] * 101})
    long = client.simulate_post("/v1/analyze", json={"text": "x" * 20_001})
    phrases = " ".join(f'"a b"~{slop}' for slop in range(50))
    wide = client.simulate_post("/v1/highlight", json={"q": phrases, "texts": ["a b " * 4_000] * 100})

    assert many.json["detail"] == "texts: has 101 values; 100 are read: give fewer"
    assert long.json["detail"] == "text: has 20,001 characters; 20,000 are read: shorten it"
    assert wide.json["detail"].startswith("texts: 1,600,000 characters for 100 words of the query are too many")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_of_another_type_is_refused(client, kind):
    result = client.simulate_post("/v1/analyze", body=b"text=padi", headers={"Content-Type": kind})

    assert result.status_code == 415 and "application/json" in result.json["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/analyze", b'{"text": "a\\ud800b"}'),
        ("/v1/highlight", b'{"q": "a\\ud800", "text": "a\\ud800b"}'),
        ("/v1/highlight", b'{"q": "a", "text": "a\\udfffb"}'),
    ],
)
def test_half_a_character_in_a_body_does_no_harm(client, path, body):
    result = client.simulate_post(path, body=body, headers={"Content-Type": "application/json"})

    assert result.status_code == 200 and "a" in result.text


def test_half_a_character_in_a_field_that_is_refused_does_no_harm(client):
    result = client.simulate_post(
        "/v1/analyze", body=b'{"\\ud800": 1, "text": "\\ud800"}', headers={"Content-Type": "application/json"}
    )

    assert result.status_code == 400 and result.json["errors"]


def test_the_service_says_that_it_is_alive_and_ready(client):
    assert client.simulate_get("/healthz").json == {"status": "ok"}
    ready = client.simulate_get("/readyz").json
    assert (ready["status"], ready["articles"]) == ("ready", 3)
    assert ready["age_seconds"] >= 0


def test_without_an_index_the_service_is_alive_and_not_ready(tmp_path, analyzer, ranking, highlighting, serving):
    live = LiveIndex(tmp_path, ranking, analyzer)
    backend = Backend(Answers(live, highlighting), Writing(tmp_path, live), Keys(tmp_path))
    client = TestClient(create_app(backend, serving, Shared.alone()), headers={"Accept-Language": "en"})

    assert client.simulate_get("/healthz").status_code == 200
    for path in ("/readyz", "/v1/search", "/v1/articles/1"):
        assert client.simulate_get(path).status_code == 503
        assert "run `telusur reindex SOURCE…`" in client.simulate_get(path).json["detail"]
        assert str(tmp_path) not in client.simulate_get(path).text
    assert client.simulate_get("/").status_code == 200
    assert client.simulate_get("/cari?q=x").status_code == 503


def test_an_engine_that_fails_is_a_problem_and_not_a_traceback(client_over, monkeypatch, caplog):
    client = client_over(in_body("padi"))
    monkeypatch.setattr("search.engines.whoosh.engine.timely_best", lambda *_: 1 / 0)
    result = client.simulate_get("/v1/search?q=padi")

    assert (result.status_code, result.json["type"]) == (500, "urn:telusur:problem:internal-error")
    assert "ZeroDivisionError" not in result.text and "ZeroDivisionError" in caplog.text


def test_each_request_is_one_line_in_the_log_without_what_was_asked(client, caplog):
    with caplog.at_level(logging.INFO, logger="search.service"):
        client.simulate_get("/v1/search", params={"q": "rahasia"})

    (line,) = [record.getMessage() for record in caplog.records if record.name == "search.service.logs"]
    assert re.fullmatch(r'GET /v1/search 200 \d+\.\d ms \d+ bytes id="[0-9a-f]{32}" key=null', line)
