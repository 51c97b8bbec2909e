"""Changes over HTTP: only with a key, acknowledged when they are on disk, and seen by searches soon after."""

import json
import time

import pytest
from falcon.testing import TestClient

from indexer.changes.queue import ChangeQueue
from indexer.keys import Keys
from tests.building import in_body, record


@pytest.fixture
def key(index):
    return Keys(index.path).create("redaksi")


@pytest.fixture
def client(client_over, key):
    app = client_over(in_body("padi", "1"), in_body("gandum", "2")).app
    return TestClient(app, headers={"Authorization": f"Bearer {key}", "Accept-Language": "en"})


def total(client, text):
    return client.simulate_get("/v1/search", params={"q": text, "mode": "all"}).json["total"]


def finished(client, answer):
    """Wait until the task of *answer* is done, and return it."""
    assert answer.status_code == 202, answer.text
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        task = client.simulate_get(answer.headers["Location"]).json
        if task["state"] == "done":
            return task
        time.sleep(0.02)
    raise AssertionError(task)


def test_an_article_that_is_put_is_found_and_one_of_its_id_is_gone(client):
    task = finished(client, client.simulate_put("/v1/articles/1", json=record(in_body("kedelai", "1"))))

    assert (task["changes"], task["applied"], task["failures"]) == (1, 1, [])
    assert (total(client, "kedelai"), total(client, "padi"), total(client, "gandum")) == (1, 0, 1)
    assert client.simulate_get("/v1/articles/1").json["body"] == in_body("kedelai").body


def test_an_article_that_is_deleted_is_found_no_more(client):
    finished(client, client.simulate_delete("/v1/articles/2"))

    assert (total(client, "gandum"), total(client, "padi")) == (0, 1)
    assert client.simulate_get("/readyz").json["articles"] == 1
    assert client.simulate_get("/v1/articles/2").status_code == 404


def test_lines_that_are_no_articles_are_named_and_the_others_go_in(client):
    lines = [json.dumps(record(in_body("jagung", "3"))), "{", '{"title": "tanpa isi"}', "[]", ""]
    answer = client.simulate_post("/v1/articles", body="\n".join(lines))
    finished(client, answer)

    assert [row["line"] for row in answer.json["rejected"]] == [2, 3, 4]
    assert "'body' is missing" in answer.json["rejected"][1]["reason"]
    assert total(client, "jagung") == 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer telusur_x"}, {"Authorization": "Basic YTpi"}])
@pytest.mark.usefixtures("key")
def test_nobody_writes_without_a_key(client_over, headers):
    client = client_over(in_body("padi", "1"), headers={"Accept-Language": "en"})
    answers = [
        client.simulate_put("/v1/articles/1", json=record(in_body("x", "1")), headers=headers),
        client.simulate_delete("/v1/articles/1", headers=headers),
        client.simulate_post("/v1/articles", body="{}", headers=headers),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert "telusur keys create" in answers[0].json["detail"] and answers[0].headers["WWW-Authenticate"] == "Bearer"
    assert client.simulate_get("/v1/articles/1").status_code == 200


def test_a_key_that_is_taken_back_lets_nobody_in(client, index):
    Keys(index.path).revoke("redaksi")

    assert client.simulate_delete("/v1/articles/1").status_code == 401


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"title": "x"}, "'body' is missing"),
        ({"id": "9", "title": "x", "body": "y"}, "'9' in the body and '1' in the address"),
        (["x"], "must be an object"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason_and_nothing_is_queued(client, index, body, wanted):
    answer = client.simulate_put("/v1/articles/1", json=body)

    assert answer.status_code == 400 and wanted in answer.text
    assert ChangeQueue(index.path).last() == 0


def test_a_task_that_nobody_knows_is_a_problem(client):
    answer = client.simulate_get("/v1/tasks/none")

    assert (answer.status_code, answer.json["type"]) == (404, "urn:telusur:problem:task-not-found")
