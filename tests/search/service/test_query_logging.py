"""What of a request is logged, what never is, and that no search waits or fails for it."""

import json
import os
import time
import urllib.request

import pytest
from falcon.testing import TestClient

from search.query_log.database import FILE
from search.query_log.log import QueryLog
from search.service.server.callers import Callers
from tests.asked import BOUNDS, logged, rows, search, texts
from tests.building import article, in_body, publish
from tests.disks import full, small_disk

BOTS = ("Googlebot/2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "facebookcrawler", "UptimeRobot-Monitor/1")
READERS = ("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", "curl/8.0", "Botanist browser")


@pytest.fixture
def log(index):
    opened = QueryLog(index.path, BOUNDS)
    yield opened
    opened.close()


@pytest.fixture
def client(client_over, log):
    return client_over(*(in_body("keuangan", f"k-{n}") for n in range(3)), in_body("padi", "p"), asked=log)


def test_a_search_is_logged_with_what_it_found(client, log, index):
    client.simulate_get("/v1/search?q=Padi")
    client.simulate_get("/v1/search?q=keungan&per_page=2&page=1")
    client.simulate_get("/v1/search?q=padi+keungan&mode=any")
    client.simulate_get("/cari?q=padi+xyzzy")
    log.close()

    assert rows(index.path, "select text, page, per_page, hits, corrected, is_corrected, is_relaxed from searches") == [
        ("padi", 1, 10, 1, None, 0, 0),
        ("keungan", 1, 2, 3, "keuangan", 1, 0),
        ("padi keungan", 1, 10, 1, "padi keuangan", 0, 0),
        ("padi xyzzy", 1, 10, 1, None, 0, 1),
    ]


def test_an_answer_that_was_kept_is_logged_and_one_that_the_client_has_is_not(client, log, index):
    tag = client.simulate_get("/v1/search?q=padi").headers["ETag"]
    client.simulate_get("/v1/search?q=padi")
    assert client.simulate_get("/v1/search?q=padi", headers={"If-None-Match": tag}).status_code == 304
    log.close()

    assert rows(index.path, "select text, hits from searches") == [("padi", 1), ("padi", 1)]


@pytest.mark.parametrize(
    "address",
    "/v1/search /v1/search?q=++ /v1/search?q=padi&page=0 /v1/suggest?q=padi / /healthz /readyz /metrics /v1/articles/p"
    " /v1/articles/p/highlight?q=padi".split(),
)
def test_what_is_no_search_is_not_logged(client, log, index, address):
    client.simulate_get(address)
    log.close()

    assert not (index.path / FILE).exists()


def test_bots_and_browsers_that_fetch_ahead_are_not_logged(client, log, index):
    for number, agent in enumerate((*BOTS, *READERS)):
        client.simulate_get(f"/v1/search?q=padi+{number}", headers={"User-Agent": agent})
    client.simulate_get("/cari?q=kelak", headers={"Sec-Purpose": "prefetch;prerender"})
    client.simulate_head("/v1/search?q=kepala")
    client.simulate_post("/v1/click", json={"q": "padi", "id": "p", "position": 1}, headers={"User-Agent": BOTS[0]})
    log.close()

    assert texts(index.path) == [f"padi {number}" for number in range(len(BOTS), len(BOTS) + len(READERS))]
    assert rows(index.path, "select * from clicks") == []


def test_a_click_is_logged_and_answered_with_nothing(client, log, index):
    answer = client.simulate_post("/v1/click", json={"q": "Padi ", "id": "p", "position": 3})
    log.close()

    assert (answer.status_code, answer.content) == (204, b"")
    assert rows(index.path, "select text, article, position from clicks") == [("padi", "p", 3)]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"q": "padi", "id": "p"}, "position"),
        ({"q": "padi", "id": "p", "position": 0}, "position"),
        ({"q": "padi", "id": "p", "position": 10_001}, "position"),
        ({"q": "padi", "id": "p", "position": "1"}, "position"),
        ({"q": "padi", "id": "p", "position": True}, "position"),
        ({"q": "padi", "id": "", "position": 1}, "id"),
        ({"q": "padi", "id": "p" * 1_000, "position": 1}, "id"),
        ({"q": "x" * 1_001, "id": "p", "position": 1}, "q"),
        ({"q": 7, "id": "p", "position": 1}, "q"),
        ({"q": "padi", "id": "p", "position": 1, "who": "me"}, "who"),
    ],
)
def test_a_click_that_is_none_is_refused_and_says_why(client, body, wrong):
    answer = client.simulate_post("/v1/click", json=body)

    assert answer.status_code == 400 and [one["parameter"] for one in answer.json["errors"]] == [wrong]


def test_a_click_is_small_and_json(client):
    large = client.simulate_post("/v1/click", json={"q": "padi", "id": "p", "position": 1, "more": "x" * 20_000})
    form = client.simulate_post("/v1/click", body="q=padi", headers={"Content-Type": "text/plain"})

    assert (large.status_code, form.status_code) == (413, 415)


def test_a_click_needs_a_key_where_searches_do_and_counts_as_one(client_over):
    click = {"json": {"q": "padi", "id": "1", "position": 1}}
    closed = client_over(article("1"), access={"search_needs_key": True})
    limited = client_over(article("1"), access={"units_per_address": 1, "own_networks": []})

    assert closed.simulate_post("/v1/click", **click).status_code == 401
    assert [limited.simulate_post("/v1/click", **click).status_code for _ in range(2)] == [204, 429]


def test_where_the_log_is_off_there_is_no_file_and_a_click_is_taken(client_over, index):
    client = client_over(article("1"))
    client.simulate_get("/v1/search?q=kabar")
    answer = client.simulate_post("/v1/click", json={"q": "kabar", "id": "1", "position": 1})

    assert answer.status_code == 204 and not list(index.path.glob(f"{FILE}*"))


def test_callers_are_told_apart_by_a_hash_alone(client_over, log, index):
    client = client_over(article("1"), asked=log, access={"trusted_proxies": ["127.0.0.1"]})
    for address in ("203.0.113.7", "203.0.113.8", "203.0.113.7", "2001:db8::1", "2001:db8::2"):
        client.simulate_get("/v1/search?q=kabar", headers={"X-Forwarded-For": address})
    log.close()

    callers = [caller for (caller,) in rows(index.path, "select caller from searches order by id")]
    assert [callers.index(caller) for caller in callers] == [0, 1, 0, 3, 3]
    assert b"203.0.113" not in (index.path / FILE).read_bytes()


def test_nobody_is_the_same_caller_on_another_day_nor_after_the_clock_went_back():
    now = [1_000_000_000.0]
    callers = Callers(lambda: now[0])
    first, same = callers.caller("203.0.113.7"), callers.caller("203.0.113.7")
    now[0] += 86_400
    second = callers.caller("203.0.113.7")
    now[0] -= 86_400
    back = callers.caller("203.0.113.7")

    assert first == same and len({first, second, back}) == len({one.key for one in (first, second, back)}) == 3


def test_processes_hash_alike():
    callers = Callers()
    own = callers.caller("203.0.113.7")
    reading, writing = os.pipe()
    if not os.fork():
        os.write(writing, repr(tuple(callers.caller("203.0.113.7"))).encode())
        os._exit(0)
    os.wait()

    assert os.read(reading, 200).decode() == repr(tuple(own))


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", "2m") as mounted_at:
        yield mounted_at


def asked_until(client: TestClient, log: QueryLog, text: str, what: str, least: int) -> None:
    """Ask for *text*, and be answered each time, until the log has *what* of its counts at *least* there."""
    while getattr(log, what) < least:
        before = log.written + log.lost
        for _ in range(50):
            assert client.simulate_get(f"/v1/search?q={text}").status_code == 200
        while log.written + log.lost == before:  # else who asks could be faster than a slow disk
            time.sleep(0.01)


def test_a_full_disk_costs_no_search_and_is_said_and_counted(client_over, disk, caplog):
    log = QueryLog(disk, BOUNDS)
    client = client_over(in_body("padi", "1"), asked=log)
    asked_until(client, log, "padi", "written", 100)
    with full(disk):
        asked_until(client, log, "padi+penuh", "lost", 100)
    asked_until(client, log, "padi+lagi", "written", log.written + 1)
    log.close()

    said = [record.message for record in caplog.records if "what is asked" in record.message]
    assert len(said) == 2 and "is full" in said[0] and said[1].endswith(f"{log.lost} entries were lost")
    assert len(texts(disk)) == log.written
    client.simulate_get("/healthz")
    assert f"telusur_query_log_lost_total {float(log.lost)}" in client.simulate_get("/metrics").text


SETTINGS = "[query_log]\nenabled = true\nrefresh = 0.1\nsuggest_from = 1\n"


def test_workers_write_one_log_tell_callers_apart_alike_and_offer_what_was_asked(index, serve, tmp_path):
    publish(index, in_body("padi", "1"))
    (tmp_path / "telusur.toml").write_text(SETTINGS, encoding="utf-8")
    address, process = serve("serve", "--workers", "2", "--config", str(tmp_path / "telusur.toml"))
    for number in range(60):
        got(f"{address}v1/search?q=padi+{number % 3}")
    while "query" not in {one["kind"] for one in got(f"{address}v1/suggest?q=pad")["suggestions"]}:
        pass
    process.terminate()
    process.wait()

    counted = "select count(*), count(distinct caller), count(distinct key) from searches"
    assert rows(index.path, counted) == [(60, 1, 1)]


def got(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
        return json.load(answer)


def test_a_log_that_was_turned_off_is_spoken_of_until_it_is_deleted(index, serve, tmp_path):
    publish(index, in_body("padi", "1"))
    logged(index.path, search("padi"))
    serve("serve")

    assert "telusur report --forget" in (tmp_path / "server.log").read_text(encoding="utf-8")
