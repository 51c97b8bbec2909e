"""The server as a process: what only a real one can show."""

import json
import signal
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.building import article, publish
from tests.listening import eventually


def total(address: str, query: str = "") -> int:
    with urllib.request.urlopen(f"{address}v1/search?q={query}", timeout=30) as answer:  # noqa: S310 - our own address
        return json.load(answer)["total"]


def test_a_new_generation_is_served_without_a_restart_or_a_failed_request(index, serve):
    publish(index, article("1"))
    address, _ = serve("serve")
    assert total(address) == 1

    with ThreadPoolExecutor(2) as pool:
        requests = [pool.submit(total, address) for _ in range(200)]
        publish(index, article("1"), article("2"))
        totals = [request.result() for request in requests]

    assert set(totals) <= {1, 2}
    assert eventually(lambda: total(address) == 2)  # it answers when it is warm


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_in_peace_when_told_to(index, serve, ending):
    publish(index, article("1"))
    _, process = serve("serve")
    process.send_signal(ending)

    assert process.wait(timeout=30) == 0


def test_the_demo_indexes_the_samples_and_serves_them(index, serve):
    index.path.mkdir()
    address, _ = serve("demo")

    assert total(address) >= 80
    assert total(address, "kawin+anak") >= 1
