"""Who may do what how often."""

import json
import subprocess
import sys

import pytest

from indexer.keys import FILE, Keys
from tests.building import in_body, record

OUTSIDE = {"own_networks": []}


def bearer(secret):
    return {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}


@pytest.fixture
def keys(index):
    return Keys(index.path)


def test_reading_is_open_unless_it_is_closed(client_over, keys):
    open_client, closed = (
        client_over(in_body("padi", "1")),
        client_over(in_body("padi", "1"), access={"search_needs_key": True}),
    )
    search, write = keys.create("portal", ("search",)), keys.create("redaksi", ("write",))

    assert open_client.simulate_get("/v1/search").status_code == 200
    for path in ("/v1/search", "/cari?q=padi", "/v1/articles/1"):
        assert closed.simulate_get(path).status_code == 401
        assert closed.simulate_get(path, headers=bearer(search)).status_code == 200
    refused = closed.simulate_get("/v1/search", headers=bearer(write))
    assert refused.status_code == 403 and "not for search" in refused.json["detail"]
    assert closed.simulate_get("/healthz").status_code == 200
    assert "private" in closed.simulate_get("/v1/search", headers=bearer(search)).headers["Cache-Control"]


def test_a_key_is_good_for_its_scopes_alone(client_over, keys):
    client = client_over(in_body("padi", "1"), access=OUTSIDE)
    search, write, admin = (keys.create(scope, (scope,)) for scope in ("search", "write", "admin"))
    put = [client.simulate_delete("/v1/articles/1", headers=bearer(key)).status_code for key in (search, admin, write)]
    figures = [client.simulate_get("/metrics", headers=bearer(key)).status_code for key in (search, write, admin)]

    assert (put, figures) == ([403, 403, 202], [403, 403, 200])
    assert client.simulate_get("/metrics").status_code == 401


def test_figures_are_read_without_a_key_from_networks_of_ones_own(client_over):
    assert client_over(in_body("padi", "1")).simulate_get("/metrics").status_code == 200


def test_a_key_whose_time_is_over_lets_nobody_in(client_over, keys, index):
    secret = keys.create("redaksi", ("write",), days=1)
    client = client_over(in_body("padi", "1"))
    assert client.simulate_delete("/v1/articles/1", headers=bearer(secret)).status_code == 202
    kept = json.loads((index.path / FILE).read_text(encoding="utf-8"))
    kept[0]["expires"] = "2025-01-01T00:00:00+00:00"
    (index.path / FILE).write_text(json.dumps(kept), encoding="utf-8")

    assert client.simulate_delete("/v1/articles/1", headers=bearer(secret)).status_code == 401


def test_a_key_from_before_there_were_scopes_may_write_and_search(client_over, keys, index):
    secret = keys.create("redaksi")
    kept = json.loads((index.path / FILE).read_text(encoding="utf-8"))
    (index.path / FILE).write_text(
        json.dumps([{name: kept[0][name] for name in ("name", "created", "digest")}]), encoding="utf-8"
    )

    client = client_over(in_body("padi", "1"))
    assert (
        client.simulate_put("/v1/articles/1", json=record(in_body("x", "1")), headers=bearer(secret)).status_code == 202
    )
    assert client.simulate_get("/v1/search", headers=bearer(secret)).status_code == 200


@pytest.mark.parametrize("given", ["Bearer x", "Bearer ", "bearer telusur_x", "Bearer \x80"])
def test_a_key_that_is_none_is_refused_where_none_is_needed_too(client_over, given):
    assert (
        client_over(in_body("padi", "1")).simulate_get("/v1/search", headers={"Authorization": given}).status_code
        == 401
    )


def test_a_minute_has_so_many_units_for_one_address_and_dear_ones_count_more(client_over):
    client = client_over(in_body("padi", "1"), access=OUTSIDE | {"units_per_address": 10})
    answers = [client.simulate_get("/v1/search", headers={"Accept-Language": "en"}) for _ in range(6)]
    dear = client.simulate_post("/v1/analyze", json={"text": "x"})
    health = client.simulate_get("/healthz")
    other = client.simulate_get("/v1/search", remote_addr="192.0.2.1")

    assert {answer.status_code for answer in answers} == {200}
    assert answers[-1].headers["RateLimit"].startswith('"units";r=4;t=')
    assert answers[-1].headers["RateLimit-Policy"] == '"units";q=10;w=60'
    assert (dear.status_code, dear.json["type"]) == (429, "urn:telusur:problem:too-many-requests")
    assert 1 <= int(dear.headers["Retry-After"]) <= 60
    assert (health.status_code, other.status_code) == (200, 200)


def test_a_key_has_units_of_its_own(client_over, keys):
    client = client_over(in_body("padi", "1"), access=OUTSIDE | {"units_per_address": 1, "units_per_key": 3})
    own = bearer(keys.create("portal", ("search",)))

    assert [client.simulate_get("/v1/search", headers=own).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [client.simulate_get("/v1/search").status_code for _ in range(2)] == [200, 429]


def test_addresses_of_one_site_share_their_units_and_no_proxy_is_believed_unasked(client_over):
    client = client_over(in_body("padi", "1"), access=OUTSIDE | {"units_per_address": 2})
    site = [client.simulate_get("/v1/search", remote_addr=f"2001:db8::{n}").status_code for n in range(1, 4)]
    forged = [
        client.simulate_get("/v1/search", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(1, 4)
    ]

    assert site == forged == [200, 200, 429]


def test_a_trusted_proxy_tells_who_asks(client_over):
    access = OUTSIDE | {"units_per_address": 2, "trusted_proxies": ["127.0.0.1"]}
    client = client_over(in_body("padi", "1"), access=access)
    through = [
        client.simulate_get("/v1/search", headers={"X-Forwarded-For": f"6.6.6.{n}, 192.0.2.7"}).status_code
        for n in range(3)
    ]
    others = [
        client.simulate_get("/v1/search", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(9, 12)
    ]

    assert (through, others) == ([200, 200, 429], [200, 200, 200])


def test_scripts_of_other_pages_ask_only_if_their_origin_is_listed(client_over):
    client = client_over(in_body("padi", "1"), access={"origins": ["https://portal.example"]})
    own = client.simulate_get("/v1/search", headers={"Origin": "https://portal.example"}).headers
    other = client.simulate_get("/v1/search", headers={"Origin": "https://evil.example"}).headers
    asked = {"Origin": "https://portal.example", "Access-Control-Request-Method": "GET"}
    before = client.simulate_options("/v1/search", headers=asked).headers

    assert (
        own["Access-Control-Allow-Origin"] == "https://portal.example"
        and "ETag" in own["Access-Control-Expose-Headers"]
    )
    assert "Access-Control-Allow-Origin" not in other
    assert "GET" in before["Access-Control-Allow-Methods"]
    assert (
        "Access-Control-Allow-Origin"
        not in client_over(in_body("padi", "1"))
        .simulate_get("/v1/search", headers={"Origin": "https://portal.example"})
        .headers
    )


def test_keys_are_made_with_scopes_and_days_and_listed_with_them(index):
    def keys(*arguments):
        command = [sys.executable, "-m", "search", "keys", *arguments, "--json", "--index", str(index.path)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    keys("create", "portal", "--scope", "search", "--scope", "admin", "--days", "30")
    (listed,) = keys("list")["keys"]

    assert listed["scopes"] == ["search", "admin"] and listed["expires"] > listed["created"]
