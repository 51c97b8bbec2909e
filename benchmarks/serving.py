"""A server as users run it, asked over HTTP on this machine."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.engines.telusur import asked
from benchmarks.questions import Question


@contextmanager
def server(folder: Path, workers: int = 1) -> Iterator[tuple["subprocess.Popen[str]", HTTPConnection]]:
    """Start `telusur serve` over the index at *folder*, and give out its process and a connection to it."""
    environment = {**os.environ, "TELUSUR_INDEX_PATH": str(folder), "PYTHONUNBUFFERED": "1"}
    command = (sys.executable, "-m", "search", "serve", "--host", "127.0.0.1", "--port", "0", "--workers", str(workers))
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        try:
            address = urlsplit(process.stdout.readline().split()[-1])
            assert address.hostname
            yield process, HTTPConnection(address.hostname, address.port, timeout=60)
        finally:
            process.terminate()


def total(connection: HTTPConnection, question: Question) -> int:
    """Return how many hits the service says that there are."""
    wanted = asked(question, 10)
    parameters = {"q": wanted.text, "mode": wanted.mode.value, "per_page": wanted.per_page}
    connection.request("GET", f"/v1/search?{urlencode(parameters)}")
    response = connection.getresponse()
    document = json.loads(response.read())
    assert response.status == 200, document
    return int(document["total"])
