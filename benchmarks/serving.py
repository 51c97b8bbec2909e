"""A server as users run it, asked over HTTP on this machine."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.engines.telusur import PROGRAM, asked
from benchmarks.questions import KINDS, Question
from benchmarks.wire import Address


@contextmanager
def server(
    folder: Path, workers: int = 1, program: Sequence[str] = PROGRAM
) -> Iterator[tuple["subprocess.Popen[str]", HTTPConnection]]:
    """Have *program* serve the index at *folder*, and give out its process and a connection to it."""
    command = (*program, "serve", "--host", "127.0.0.1", "--port", "0", "--workers", str(workers))
    with started(command, {"TELUSUR_INDEX_PATH": str(folder)}) as (process, (host, port)):
        yield process, HTTPConnection(host, port, timeout=60)


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple["subprocess.Popen[str]", Address]]:
    """Start a server whose first line ends with its address, and give out its process and that."""
    with subprocess.Popen(
        command,
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        try:
            address = urlsplit(process.stdout.readline().split()[-1])
            assert address.hostname
            assert address.port
            yield process, (address.hostname, address.port)
        finally:
            process.terminate()


def path(question: Question) -> str:
    """Return what the service is asked for *question*; as a reader types it where its kind is none of `KINDS`."""
    if question.kind not in KINDS:
        return f"/v1/search?{urlencode({'q': question.text})}"
    wanted = asked(question, 10)
    limits = {"mode": wanted.mode.value, "per_page": wanted.per_page, "collapse": "false"}
    return f"/v1/search?{urlencode({'q': wanted.text, **limits})}"


def total(connection: HTTPConnection, question: Question) -> int:
    """Return how many hits the service says that there are."""
    connection.request("GET", path(question))
    response = connection.getresponse()
    document = json.loads(response.read())
    assert response.status == 200, document
    return int(document["total"])
