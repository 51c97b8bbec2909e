"""What a service says of its index: whether it is what is live on disk, what waits to be applied, and what keeps it."""

import json
import time
from dataclasses import replace

import pytest
from falcon.testing import TestClient

from indexer import generations
from indexer.changes.lock import ApplierLock
from indexer.changes.queue import FILE, ChangeQueue
from indexer.keys import FILE as KEYS
from indexer.keys import Keys
from search.answers import Answers
from search.live import LiveIndex
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.writing import Writing
from tests.building import in_body, publish, record


@pytest.fixture
def generation(index):
    return publish(index, in_body("padi", "1")).generation


@pytest.fixture
def live(index, generation, analyzer, ranking):  # noqa: ARG001 - the index
    opened = LiveIndex(index.path, ranking, analyzer)
    yield opened
    opened.close()


@pytest.fixture
def client(index, live, highlighting, serving):
    """Return what asks a service in which no change may wait for ten minutes, and which applies none itself."""
    writing = Writing(index.path, live)
    patient = replace(serving, service=replace(serving.service, ready_max_waiting=600))
    backend = Backend(Answers(live, highlighting), writing, Keys(index.path))
    yield TestClient(create_app(backend, patient, Shared.alone()))
    writing.close()


def ready(client):
    answer = client.simulate_get("/readyz")
    return answer.status_code, answer.json


def waits(index, seconds):
    """Queue a change that has waited so long."""
    moment = "indexer.changes.queue.time.time"
    with pytest.MonkeyPatch.context() as patched:
        now = time.time()
        patched.setattr(moment, lambda: now - seconds)
        ChangeQueue(index.path).add([("2", record(in_body("jagung", "2")))])


def test_an_index_without_changes_is_ready(client, generation):
    status, document = ready(client)

    assert (status, document["generation"], document["behind"]) == (200, generation.name, None)
    assert document["changes"] == {
        "through": 0,
        "through_age_seconds": pytest.approx(0, abs=60),
        "waiting": 0,
        "waiting_seconds": 0,
        "hanging": None,
    }


def test_a_change_that_has_waited_too_long_makes_it_not_ready(client, index):
    waits(index, 0)
    assert ready(client)[0] == 200
    waits(index, 900)
    status, document = ready(client)

    assert (status, document["status"], document["changes"]["waiting"]) == (503, "changes wait", 2)
    assert document["changes"]["waiting_seconds"] >= 899


def test_what_keeps_changes_is_said_without_paths(client, index):
    waits(index, 0)
    with ApplierLock(index.path) as lock:
        lock.tell(f"{index.path} is full")
        said = ready(client)[1]["changes"]["hanging"]

    assert said.startswith("changes are queued and safe, but cannot be applied now")
    assert str(index.path) not in said


def test_a_queue_that_cannot_be_read_is_not_ready(client, index):
    for path in index.path.glob(f"{FILE}*"):
        path.unlink()
    (index.path / FILE).write_bytes(b"no database" * 100)

    assert ready(client)[0] == 503
    assert ready(client)[1]["changes"]["waiting"] is None


@pytest.mark.parametrize("gone", ["live.json", "generations", "manifest.json", "engine/commit.json"])
def test_an_index_that_vanishes_answers_on_and_says_so(client, index, generation, gone):
    assert ready(client)[1]["behind"] is None
    path = generation.path / gone if "." in gone and gone != "live.json" else index.path / gone
    path.rename(path.with_name("gone"))

    assert client.simulate_get("/v1/search?q=padi").json["total"] == 1
    status, document = ready(client)
    assert (status, document["behind"][:35]) == (200, "what is live on disk cannot be open")


@pytest.mark.parametrize("gone", ["manifest.json", "engine/commit.json"])
def test_a_file_that_is_put_back_is_no_trouble_any_more(client, generation, gone):
    assert ready(client)[1]["behind"] is None
    kept = (generation.path / gone).rename(generation.path / "kept")
    assert ready(client)[1]["behind"]
    kept.rename(generation.path / gone)

    assert ready(client)[1]["behind"] is None


def test_a_pointer_that_is_put_right_is_behind_no_more(client, index):
    pointer = generations.pointer(index.path)
    kept = pointer.read_bytes()
    assert ready(client)[1]["behind"] is None
    pointer.write_text(json.dumps({"generation": "gone"}), encoding="utf-8")
    assert ready(client)[1]["behind"]
    pointer.write_bytes(kept)

    assert ready(client)[1]["behind"] is None


def test_keys_that_cannot_be_read_lock_nobody_out_of_reading(client, index, caplog):
    key = Keys(index.path).create("redaksi")
    (index.path / KEYS).write_text("{", encoding="utf-8")
    answer = client.simulate_delete("/v1/articles/1", headers={"Authorization": f"Bearer {key}"})

    assert (answer.status_code, KEYS in answer.text, KEYS in caplog.text) == (503, False, True)
    assert client.simulate_get("/v1/search?q=padi").status_code == 200
