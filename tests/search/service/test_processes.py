"""The processes of a real server: ended, killed and told to read their settings anew while requests come in."""

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest

from indexer.keys import Keys
from tests.building import in_body, publish, record
from tests.listening import eventually


def connection(address):
    return HTTPConnection(urlsplit(address).netloc, timeout=30)


def get(address, path="/v1/search?q=padi"):
    with_own = connection(address)
    try:
        with_own.request("GET", path)
        answer = with_own.getresponse()
        return answer.status, answer.read()
    finally:
        with_own.close()


def workers_of(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return sorted(map(int, children.split()))


def sockets_of(pid):
    return sum(str(file.readlink()).startswith("socket") for file in Path(f"/proc/{pid}/fd").iterdir())


class Load:
    """Asks on some connections that stay open, until it is stopped; counts answers and failures."""

    def __init__(self, address, connections):
        self._stop, self._address = Event(), address
        self._pool = ThreadPoolExecutor(connections)
        self._runs = [self._pool.submit(self._ask) for _ in range(connections)]

    def _ask(self):
        statuses, failed = [], 0
        with_own = connection(self._address)
        while not self._stop.is_set():
            try:
                with_own.request("GET", "/v1/search?q=padi")
                answer = with_own.getresponse()
                answer.read()
                statuses.append(answer.status)
            except ConnectionRefusedError:
                break
            except (OSError, HTTPException):
                failed += 1
                with_own.close()
        with_own.close()
        return statuses, failed

    def stop(self):
        self._stop.set()
        done = [run.result() for run in self._runs]
        self._pool.shutdown()
        return [status for statuses, _ in done for status in statuses], sum(failed for _, failed in done)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_request_that_was_taken_is_cut_by_the_end(index, serve, workers):
    publish(index, *(in_body("padi", str(number)) for number in range(20)))
    address, process = serve("serve", "--workers", workers)
    load = Load(address, 16)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=30) == 0
    statuses, failed = load.stop()
    assert len(statuses) >= 16 and set(statuses) == {200} and failed == 0


def test_one_that_is_killed_takes_only_what_it_had_in_work_and_is_replaced(index, serve):
    publish(index, in_body("padi", "1"))
    address, process = serve("serve", "--workers", "2")
    before = workers_of(process)
    load = Load(address, 8)
    time.sleep(0.5)
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: len(workers_of(process)) == 2 and before[0] not in workers_of(process))
    time.sleep(0.5)
    statuses, failed = load.stop()

    assert set(statuses) == {200} and failed <= 8
    assert get(address)[0] == 200


def test_connections_are_spread_over_the_processes(index, serve):
    publish(index, in_body("padi", "1"))
    address, process = serve("serve", "--workers", "2")
    before = [sockets_of(pid) for pid in workers_of(process)]
    held = [socket.create_connection(urlsplit(address).netloc.split(":"), timeout=9) for _ in range(16)]
    assert eventually(lambda: sum(map(sockets_of, workers_of(process))) == sum(before) + 16)
    counts = [sockets_of(pid) for pid in workers_of(process)]

    assert abs(counts[0] - counts[1]) <= 4
    for sock in held:
        sock.close()


def test_settings_are_read_anew_without_a_failed_request(index, serve, tmp_path):
    publish(index, *(in_body("padi", str(number)) for number in range(20)))
    settings = tmp_path / "telusur.toml"
    settings.write_text("[service]\nper_page = 5\n", encoding="utf-8")
    address, process = serve("serve", "--config", str(settings))
    load = Load(address, 4)
    settings.write_text("[service]\nper_page = 7\n", encoding="utf-8")
    process.send_signal(signal.SIGHUP)

    assert eventually(lambda: json.loads(get(address)[1])["per_page"] == 7)
    statuses, failed = load.stop()
    assert set(statuses) == {200} and failed == 0


def test_settings_that_are_wrong_change_nothing(index, serve, tmp_path):
    publish(index, in_body("padi", "1"))
    settings = tmp_path / "telusur.toml"
    settings.write_text("", encoding="utf-8")
    address, process = serve("serve", "--config", str(settings))
    before = workers_of(process)
    settings.write_text("[service]\nport = 'x'\n", encoding="utf-8")
    process.send_signal(signal.SIGHUP)
    time.sleep(1)

    assert get(address)[0] == 200 and workers_of(process) == before


def test_processes_end_when_the_first_is_killed(index, serve):
    publish(index, in_body("padi", "1"))
    _, process = serve("serve", "--workers", "2")
    workers = workers_of(process)
    process.kill()
    process.wait()

    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_a_change_is_seen_by_all_processes_and_figures_are_those_of_all(index, serve):
    publish(index, in_body("padi", "1"))
    key = Keys(index.path).create("redaksi")
    address, _ = serve("serve", "--workers", "2")
    own = connection(address)
    own.request(
        "PUT",
        "/v1/articles/2",
        body=json.dumps(record(in_body("padi", "2"))),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    assert own.getresponse().read()
    own.close()
    assert eventually(lambda: json.loads(get(address)[1])["total"] == 2)
    totals = {json.loads(get(address)[1])["total"] for _ in range(10)}
    figures = get(address, "/metrics")[1].decode()

    assert totals == {2}
    assert "telusur_workers 2.0" in figures
    assert 'telusur_request_seconds_count{method="PUT",route="/v1/articles/{article_id}",status="202"} 1.0' in figures
