"""
Connections: how long each may take for what, and that none keeps a thread.

waitress spares a connection with a request in work from its timeout, and lets the thread of one whose reader takes
nothing wait for it. Here a request is begun only when all of the answer before it was taken, so that no thread ever
waits for a reader; and each stretch of a connection has its time, whatever the client does in it.
"""

import time
from contextlib import suppress
from random import random
from socket import MSG_PEEK
from typing import Any

from waitress.channel import HTTPChannel

from search.service.server.lanes import Lane, lane_of
from search.service.server.parsing import RequestParser
from search.service.server.tasks import AppTask, RefusalTask
from search.settings import Connections

_LINE = 256  # bytes of a first line that tell its lane

REST = 1.0
"""Seconds in which nothing is read from one that was told to try again, on average: half of what it was told."""


class Connection(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection: reads requests, and hands each to its lane when it is its turn."""

    parser_class = RequestParser
    task_class = AppTask
    error_task_class = RefusalTask

    lane: Lane | None = None
    """The lane of the request in work, or of the one before it; None before the first."""

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002 - waitress's
        """Take the connection *sock* from *addr*."""
        self._held = False
        self._rests_until = 0.0
        self._silent_since = self._sending_since = self._progress = time.monotonic()
        super().__init__(server, sock, addr, adj, map=map)

    @property
    def is_idle(self) -> bool:
        """Whether nothing of a request or an answer is under way."""
        return not (self.requests or self.request or self.total_outbufs_len)

    @property
    def waits_since(self) -> float:
        """Since when the client owes something; a connection in work, with nothing to take, owes nothing."""
        if self.total_outbufs_len:
            return self._sending_since
        if self.requests:
            return float("inf")
        return self.request.began if self.request else self._silent_since

    def is_overdue(self, now: float, times: Connections, *, leaving: bool = False) -> bool:
        """Say whether the client takes longer than *times* give it; one who *leaving* finds silent may go at once."""
        if self.total_outbufs_len:
            taken = now - self._sending_since
            return taken > times.send_timeout or now - self._progress > times.stall_timeout
        if self.requests:
            return False
        if self.request and self.request.head_ended:
            return bool(now - self.request.head_ended > times.body_timeout)
        if self.request:
            return bool(now - self.request.began > times.head_timeout)
        return now - self._silent_since > (1.0 if leaving else times.idle_timeout)

    def begin(self) -> None:
        """Hand the first request to its lane, or hold it until all of the answer before it was taken."""
        self._held = bool(self.total_outbufs_len)
        if self._held:
            self.server.pull_trigger()
            return
        request = self.requests[0]
        self.lane = Lane.REFUSED if request.error else lane_of(request.command, request.path, request.query)
        self.server.hand_over(self, self.lane)

    def is_quick(self) -> bool:
        """Say whether what the client asks next is quick: told by what it asked last, or by the line that waits."""
        return (self.lane or self._first_lane()) is Lane.QUICK

    def _first_lane(self) -> Lane:
        line = b""
        with suppress(OSError):  # it is gone, which is quickly seen to
            line = self.socket.recv(_LINE, MSG_PEEK).partition(b"\r\n")[0]
        method, target, *_ = [*line.decode("latin-1").split(" "), "", ""]
        path, _, query = target.partition("?")
        return lane_of(method, path, query)

    def rest(self) -> None:
        """
        Read no further request for a while, as the client was told to try again later.

        A crowd that asks again at once would have the loop refuse all of the time, and everybody else wait for that;
        and for all of it at once where all had rested for as long.
        """
        self._rests_until = time.monotonic() + REST * (0.5 + random())  # noqa: S311 - to spread them

    def readable(self) -> bool:
        """Say whether the loop is to read what the client sent."""
        if self._rests_until and time.monotonic() < self._rests_until:
            return False
        return bool(super().readable())

    def send_continue(self) -> None:
        """
        Ask the client for the body that it announced, unless the request is whole without one, or refused already.

        waitress would wait for a body then, and answer nothing.
        """
        if self.request.completed:
            self.request.expect_continue = False
        else:
            super().send_continue()

    def del_channel(self, map: Any = None) -> None:  # noqa: A002 - waitress's
        """Take the connection off the lists of its server."""
        if self._fileno in self.server.active_channels:
            self.server.let_go(self.addr[0])
        super().del_channel(map)

    def writable(self) -> bool:
        """
        Say whether the loop is to send something now: nothing of a request in work, which its thread sends.

        waitress would try again and again to take the lock that this thread holds, and keep it from going on: two
        connections at once had a tenth of the answers that one had.
        """
        if self.requests and not (self._held or self.will_close or self.close_when_flushed):
            return False
        return bool(super().writable())

    def handle_write(self) -> None:
        """Send what the client takes, and go on with a request that was held for that."""
        if self._held:
            self._flush_exception(self._flush_some)
        super().handle_write()
        with self.requests_lock:
            if self._held and self.connected and not self.total_outbufs_len:
                self.begin()

    def service(self) -> None:
        """Answer the first request."""
        self._sending_since = self._progress = time.monotonic()
        super().service()
        self._silent_since = time.monotonic()

    def write_soon(self, data: Any) -> int:
        """Put *data* where it is sent from; the time to take it begins with the first of it."""
        if not self.total_outbufs_len:
            self._sending_since = self._progress = time.monotonic()
        written: int = super().write_soon(data)
        return written

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002 - waitress's
        """Send what the socket takes of *data*; return how much that was."""
        sent: int = super().send(data, do_close)
        if sent:
            self._progress = time.monotonic()
        return sent

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Do not wait for the reader: there is one answer at a time, and it may lie here whole."""
