"""
Clients of a server, in a process of their own: one loop over connections that stay open.

Threads would wait for each other more than for the server: with two hundred of them an answer lay there for seconds
before anybody looked at it.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from multiprocessing import get_context

from benchmarks.report import Cell, percentile
from benchmarks.wire import Address

_PATIENCE = 30.0  # seconds until an answer is given up


@dataclass(slots=True)
class Answered:
    """What came of a load: milliseconds by status, and how long it took in seconds."""

    by_status: dict[int, list[float]] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, status: int, took: float) -> None:
        """Count an answer; a status of 0 is a connection that broke, or an answer that did not come."""
        self.by_status.setdefault(status, []).append(took * 1000)

    def count(self, *statuses: int) -> int:
        """Return how many answers had one of *statuses*."""
        return sum(len(self.by_status.get(status, ())) for status in statuses)

    def row(self, name: str) -> tuple[Cell, ...]:
        """Return the row of a table: what, answers a second, refusals, failures, p50, p99, the longest."""
        times = self.by_status.get(200) or [0.0]
        failures = sum(len(found) for status, found in self.by_status.items() if status not in {200, 304, 503})
        rate = self.count(200) / self.seconds
        return (name, rate, self.count(503), failures, percentile(times, 0.5), percentile(times, 0.99), max(times))


@dataclass(frozen=True, slots=True)
class Asking:
    """
    How much is asked: by so many *connections*, for so many *seconds*, so often a second, or without a pause.

    What is asked *once* ends with the last request, and lasts until all answers are there.
    """

    connections: int
    seconds: float
    rate: float | None = None
    once: bool = False


def asking(address: Address, requests: Sequence[bytes], how: Asking) -> Answered:
    """Return what comes of *requests*, in turn; with a rate, times count from when a request was due."""
    with beside(address, requests, how) as found:
        return found.result()


@contextmanager
def beside(address: Address, requests: Sequence[bytes], how: Asking) -> Iterator["Future[Answered]"]:
    """Send *requests* while the block runs, and until its time is over."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(_asked, address, requests, how)
        yield found
        found.result()


def _asked(address: Address, requests: Sequence[bytes], how: Asking) -> Answered:
    loop = _Loop(address)
    begun = time.perf_counter()
    turn, last = 0, len(requests) if how.once else inf
    while turn < last and (now := time.perf_counter()) < begun + how.seconds:
        while how.rate and begun + turn / how.rate <= now:
            loop.ask(requests[turn % len(requests)], begun + turn / how.rate)
            turn += 1
        while not how.rate and turn < last and loop.asked < how.connections:
            loop.ask(requests[turn % len(requests)], time.perf_counter())
            turn += 1
        loop.go_on(how.connections, 0.001)
    end = time.perf_counter()
    while loop.asked and time.perf_counter() < end + _PATIENCE:
        loop.go_on(how.connections, 0.05)
    loop.answered.seconds = (time.perf_counter() if how.once else end) - begun
    loop.give_up()
    return loop.answered


@dataclass(slots=True)
class _Connection:
    """A connection with a request under way: since when that counts, what has come, how many bytes are to come."""

    sock: socket.socket
    since: float = 0.0
    head: bytes = b""
    left: int | None = None
    status: int = 0
    closes: bool = False


class _Loop:
    """Sends requests on connections that are free, and takes in their answers."""

    def __init__(self, address: Address) -> None:
        self.answered = Answered()
        self._address = address
        self._selector = selectors.DefaultSelector()
        self._waiting: deque[tuple[bytes, float]] = deque()
        self._free: list[_Connection] = []
        self._busy: set[int] = set()

    @property
    def asked(self) -> int:
        """How many requests have no answer yet."""
        return len(self._busy) + len(self._waiting)

    def ask(self, request: bytes, since: float) -> None:
        """Send *request* as soon as a connection is free."""
        self._waiting.append((request, since))

    def go_on(self, connections: int, seconds: float) -> None:
        """Send what can be sent on so many *connections*, and take in what comes in so many *seconds*."""
        while self._waiting and len(self._busy) < connections:
            request, since = self._waiting.popleft()
            self._send(request, since)
        for key, _ in self._selector.select(seconds):
            self._receive(key.data)

    def give_up(self) -> None:
        """Count what has no answer as failed, and close all connections."""
        for key in list(self._selector.get_map().values()):
            if key.fd in self._busy:
                self.answered.add(0, _PATIENCE)
            key.data.sock.close()
        for _ in self._waiting:
            self.answered.add(0, _PATIENCE)

    def _send(self, request: bytes, since: float) -> None:
        try:
            connection = self._free.pop() if self._free else self._connected()
            connection.since = since
            connection.sock.sendall(request)
        except OSError:
            self.answered.add(0, time.perf_counter() - since)
            return
        self._busy.add(connection.sock.fileno())

    def _connected(self) -> _Connection:
        connection = _Connection(socket.create_connection(self._address, timeout=_PATIENCE))
        self._selector.register(connection.sock, selectors.EVENT_READ, connection)
        return connection

    def _receive(self, connection: _Connection) -> None:
        try:
            piece = connection.sock.recv(1 << 18)
        except OSError:
            piece = b""
        if not piece:
            self._end(connection, is_over=True)
            return
        if connection.left is None:
            connection.head += piece
            head, blank, body = connection.head.partition(b"\r\n\r\n")
            if not blank:
                return
            lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
            connection.status, connection.left = int(head.split()[1]), int(lines.get(b"content-length", 0))
            connection.closes = lines.get(b"connection") == b"close"
            piece = body
        connection.left -= len(piece)
        if connection.left <= 0:
            self._end(connection, is_over=connection.closes)

    def _end(self, connection: _Connection, *, is_over: bool) -> None:
        """Count the answer that *connection* has; one that *is_over* is closed."""
        if connection.sock.fileno() in self._busy:
            self._busy.discard(connection.sock.fileno())
            self.answered.add(connection.status, time.perf_counter() - connection.since)
        connection.head, connection.left, connection.status = b"", None, 0
        if is_over:
            self._selector.unregister(connection.sock)
            connection.sock.close()
            if connection in self._free:
                self._free.remove(connection)
        else:
            self._free.append(connection)
