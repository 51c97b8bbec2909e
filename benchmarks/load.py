"""
What a server stands up to: a steady load, all that it can take, ten times that, and the dearest questions beside it.

    python benchmarks/load.py ARTICLES OUT

The load comes from this process over loopback, on connections that stay open; the questions are drawn from 2,000 by
Zipf's law. Latencies are counted from when a request was due, so that one that waits for another counts too.
"""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import accumulate
from pathlib import Path
from random import Random
from threading import Thread
from urllib.parse import urlencode

from benchmarks import command_line, serving
from benchmarks.corpus import prepared
from benchmarks.engines.telusur import asked
from benchmarks.memory_use import private_bytes
from benchmarks.questions import SEED, questions
from benchmarks.report import Cell, Run, Table, percentile
from benchmarks.rounds import indexes

QUESTIONS = 2_000
CONNECTIONS = 16
RATE = 200  # requests a second of the steady load
DEAR = (
    {"q": " ".join(f"{letter}*{other}" for letter in "kmpbt" for other in "naik"), "explain": "true"},
    {"q": " ".join(f"{word}~2" for word in ("makan", "perkara", "banjar", "kerja", "bahasa")), "per_page": "100"},
    {"q": " ".join(f"{first}{second}*" for first in "bdkmpst" for second in "aeiou"), "facets": "source,author"},
    {"q": '"yang di"~50 "dan di"~50 "di yang"~50 "dari yang"~50', "per_page": "100", "explain": "true"},
)
"""The dearest questions that were found, one for each of four clients."""


@dataclass(slots=True)
class Answered:
    """What came of a load: milliseconds by status, and how long it took in seconds."""

    by_status: dict[int, list[float]] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, status: int, took: float) -> None:
        """Count an answer; a status of 0 is a connection that broke."""
        self.by_status.setdefault(status, []).append(took * 1000)

    def count(self, *statuses: int) -> int:
        """Return how many answers had one of *statuses*."""
        return sum(len(self.by_status.get(status, ())) for status in statuses)

    def row(self, name: str) -> tuple[Cell, ...]:
        """Return the row of a table: what, answers a second, refusals, failures, p50, p99, the longest."""
        times = self.by_status.get(200) or [0.0]
        failures = sum(len(found) for status, found in self.by_status.items() if status not in {200, 304, 503})
        rate = self.count(200) / self.seconds
        return (name, rate, self.count(503), failures, percentile(times, 50), percentile(times, 99), max(times))


class Client:
    """One connection that stays open."""

    def __init__(self, address: tuple[str, int]) -> None:
        """Connect to *address* when first asked."""
        self._address = address
        self._sock: socket.socket | None = None

    def get(self, path: str) -> int:
        """Ask for *path*, read all of the answer, and return its status; 0 if the connection broke."""
        try:
            self._sock = self._sock or socket.create_connection(self._address, timeout=30)
            self._sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            return self._status(self._sock)
        except OSError:
            self.close()
            return 0

    def close(self) -> None:
        """Close the connection."""
        if self._sock:
            self._sock.close()
        self._sock = None

    def _status(self, sock: socket.socket) -> int:
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more(sock)
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        left = int(lines.get(b"content-length", 0)) - len(body)
        while left > 0:
            left -= len(self._more(sock))
        if lines.get(b"connection") == b"close":
            self.close()
        return int(head.split()[1])

    @staticmethod
    def _more(sock: socket.socket) -> bytes:
        piece = sock.recv(1 << 16)
        if not piece:
            raise ConnectionResetError
        return piece


@dataclass(frozen=True, slots=True)
class Asking:
    """How much is asked: by so many *connections*, for so many *seconds*, so often a second, or as fast as can be."""

    connections: int
    seconds: float
    rate: float | None = None


def asking(address: tuple[str, int], paths: Sequence[str], how: Asking) -> Answered:
    """Return what comes of asking for *paths*, in turn."""
    answered, begun = Answered(), time.perf_counter()
    end = begun + how.seconds

    def ask(number: int) -> None:
        client = Client(address)
        for turn in range(number, 1 << 30, how.connections):
            now = time.perf_counter()
            due = begun + turn / how.rate if how.rate else now
            if max(due, now) >= end:
                break
            time.sleep(max(0.0, due - now))
            status = client.get(paths[turn % len(paths)])
            answered.add(status, time.perf_counter() - due)
        client.close()

    _together([lambda number=number: ask(number) for number in range(how.connections)])  # type: ignore[misc]  # its default
    answered.seconds = time.perf_counter() - begun
    return answered


@contextmanager
def beside(address: tuple[str, int], paths: Sequence[str], how: Asking) -> Iterator[list[Answered]]:
    """Ask for *paths* while the block runs; the list gets what came of it."""
    found: list[Answered] = []
    thread = Thread(target=lambda: found.append(asking(address, paths, how)))
    thread.start()
    yield found
    thread.join()


def drawn(paths: Sequence[str], count: int) -> list[str]:
    """Return *count* of *paths* by Zipf's law: the first is asked for twice as often as the second."""
    weights = list(accumulate(1 / rank for rank in range(1, len(paths) + 1)))
    return Random(SEED).choices(paths, cum_weights=weights, k=count)  # noqa: S311 - repeatable is what is wanted


def main() -> None:
    """Record the run."""
    parser = command_line.parser(__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="how long each load lasts")
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has, where it is")
    given = parser.parse_args()
    corpus = prepared(given.articles, given.out / "corpus", None)
    engines, _ = command_line.chosen(given)
    folders, _ = indexes(
        [engine for engine in engines if engine.name == "telusur"], corpus, given.out, reuse=given.reuse
    )
    made = [asked(question, 10) for question in questions(corpus.documents(), corpus.articles, total=QUESTIONS)]
    paths = [f"/v1/search?{urlencode({'q': one.text, 'mode': one.mode.value})}" for one in made]
    rows, raw = _loads(folders["telusur"], drawn(paths, 100_000), given.seconds)
    columns = ("load", "answers/s", "refused", "failed", "p50 ms", "p99 ms", "longest ms")
    Run(
        name="load",
        question="What does a server stand up to?",
        versions={"telusur": engines[0].version()},
        tables=[Table("Loads", columns, rows)],
        raw=raw,
        notes=[f"{CONNECTIONS} connections, {QUESTIONS:,} questions by Zipf's law, with highlights"],
    ).record(given.runs)


def _loads(folder: Path, paths: list[str], seconds: float) -> tuple[list[tuple[Cell, ...]], dict[str, object]]:
    rows: list[tuple[Cell, ...]] = []
    raw: dict[str, object] = {}
    for workers in (1, 2):
        with serving.server(folder, workers) as (process, connection):
            address = (connection.host, connection.port)
            name = f"{workers} workers" if workers > 1 else "1 worker"
            asking(address, paths[-2_000:], Asking(CONNECTIONS, seconds / 3))
            before = private_bytes(process.pid)
            steady = asking(address, paths, Asking(CONNECTIONS, seconds, RATE))
            most = asking(address, paths, Asking(CONNECTIONS, seconds))
            rows += [steady.row(f"{name}, {RATE} a second"), most.row(f"{name}, all that it can take")]
            rows += _hard(address, paths, most.count(200) / most.seconds, seconds, name)
            raw[name] = {"private bytes": [before, private_bytes(process.pid)], "figures": _figures(connection)}
    return rows, raw


def _hard(
    address: tuple[str, int], paths: list[str], capacity: float, seconds: float, name: str
) -> list[tuple[Cell, ...]]:
    """Return the rows of ten times *capacity*, of health meanwhile, of the time after it, and of dear questions."""
    with beside(address, ["/healthz"], Asking(1, seconds, 20)) as health:
        over = asking(address, paths, Asking(200, seconds, 10 * capacity))
    time.sleep(5)
    after = asking(address, paths, Asking(CONNECTIONS, seconds / 3, RATE / 2))
    dear = [f"/v1/search?{urlencode(parameters)}" for parameters in DEAR]
    with beside(address, dear, Asking(len(DEAR), seconds)) as dearest:
        normal = asking(address, paths, Asking(CONNECTIONS, seconds, RATE / 4))
    alone = asking(address, paths, Asking(CONNECTIONS, seconds, RATE / 4))
    return [
        over.row(f"{name}, ten times that"),
        health[0].row(f"{name}, health meanwhile"),
        after.row(f"{name}, 5 s later"),
        alone.row(f"{name}, {RATE // 4} a second"),
        normal.row(f"{name}, the same beside four clients of the dearest"),
        dearest[0].row(f"{name}, these"),
    ]


def _figures(connection: HTTPConnection) -> list[str]:
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    return [line for line in lines if line.startswith(("telusur_deadlines", "telusur_answers", "telusur_workers"))]


def _together(works: Sequence[Callable[[], None]]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
