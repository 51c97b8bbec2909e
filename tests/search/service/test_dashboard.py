"""The operators' page: who sees it, that its figures are those of the index and the log, and that it runs nothing."""

import logging
from base64 import b64encode
from dataclasses import replace

import pytest
from falcon.testing import TestClient
from lxml import html

from indexer.keys import Keys
from search.answers import Answers
from search.live import LiveIndex
from search.query_log.database import FILE
from search.reviewing.reports import Asked, Reports, Untold
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.web.dashboard_texts import TEXTS
from search.writing import Writing
from tests.asked import DAY, click, logged, search
from tests.building import article, in_body, record

ON = {"access": {"dashboard": True}}
LOGGED = {"query_log": {"enabled": True}}


@pytest.fixture
def keys(index):
    return Keys(index.path)


@pytest.fixture
def admin(keys):
    return keys.create("redaksi", ("admin",))


@pytest.fixture
def answering(index, analyzer, ranking, highlighting):
    """Return what answers from an index that is not there yet."""
    return Answers(LiveIndex(index.path, ranking, analyzer), highlighting)


def basic(secret, name="siapa pun"):
    return {"Authorization": "Basic " + b64encode(f"{name}:{secret}".encode()).decode()}


def seen(client, secret, language="id", **parameters):
    """Return the page as a tree."""
    headers = basic(secret) | {"Accept-Language": language}
    answer = client.simulate_get("/dasbor", params=parameters, headers=headers)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def figures(page):
    return {
        " ".join(one.findtext("dt").split()): " ".join(one.find("dd").text_content().split())
        for one in page.xpath("//dl/div")
    }


def listed(page, name):
    """Return the rows of the table called *name*."""
    rows = page.xpath(f"//*[@role='region'][@aria-label='{name}']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]


def heights(page):
    """Return how high the bars of each chart are."""
    return [
        [float(bar.get("height")) for bar in one.xpath(".//rect[2]")] for one in page.xpath("//svg[@class='chart']")
    ]


def test_there_is_no_such_page_unless_the_settings_say_so(client_over, admin):
    client = client_over(article("1"))

    assert client.simulate_get("/dasbor", headers=basic(admin)).status_code == 404
    assert client.simulate_get("/dasbor").headers.get("WWW-Authenticate") is None


def test_it_wants_an_admin_key_from_everyone_and_asks_the_browser_for_it(client_over, keys, admin):
    client = client_over(article("1"), **ON)
    others = [basic(keys.create(scope, (scope,))) for scope in ("search", "write")]
    asked = client.simulate_get("/dasbor", remote_addr="127.0.0.1")

    assert asked.status_code == 401
    assert asked.headers["WWW-Authenticate"] == 'Basic realm="Telusur", charset="UTF-8"'
    assert "Perlu kunci" in asked.text and asked.headers["Content-Type"].startswith("text/html")
    assert [client.simulate_get("/dasbor", headers=one).status_code for one in others] == [403, 403]
    assert client.simulate_get("/dasbor", headers=basic(admin)).status_code == 200
    assert client.simulate_head("/dasbor", headers=basic(admin)).status_code == 200
    assert client.simulate_get("/dasbor", headers={"Authorization": f"Bearer {admin}"}).status_code == 200


@pytest.mark.parametrize(
    "given",
    ["Basic", "Basic ", "Basic x", "Basic eA==", "Basic /w==", "Basic Og==", "Basic " + "eA" * 8_000, "Digest x"],
)
def test_what_is_no_password_is_answered_as_none(client_over, given):
    assert client_over(article("1"), **ON).simulate_get("/dasbor", headers={"Authorization": given}).status_code == 401


def test_a_key_that_was_taken_back_or_stands_in_the_address_opens_nothing(client_over, keys, admin):
    client = client_over(article("1"), **ON)
    statuses = [client.simulate_get("/dasbor", params={name: admin}).status_code for name in ("key", "token", "q")]
    keys.revoke("redaksi")

    assert statuses == [401, 401, 401]
    assert client.simulate_get("/dasbor", headers=basic(admin)).status_code == 401


def test_a_password_that_a_browser_sends_of_itself_changes_and_opens_nothing_else(client_over, keys):
    client = client_over(article("1"), access={"dashboard": True, "search_needs_key": True, "own_networks": []})
    every = basic(keys.create("semua", ("search", "write", "admin")))
    put = client.simulate_put("/v1/articles/1", json=record(article("1")), headers=every)
    read = [client.simulate_get(path, headers=every).status_code for path in ("/v1/search", "/cari?q=x", "/metrics")]

    assert (put.status_code, client.simulate_delete("/v1/articles/1", headers=every).status_code) == (401, 401)
    assert read == [401, 401, 401]
    assert client.simulate_post("/dasbor", headers=every).status_code == 405


def test_nobody_keeps_it_and_its_policy_allows_no_script_of_its_own(client_over, admin):
    client = client_over(article("1"), **ON)
    for headers in ({}, basic(admin)):
        answer = client.simulate_get("/dasbor", headers=headers)

        assert answer.headers["Cache-Control"] == "no-store" and "Authorization" in answer.headers["Vary"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = seen(client, admin)
    assert not page.xpath("//*[@style] | //style | //script[text()] | //@*[starts-with(name(), 'on')]")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


def test_guesses_are_limited_as_what_is_dear(client_over):
    client = client_over(article("1"), access={"dashboard": True, "own_networks": [], "units_per_address": 12})
    guesses = [client.simulate_get("/dasbor", headers=basic(f"telusur_{n}")).status_code for n in range(3)]

    assert guesses == [401, 401, 429]


def test_the_log_names_the_key_and_never_shows_it(client_over, admin, caplog):
    client = client_over(article("1"), **ON)
    caplog.set_level(logging.DEBUG)
    client.simulate_get("/dasbor", headers=basic(admin))
    client.simulate_get("/dasbor", headers=basic(admin + "x"))

    assert "GET /dasbor 200" in caplog.text and 'key="redaksi"' in caplog.text and "GET /dasbor 401" in caplog.text
    assert admin not in caplog.text and basic(admin)["Authorization"].split()[1] not in caplog.text


def test_the_index_is_told_as_it_stands(client_over, admin):
    client = client_over(*(in_body("padi", f"{n}") for n in range(3)), **ON)
    page = seen(client, admin)
    (row,) = listed(page, "Generasi yang tersimpan")

    assert figures(page) == {
        "Artikel": "3",
        "Dibangun": "1 menit lalu",
        "Perubahan terakhir": "belum ada",
        "Antrean": "kosong",
    }
    assert (row[2], row[3], row[5]) == ("3", "0", "aktif")


def test_what_readers_asked_is_told_as_the_report_has_it(client_over, index, admin):
    client = client_over(article("1"), **ON, **LOGGED)
    logged(
        index.path,
        *(search("padi", by=number, took_ms=1_234.5) for number in range(4)),
        search("gempa", hits=0),
        search("banjir", ago=2 * DAY),
        search("lama", ago=20 * DAY),
        click("padi"),
    )
    page, week = seen(client, admin), seen(client, admin, days="7")

    assert figures(page)["Pencarian"] == "7" and figures(page)["Tanpa hasil"] == "1 14,3 %"
    assert figures(page)["Klik"] == "1" and figures(week)["Pencarian"] == "6"
    assert listed(page, "Paling sering dicari")[0] == ["padi", "4", "4", "3"]
    assert listed(page, "Tanpa hasil") == [["gempa", "1", "1", "0"]]
    assert listed(page, "Mungkin nama: kata tak dikenal tanpa hasil") == []
    assert [row[1:] for row in listed(page, "Angka per hari")][-1] == ["5", "1", "1", "1.234,5", "1.234,5"]
    assert page.xpath("//*[@aria-label='Paling sering dicari']//rect/@width") == ["100.0", "25.0", "25.0", "25.0"]


@pytest.mark.parametrize(("language", "said"), [("id", "sedang dibaca"), ("en", "is being read")])
def test_a_report_that_is_under_way_is_said_beside_how_the_index_stands(
    client_over, admin, monkeypatch, language, said
):
    monkeypatch.setattr(Reports, "latest", lambda *_: Asked(Untold.GATHERING))
    page = seen(client_over(article("1"), **ON, **LOGGED), admin, language)

    assert said in page.text_content() and figures(page)["Artikel" if language == "id" else "Articles"] == "1"


def test_a_report_that_was_kept_says_how_old_it_is(client_over, index, admin, monkeypatch):
    logged(index.path, search("padi"))
    latest, age = Reports.latest, [59, 180]
    monkeypatch.setattr(Reports, "latest", lambda self, days: replace(latest(self, days), age=age.pop(0)))
    client = client_over(article("1"), **ON, **LOGGED)

    assert "Dihitung" not in seen(client, admin).text_content()
    assert "Dihitung 3 menit lalu" in seen(client, admin).text_content()


def test_charts_have_a_bar_for_each_day_those_without_searches_too(client_over, index, admin):
    client = client_over(article("1"), **ON, **LOGGED)
    logged(index.path, *(search("padi") for _ in range(4)), search("x", hits=0, ago=2 * DAY))
    searches, without_hits, slowest = heights(seen(client, admin, days="7"))

    assert (searches[-3:], without_hits[-3:], slowest[-3:]) == ([25, 0, 100], [100, 0, 0], [100, 0, 100])
    assert len(searches) == len(without_hits) == len(slowest) == 7 and not any(searches[:-3])
    assert [len(one) for one in heights(seen(client, admin, days="90"))] == [90, 90, 90]


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></svg>{{7*7}}"]
)
def test_markup_in_queries_stays_text(client_over, index, admin, payload):
    client = client_over(article("1"), **ON, **LOGGED)
    fixed = search(payload, hits=0, corrected=payload + "b")
    logged(index.path, *[fixed] * 2, search(payload + "b", by=1, ago=30), click(payload + "b", position=50))
    page = seen(client, admin)

    assert page.xpath("count(//script)") == 1 and not page.xpath("//script[text()] | //main//img | //@onerror")
    assert payload in [row[0] for row in listed(page, "Tanpa hasil")]
    assert listed(page, "Koreksi ejaan yang diterima")[0][:2] == [payload, payload + "b"]


def test_a_log_that_is_off_or_empty_is_said(client_over, index, admin):
    off, on = client_over(article("1"), **ON), client_over(article("1"), **ON, **LOGGED)
    assert (
        "Log kueri mati" in seen(off, admin).text_content() and "Log kueri mati" not in seen(on, admin).text_content()
    )
    assert "Belum ada pencarian" in seen(on, admin).text_content()
    logged(index.path, search("padi"))

    assert "Log kueri mati" in seen(off, admin).text_content() and figures(seen(off, admin))["Pencarian"] == "1"
    (index.path / FILE).unlink()
    logged(index.path)
    page = seen(on, admin)
    assert (figures(page)["Pencarian"], figures(page)["Tanpa hasil"]) == ("0", "0 0,0 %")
    assert not any(map(sum, heights(page))) and not listed(page, "Paling sering dicari")


def test_a_log_that_cannot_be_read_leaves_the_index_to_be_seen(client_over, index, admin):
    (index.path / FILE).parent.mkdir(exist_ok=True)
    (index.path / FILE).write_text("no database" * 1_000, encoding="utf-8")
    page = seen(client_over(article("1"), **ON, **LOGGED), admin)

    assert "Log kueri tidak dapat dibaca" in page.text_content() and figures(page)["Artikel"] == "1"


def test_without_an_index_the_page_says_so(index, admin, serving, answering):
    backend = Backend(answering, Writing(index.path, answering.live), Keys(index.path))
    shown = replace(serving, access=replace(serving.access, dashboard=True))
    logged(index.path, search("padi"))
    page = seen(TestClient(create_app(backend, shown, Shared.alone())), admin)

    assert "Tidak ada indeks yang dapat dibuka" in page.text_content() and str(index.path) not in page.text_content()
    assert figures(page)["Pencarian"] == "1"


def test_days_that_cannot_be_chosen_are_refused_after_the_key(client_over, admin):
    client = client_over(article("1"), **ON)
    for days in ("0", "31", "x", "7&days=7"):
        assert client.simulate_get(f"/dasbor?days={days}").status_code == 401
        refused = client.simulate_get(f"/dasbor?days={days}", headers=basic(admin))
        assert refused.status_code == 400 and "7, 30, 90" in refused.text


def test_english_is_spoken_and_both_languages_have_every_text(client_over, admin):
    page = seen(client_over(article("1"), **ON), admin, "en")

    assert page.get("lang") == "en" and "The query log is off" in page.text_content()
    assert figures(page)["Articles"] == "1"
    assert TEXTS["id"].keys() == TEXTS["en"].keys()
