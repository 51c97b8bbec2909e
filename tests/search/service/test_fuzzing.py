"""
Requests that no sound client would send, by the thousand: none fails the server, or stays in it.

TELUSUR_FUZZ says how many there are; the long form has 100,000.
"""

import logging
import os
import re
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from indexer.keys import Keys
from search.service.openapi import specification
from tests.building import article, in_body, publish
from tests.listening import eventually, everything
from tests.running import LOG
from tests.search.service.fuzzing import Target
from tests.search.service.test_processes import get, workers_of

pytestmark = pytest.mark.long
_log = logging.getLogger(__name__)

NUMBER = int(os.environ.get("TELUSUR_FUZZ", "2000"))
AT_ONCE = 16
PATIENCE = 60.0  # seconds; a server that keeps a connection for longer has forgotten it
GROWTH = 32 << 20  # bytes: what is remembered of texts and answers is bounded, and grows to its bound in the long form
SEGMENTS = 64  # descriptors: five for each part of the index, which grows by what is put in
SETTINGS = """
[service]
answer_cache = 1000000
[connections]
head_timeout = 0.2
body_timeout = 0.2
stall_timeout = 5
idle_timeout = 0.2
[access]
units_per_key = 0
"""


class Held(NamedTuple):
    """What a process holds: bytes of memory that belong to no file, descriptors, threads."""

    memory: int
    descriptors: int
    threads: int

    @classmethod
    def by(cls, pid):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        memory = int(re.search(r"RssAnon:\s+(\d+) kB", status)[1]) * 1024
        return cls(memory, *(len(list(Path(f"/proc/{pid}/{kind}").iterdir())) for kind in ("fd", "task")))


@pytest.fixture
def server(index, serve, tmp_path):
    publish(index, in_body("padi", "1"), article("a/b"), article("2", body="Banjir di Kalimantan Selatan (Kalsel)."))
    (tmp_path / "telusur.toml").write_text(SETTINGS, encoding="utf-8")
    return serve("serve", "--config", str(tmp_path / "telusur.toml"))


def answer_to(place, said):
    """Return the status that the server gives first to what is *said*, None where it just ends the connection."""
    with socket.create_connection(place, timeout=PATIENCE) as sock:
        with suppress(OSError):  # it is refused before it is whole
            sock.sendall(said)
        answer = everything(sock)
    answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert not answer or re.match(rb"HTTP/1\.[01] [2-5]\d\d ", answer), (said, answer[:200])
    return int(answer[9:12]) if answer else None


def test_no_request_fails_the_server_or_stays_in_it(index, server, serving, tmp_path):
    address, process = server
    place = (urlsplit(address).hostname, urlsplit(address).port)
    (worker,) = workers_of(process)
    target = Target(specification(serving), Keys(index.path).create("x", ("search", "write", "admin")))
    statuses, held = Counter(), []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for batch in target.batches(NUMBER):
            found = list(pool.map(lambda said: answer_to(place, said), batch))
            statuses.update(found)
            assert not [said for said, status in zip(batch, found, strict=True) if status == 500], statuses
            held.append(Held.by(worker))
    first, last = held[len(held) // 4], Held.by(worker)
    _log.info("%d requests: %s; %s, then %s", statuses.total(), dict(statuses.most_common()), first, last)

    assert workers_of(process) == [worker]
    assert statuses.total() == NUMBER
    log = (tmp_path / LOG).read_text(encoding="utf-8")
    assert "Traceback" not in log and "ERROR" not in log
    assert 'status="500"' not in get(address, "/metrics")[1].decode()
    assert last.memory < first.memory + GROWTH
    assert eventually(lambda: Held.by(worker).descriptors <= first.descriptors + SEGMENTS)
    assert last.threads <= first.threads
