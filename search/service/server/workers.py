"""
The processes of a service: as many as are asked for, on one port, each started again when it dies.

The first process listens and answers nothing. It forks the others, which open the index for themselves and share its
pages by the page cache; they take connections from the one socket, so that what waits there when one is killed is taken
by another. SIGTERM lets all answer what they have taken, SIGHUP puts others in their place that read the settings anew.
"""

import ctypes
import logging
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.service.server.board import Board, Seat
from search.service.server.garbage import look_seldom
from search.service.server.listener import Listener
from search.service.server.sockets import bound, let_nobody_in
from search.settings import Serving

_log = logging.getLogger(__name__)

_SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
_PASS = 0.05  # seconds between two looks at the processes
_LONGEST_PAUSE = 30.0  # seconds before one that dies again and again is started again
_STEADY = 10.0  # seconds after which one that dies did not die at once
_STUCK = 30.0  # seconds without a pass after which a process is ended by force
_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>
_SWITCH = 0.001  # seconds until a thread lets another work; with Python's 5 ms a quick one waits that often


class Opened(NamedTuple):
    """A service, ready to answer: its WSGI app, and what it is set by now."""

    app: Any
    serving: Serving


OpenService = Callable[[Seat], AbstractContextManager[Opened]]
"""What opens the service in the process that answers, reading its settings anew."""


def serve(open_service: OpenService, serving: Serving, ready: Callable[[str], None]) -> None:
    """
    Serve until the process is told to end; *ready* gets the address when all processes answer.

    Raises:
        OSError, ValueError: the address cannot be listened on.
    """
    with bound(serving.service.host, serving.service.port) as sock:
        host = f"[{serving.service.host}]" if sock.family == socket.AF_INET6 else serving.service.host
        address = f"http://{host}:{sock.getsockname()[1]}/"
        _Supervisor(open_service, sock, serving).run(lambda: ready(address))


@dataclass(slots=True)
class _Worker:
    """A process that answers: who it is, where it sits, when it began, and whether it was told to leave."""

    pid: int
    seat: Seat
    began: float
    leaving: bool = False

    @property
    def is_ready(self) -> bool:
        return self.seat.seen > 0

    def is_stuck(self, now: float) -> bool:
        return self.is_ready and now - self.seat.seen > _STUCK

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


class _Supervisor:
    """Keeps the processes going, and changes them for others."""

    def __init__(self, open_service: OpenService, sock: socket.socket, serving: Serving) -> None:
        self._open_service, self._sock = open_service, sock
        self._wanted, self._drain = serving.service.workers, serving.service.drain
        self._board = Board(3 * self._wanted)  # those who answer, those who take their place, those who still leave
        self._workers: dict[int, _Worker] = {}
        self._heirs: set[int] = set()
        self._pause, self._start_at = 0.0, 0.0
        self._ending = False

    def run(self, ready: Callable[[], None]) -> None:
        """Keep them going until a signal says to end; *ready* is called when all answer for the first time."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        for _ in range(self._wanted):
            self._start()
        told = False
        while self._workers or not self._ending:
            received = signal.sigtimedwait(_SIGNALS, _PASS)
            if received:
                self._heed(signal.Signals(received.si_signo))
            self._reap()
            self._replace()
            if not told and self._are_ready(set(self._workers)):
                told = True
                ready()

    def _heed(self, number: signal.Signals) -> None:
        if number in {signal.SIGTERM, signal.SIGINT}:
            if not self._ending:
                let_nobody_in(self._sock)
                self._sock.close()
            self._ending = True
            self._dismiss(set(self._workers))
        elif number is signal.SIGHUP and not self._heirs and not self._ending:
            _log.info("the settings are read anew")
            self._heirs = {self._start() for _ in range(self._wanted)}

    def _reap(self) -> None:
        """Take note of those that have ended, and end those that are stuck."""
        now = time.monotonic()
        for pid, worker in list(self._workers.items()):
            if worker.is_stuck(now):
                _log.error("process %d has not moved for %.0f s, and is ended", pid, _STUCK)
                worker.send(signal.SIGKILL)
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._ended(self._workers.pop(pid), status)

    def _ended(self, worker: _Worker, status: int) -> None:
        worker.seat.leave()
        if worker.pid in self._heirs:
            _log.error("the settings were not taken over: process %d ended with %d", worker.pid, status)
            self._dismiss(self._heirs)
            self._heirs = set()
            return
        if worker.leaving:
            return
        now = time.monotonic()
        self._pause = 0.0 if now - worker.began > _STEADY else min(_LONGEST_PAUSE, max(0.1, 2 * self._pause))
        self._start_at = now + self._pause
        _log.warning("process %d ended with %d; another starts in %.1f s", worker.pid, status, self._pause)

    def _replace(self) -> None:
        """Start those that are missing; let those go in whose place others are ready."""
        if self._heirs and self._are_ready(self._heirs):
            self._dismiss(set(self._workers) - self._heirs)
            self._heirs = set()
        staying = [pid for pid, worker in self._workers.items() if not worker.leaving and pid not in self._heirs]
        if not self._ending and len(staying) < self._wanted and time.monotonic() >= self._start_at:
            self._start()

    def _are_ready(self, pids: set[int]) -> bool:
        return all(pid in self._workers and self._workers[pid].is_ready for pid in pids)

    def _dismiss(self, pids: set[int]) -> None:
        for pid in pids & self._workers.keys():
            self._workers[pid].leaving = True
            self._workers[pid].send(signal.SIGTERM)

    def _start(self) -> int:
        """Fork a process that answers; return its id."""
        taken = {worker.seat.number for worker in self._workers.values()}
        seat = self._board.seat(next(number for number in self._board.seats if number not in taken))
        pid = os.fork()
        if not pid:
            _run(self._open_service, self._sock, seat)
        self._workers[pid] = _Worker(pid, seat, time.monotonic())
        return pid


def _run(open_service: OpenService, sock: socket.socket, seat: Seat) -> None:
    """Answer until told to leave; never returns to what the process was forked from."""
    code = 1
    try:
        leave = _Leaving()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        _prepare()
        with open_service(seat) as (app, serving):
            listener = Listener(app, sock, serving, seat)
            leave.tell(listener)
            listener.run()
        code = 0
    except Exception:  # noqa: BLE001 - the outer edge of this process
        _log.exception("the service cannot be opened")
    finally:
        sys.stdout.flush()
        logging.shutdown()
        os._exit(code)


class _Leaving:
    """Hears that it is time to leave, be it before there is anybody to tell."""

    def __init__(self) -> None:
        self._listener: Listener | None = None
        self._is_time = False
        signal.signal(signal.SIGTERM, self._hear)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal, for all of its processes: the first one tells
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)

    def tell(self, listener: Listener) -> None:
        self._listener = listener
        if self._is_time:
            listener.leave()

    def _hear(self, *_: object) -> None:
        self._is_time = True
        if self._listener:
            self._listener.leave()


def _prepare() -> None:
    """
    Set the process up for many connections and threads.

    All threads take memory from one place, where the C library is glibc: each would have one of its own, which keeps
    what large arrays have left; as the interpreter's lock lets one thread work at a time, nothing is gained by that.
    """
    sys.setswitchinterval(_SWITCH)
    look_seldom()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
