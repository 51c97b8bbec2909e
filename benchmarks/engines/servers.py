"""The servers that are asked over HTTP: how each is asked a question, and what its answer says."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import serving
from benchmarks.engines.telusur import PROGRAM
from benchmarks.questions import Question
from benchmarks.wire import Address, get

_MARK = re.compile("<mark>|<b>")
"""What begins a mark; tantivy's are bold."""


class Found(NamedTuple):
    """
    What an answer says: how many articles there are in all, the ids of those it shows, and the marks in them.

    It is not whole where it says itself that there may be more, as it looked for some of what was meant only.
    """

    total: int
    ids: tuple[str, ...]
    marks: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its name, its first process, where it answers, how it is asked and how it is read."""

    name: str
    pid: int
    address: Address
    request: Callable[[Question], bytes]
    read: Callable[[bytes], Found]


@contextmanager
def telusur(folder: Path, workers: int, program: Sequence[str] = PROGRAM) -> Iterator[Server]:
    """Give out `telusur serve` of *program* over the index at *folder*."""
    with serving.server(folder, workers, program) as (process, connection):
        yield Server("telusur", process.pid, (connection.host, connection.port), _telusur_request, _telusur_found)


@contextmanager
def peer(name: str, folder: Path, workers: int) -> Iterator[Server]:
    """Give out the peer *name* over its index at *folder*, behind what Telusur stands behind."""
    command = (sys.executable, "-m", "benchmarks.engines.served", name, str(folder), str(workers))
    with serving.started(command, {}) as (process, address):
        yield Server(name, process.pid, address, _peer_request, _peer_found)


def _telusur_request(question: Question) -> bytes:
    return get(serving.path(question))


def _telusur_found(body: bytes) -> Found:
    document = json.loads(body)
    shown = [hit["highlights"] for hit in document["hits"]]
    passages = [passage for marked in shown for passage in (marked["title"], *marked["body"])]
    marks = sum(len(passage["ranges"]) for passage in passages)
    is_whole = not document["query"]["cut"] and not document["query"]["dropped"]
    return Found(document["total"], tuple(hit["id"] for hit in document["hits"]), marks, is_whole)


def _peer_request(question: Question) -> bytes:
    return get(f"/v1/search?{urlencode({'q': question.text, 'kind': question.kind})}")


def _peer_found(body: bytes) -> Found:
    document = json.loads(body)
    hits = document["hits"]
    marks = sum(len(_MARK.findall(hit["title"] + hit["body"])) for hit in hits)
    return Found(document["total"], tuple(hit["id"] for hit in hits), marks)
