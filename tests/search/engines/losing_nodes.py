"""
A node of three is killed while articles are searched, changed and reindexed: nothing acknowledged is lost.

Twice here, once the manager and once another; as often as TELUSUR_LOST_NODES says. It takes many minutes, and so is
asked for by name: `pytest tests/search/engines/losing_nodes.py`, with `--log-cli-level=WARNING` to read how long no
search was answered.
"""

import logging
import os
import signal
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
from falcon.testing import TestClient

from indexer import generations
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_inspector
from indexer.engines.opensearch.place import place_of
from indexer.errors import IndexerError
from indexer.keys import Keys
from indexer.upkeep.acknowledged import unheld
from search.answers import Answers
from search.live import LiveIndex
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.writing import Writing
from tests import nodes
from tests.building import article, publish, record
from tests.clusters import awaited, index_in
from tests.nodes import Nodes

_log = logging.getLogger(__name__)

pytestmark = [pytest.mark.cluster, pytest.mark.long]

ROUNDS = int(os.environ.get("TELUSUR_LOST_NODES", "2"))
_PAUSE = 0.05  # seconds between two changes: each index that is built anew is to catch up with all of them
ARTICLES = [article(f"old-{number}", body=f"Petani padi nomor {number} panen raya.") for number in range(300)]


@pytest.fixture(scope="module")
def three():
    if why := nodes.missing():
        pytest.skip(f"{why}: {nodes.FETCH}")
    with TemporaryDirectory(prefix="telusur-nodes-") as home, Nodes(Path(home), 3, heap="384m") as started:
        yield started


@pytest.fixture
def index(three, tmp_path):
    return index_in(tmp_path / "index", three.hosts, shards=3, replicas=1, timeout=10.0)


@pytest.fixture
def client(index, ranking, analyzer, highlighting, serving):
    publish(index, *ARTICLES)
    live = LiveIndex(index.path, ranking, analyzer)
    writing = Writing(index.path, live)
    keys = Keys(index.path)
    unlimited = replace(serving, access=replace(serving.access, units_per_key=0))  # it asks without a pause
    app = create_app(Backend(Answers(live, highlighting), writing, keys), unlimited, Shared.alone())
    yield TestClient(app, headers={"Authorization": f"Bearer {keys.create('test', ('write',), 0)}"})
    writing.close()
    live.close()


@contextmanager
def going_on(act):
    """Do *act* again and again beside what the block does; give out what it returned, by how often."""
    outcomes, ended = Counter(), Event()

    def repeat():
        number = 0
        while not ended.is_set():
            outcomes[act(number)] += 1
            number += 1

    thread = Thread(target=repeat)
    thread.start()
    try:
        yield outcomes
    finally:
        ended.set()
        thread.join()


def manager(three):
    (found,) = three.call("/_cat/cluster_manager?format=json")
    return int(found["node"].removeprefix("node-"))


def test_no_acknowledged_article_is_lost_with_a_node_and_no_request_fails_for_good(three, index, client):
    acknowledged, moments = [], []

    def search(_number):
        status = client.simulate_get("/v1/search", params={"q": "petani padi"}).status_code
        moments.extend([time.monotonic()] if status == 200 else [])
        return status

    def change(number):
        name = f"new-{lost}-{number}"
        time.sleep(_PAUSE)
        answer = client.simulate_put(f"/v1/articles/{name}", json=record(article(name, body="Jagung.")))
        acknowledged.extend([name] if answer.status_code == 202 else [])
        return answer.status_code

    def rebuild(_number):
        try:
            reindex([str(index.path.parent / "articles.jsonl")], index, Analyzer())  # as old as it is: see `publish`
        except IndexerError:
            return "failed"
        return "published"

    for lost in range(ROUNDS):
        victim = manager(three) if lost % 2 else (manager(three) + 1) % 3
        with going_on(search) as searched, going_on(change) as changed, going_on(rebuild) as rebuilt:
            awaited(lambda: searched[200] > 5 and changed[202] > 5)
            killed, before = time.monotonic(), searched[200]
            three.kill(victim)
            awaited(lambda: searched[200] > before + 5, 120)  # noqa: B023 - awaited within the round
            published = rebuilt["published"]
            awaited(lambda: rebuilt["published"] > published, 1_200)  # noqa: B023 - as above

        log_of_round(lost, victim, killed, moments, searched, changed, rebuilt)
        assert set(searched) <= {200, 503} and set(changed) <= {202, 503}
        three.start(victim)
        three.await_nodes(3)

    assert_all_is_held(index, client, acknowledged)
    assert len(acknowledged) > 5 * ROUNDS


def assert_all_is_held(index, client, acknowledged):
    """Hold that the live index is whole, and has what was built and all changes that were *acknowledged*."""
    awaited(lambda: is_through(index), 120)
    live = generations.find(index.path, generations.live_name(index.path))
    assert unheld(index.path, live) == []
    assert open_inspector("opensearch", live.engine_folder).damage() == []
    assert [name for name in acknowledged if client.simulate_get(f"/v1/articles/{name}").status_code != 200] == []


def log_of_round(lost, victim, killed, moments, *outcomes):
    """Tell of the round in which the node *victim* was *killed*: how long no search was answered, and what was."""
    pauses = [later - earlier for earlier, later in pairwise(moments) if later > killed]
    what = "the manager" if lost % 2 else "another"
    told = "; ".join(str(dict(counted)) for counted in outcomes)
    _log.warning("node %d (%s) was lost: %.2f s without an answer at most; %s", victim, what, max(pauses), told)


def is_through(index):
    """Whether all that was acknowledged is applied."""
    try:
        live = generations.find(index.path, generations.live_name(index.path))
        return open_inspector("opensearch", live.engine_folder).through == ChangeQueue(index.path).last()
    except IndexerError:
        return False


def test_a_node_that_is_silent_costs_searches_that_fall_upon_it_and_no_others(three, client):
    silent = (manager(three) + 1) % 3
    three.pause(silent, signal.SIGSTOP)
    try:
        with going_on(lambda _: client.simulate_get("/v1/search", params={"q": "padi"}).status_code) as searched:
            awaited(lambda: searched[200] > 20, 300)
        assert set(searched) <= {200, 503}
    finally:
        three.pause(silent, signal.SIGCONT)
        three.await_nodes(3)


def test_what_is_live_has_its_copies_already(three, index):
    for _ in range(5):
        own = place_of(publish(index, *ARTICLES).generation.engine_folder).index
        assert three.call(f"/_cluster/health/{own}")["status"] == "green"
