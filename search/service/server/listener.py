"""The loop of one process: takes connections, reads requests, sends answers, and ends in peace."""

import logging
import select
import socket
import time
from collections import Counter
from contextlib import suppress
from random import random
from typing import Any

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from search.service.addresses import Networks, limited_part
from search.service.server.board import PASS, Seat
from search.service.server.connections import Connection
from search.service.server.lanes import Lane, Lanes
from search.service.server.tasks import Busy
from search.settings import Serving

_AT_ONCE = 32  # connections taken before others get their turn
_HEARD = 24  # connections seen to in a pass of the loop
_TURNED_AWAY = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"
_log = logging.getLogger(__name__)


class Listener(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """Serves the WSGI app *application* on a bound socket until it is told to leave."""

    channel_class = Connection

    def __init__(self, application: Any, sock: socket.socket, serving: Serving, seat: Seat) -> None:
        """Listen on *sock* as *serving* says; *seat* is what the other processes know of this one."""
        self.leaving = self._is_over = self._is_asked = False
        self.lanes = Lanes(serving.service.threads, serving.service.queue)
        self._seat, self._times = seat, serving.connections
        self._held: Counter[str] = Counter()
        self._drain = serving.service.drain
        self._exempt = Networks((*serving.access.own_networks, *serving.access.trusted_proxies))
        self._left_at = self._looked_after = 0.0
        super().__init__(
            application,
            map={},
            _sock=sock,
            dispatcher=self.lanes,
            adj=_adjustments(serving),
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
            bind_socket=False,
        )

    def add_task(self, connection: Connection) -> None:
        """Begin the first request of *connection*; the name is waitress's."""
        connection.begin()

    def hand_over(self, connection: Connection, lane: Lane) -> None:
        """Give the first request of *connection* to its *lane*, or refuse it where too many wait."""
        if not self.lanes.add(lane, connection.service):
            connection.requests[0].error = Busy("")
            connection.rest()
            self.lanes.add(Lane.REFUSED, connection.service)

    def readable(self) -> bool:
        """Say whether connections may be taken; where other processes hold fewer, it is for them to take the next."""
        return bool(self.accepting) and self._seat.is_next(len(self.active_channels))

    def handle_accept(self) -> None:
        """
        Take note that connections wait.

        They are taken after this pass of the loop: one that got the descriptor of another that was closed in it would
        be taken for that, and closed too.
        """
        self._is_asked = True

    def _take_some(self) -> None:
        self._is_asked = False
        for _ in range(_AT_ONCE):
            if not self._take_one() or not self._seat.is_next(len(self.active_channels)):
                return

    def let_go(self, address: str) -> None:
        """Take note that a connection from *address* is closed."""
        part = limited_part(address)
        self._held[part] -= 1
        if not self._held[part]:
            del self._held[part]

    def maintenance(self, now: float) -> None:
        """Close the connections whose clients take too long, at once: one that takes nothing is never writable."""
        if now < self._looked_after + PASS and not self.leaving:
            return
        self._looked_after = now
        for connection in list(self.active_channels.values()):
            if connection.is_overdue(now, self._times, leaving=self.leaving):
                connection.handle_close()

    def leave(self) -> None:
        """Take no more connections, and end when all that were taken have their answers."""
        self.leaving = True
        self.pull_trigger()

    def run(self) -> None:
        """Serve until `leave` was called and all is answered, or as long as may be waited for that."""
        while not self._is_done():
            self._seat.sit(len(self.active_channels), sum(map(self.lanes.waiting, Lane)))
            if self._seat.board.is_orphaned:  # nobody is there to start it again, or to end it
                self.leave()
            self.maintenance(time.monotonic())
            self._pass(self._seat.patience(len(self.active_channels)))
            if self._is_asked:
                self._take_some()
        self.lanes.end()
        self._seat.leave()
        for connection in list(self.active_channels.values()):
            connection.handle_close()
        self._is_over = True
        self.trigger.close()

    def _pass(self, seconds: float) -> None:
        """
        Wait *seconds* at most for something to happen, and see to some of it: what is quick before all else.

        A crowd that asks all at once would else be heard whole before anybody has an answer.
        """
        poll = select.poll()
        for descriptor, one in list(self._map.items()):
            reads, writes = one.readable(), one.writable() and not one.accepting
            if reads or writes:
                poll.register(descriptor, select.POLLIN * reads | select.POLLOUT * writes)
        ready = [(descriptor, flags) for descriptor, flags in poll.poll(seconds * 1000) if descriptor in self._map]
        ready.sort(key=lambda one: (self._is_later(one[0]), random()))  # noqa: S311 - nobody is always the last
        for descriptor, flags in ready[:_HEARD]:
            if one := self._map.get(descriptor):
                self.asyncore.readwrite(one, flags)

    def _is_later(self, descriptor: int) -> bool:
        """Say whether who has this descriptor asks for what takes longer: the others are seen to first."""
        one = self._map[descriptor]
        return isinstance(one, Connection) and not one.is_quick()

    def pull_trigger(self) -> None:
        """Wake the loop, from whichever thread; one that is late finds nobody to wake."""
        if not self._is_over:
            with suppress(OSError):
                super().pull_trigger()

    def _is_done(self) -> bool:
        if not self.leaving:
            return False
        now = time.monotonic()
        if self.accepting:
            self._left_at = now
            while self._take_one():
                pass
            self.asyncore.dispatcher.close(self)
        return not self.active_channels or now - self._left_at > self._drain

    def _take_one(self) -> bool:
        """Take a connection that waits, if there is one; say whether there was."""
        try:
            accepted = self.accept()
        except OSError as exc:  # it is gone already, or there are no descriptors left
            _log.warning("a connection could not be taken: %s", exc)
            return False
        if accepted is None:
            return False
        sock, address = accepted
        if self._is_one_too_many(address[0]) or not self._has_room():
            with suppress(OSError):
                sock.send(_TURNED_AWAY)
            sock.close()
            return True
        with suppress(OSError):
            self.set_socket_options(sock)
        self._held[limited_part(address[0])] += 1
        self.channel_class(self, sock, address, self.adj, map=self._map)
        return True

    def _is_one_too_many(self, address: str) -> bool:
        if address in self._exempt:
            return False
        return self._held[limited_part(address)] >= self._times.per_address

    def _has_room(self) -> bool:
        """Say whether a connection can be held; where all room is taken, the one that owes longest makes some."""
        if len(self.active_channels) < self._times.limit:
            return True
        longest = min(self.active_channels.values(), key=lambda connection: connection.waits_since)
        if longest.waits_since == float("inf"):
            return False
        longest.handle_close()
        return True


def _adjustments(serving: Serving) -> Adjustments:
    service = serving.service
    return Adjustments(
        max_request_body_size=service.max_body_bytes + 1,
        max_request_header_size=service.max_head_bytes,
        connection_limit=serving.connections.limit,
        outbuf_overflow=1 << 18,
        clear_untrusted_proxy_headers=False,  # `addresses` reads them, and believes those of trusted proxies alone
        log_socket_errors=False,
        ident=None,
    )
