"""A cluster behind TLS and a password, and one that the network is cut from: 503 or an answer, and never a 500."""

from dataclasses import replace

import pytest
from falcon.testing import TestClient

from indexer import clusters
from indexer.errors import IndexUnavailable
from indexer.keys import Keys
from search.answers import Answers
from search.live import LiveIndex
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.writing import Writing
from tests.building import article, in_body, publish, record
from tests.clusters import awaited, index_in
from tests.relays import PASSWORD, USER, Relay, gateway

pytestmark = pytest.mark.cluster

READING = ("/v1/search?q=padi", "/v1/suggest?q=pad", "/v1/articles/1", "/v1/articles/1/similar", "/cari?q=padi")


@pytest.fixture
def serves(ranking, analyzer, highlighting, serving):
    """Return what starts a service on an index; its client may write."""
    hurried = replace(serving, service=replace(serving.service, deadline=2.0))  # as the settings have it
    opened = []

    def client(index):
        live = LiveIndex(index.path, ranking, analyzer)
        writing, keys = Writing(index.path, live), Keys(index.path)
        opened.extend((writing, live))
        app = create_app(Backend(Answers(live, highlighting), writing, keys), hurried, Shared.alone())
        return TestClient(app, headers={"Authorization": f"Bearer {keys.create('test', ('write',), 0)}"})

    yield client
    for one in opened:
        one.close()


@pytest.fixture
def secured(hosts, tmp_path):
    """Give out an index in a cluster that asks for a password over TLS, and how it is reached."""
    folder = tmp_path / "gateway"
    folder.mkdir()
    with gateway(hosts[0], folder) as address:
        known = {"user": USER, "password": PASSWORD, "ca_file": str(folder / "own.pem")}
        index = index_in(tmp_path / "index", [address], timeout=5.0, **known)
        yield index, clusters.reached(index.path)


@pytest.fixture
def relay(hosts):
    relay = Relay(hosts[0])
    yield relay
    relay.close()


def status_of(client, path="/v1/search?q=padi"):
    """Return the status of an answer, which where it is an error says when to try again."""
    answer = client.simulate_get(path)
    assert answer.status_code == 200 or int(answer.headers["retry-after"]) > 0, answer.text
    return answer.status_code


def reached_otherwise(index, settings, **changed):
    """Have processes that start from now on reach the cluster of *index* otherwise."""
    clusters.keep(index.path, replace(settings, **changed))


def test_a_cluster_is_built_and_asked_over_tls_with_a_password(secured, serves):
    index, _ = secured
    publish(index, in_body("padi", "1"))

    client = serves(index)
    assert awaited(lambda: status_of(client) == 200)


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ({"password": "salah"}, r"refuses opensearch\.user .* see to opensearch\.password"),
        ({"user": "", "password": ""}, r"refuses opensearch\.user"),
        ({"ca_file": ""}, r"cannot be trusted .* see to opensearch\.ca_file"),
    ],
    ids=["password", "nobody", "certificate"],
)
def test_a_cluster_that_lets_us_not_in_is_503_and_the_error_names_the_setting(secured, serves, wrong, remedy):
    index, settings = secured
    publish(index, in_body("padi", "1"))
    reached_otherwise(index, settings, **wrong)
    refused = serves(index)

    assert {path: status_of(refused, path) for path in READING} == dict.fromkeys(READING, 503)
    with pytest.raises(IndexUnavailable, match=remedy):
        publish(index, in_body("padi", "1"))


def test_what_is_open_answers_on_when_its_password_is_mended(secured, serves):
    index, settings = secured
    publish(index, in_body("padi", "1"))
    reached_otherwise(index, settings, password="salah")  # noqa: S106 - as wrong as can be
    client = serves(index)
    assert status_of(client) == 503

    reached_otherwise(index, settings)
    assert awaited(lambda: status_of(client) == 200)


def test_a_cut_network_is_503_and_what_was_acknowledged_meanwhile_is_found_after_it(relay, serves, tmp_path):
    index = index_in(tmp_path / "index", [relay.address], timeout=1.5)
    publish(index, in_body("padi", "1"))
    client = serves(index)
    awaited(lambda: status_of(client) == 200)

    relay.fall_silent()
    awaited(lambda: status_of(client, "/v1/search?q=jagung") == 503)
    assert {path: status_of(client, path) for path in READING[2:]} == dict.fromkeys(READING[2:], 503)
    assert client.simulate_put("/v1/articles/2", json=record(article("2", body="Padi."))).status_code == 202

    relay.speak()
    awaited(lambda: status_of(client) == 200)
    assert awaited(lambda: client.simulate_get("/v1/articles/2").status_code == 200)


def test_a_node_that_the_network_is_cut_from_is_asked_once_and_others_answer(relay, hosts, serves, tmp_path):
    index = index_in(tmp_path / "index", [relay.address, hosts[0]], timeout=1.5)
    publish(index, *(in_body(f"padi kata{number}", f"{number}") for number in range(9)))
    client = serves(index)
    awaited(lambda: status_of(client) == 200)

    relay.fall_silent()
    awaited(lambda: status_of(client, "/v1/search?q=jagung") == 200)
    assert [status_of(client, f"/v1/search?q=kata{number}") for number in range(9)] == [200] * 9
