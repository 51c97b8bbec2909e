"""A listener of the tests' own, in a thread, over an app of a few lines."""

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

from search.service.server.board import Board
from search.service.server.listener import Listener
from search.service.server.sockets import bound
from search.settings import Serving

SOON = 60.0
"""Seconds in which what should happen at once does so on the slowest machine."""


def hello(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer with the path."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode("latin-1")]


@contextmanager
def listening(serving: Serving, app: Any = hello, **connections: float) -> Iterator[Listener]:
    """Have *app* answer on a free port, within the limits of *connections*."""
    changed = replace(serving, connections=replace(serving.connections, **connections))
    with bound("127.0.0.1", 0) as sock:
        listener = Listener(app, sock, changed, Board(1).seat(0))
        thread = Thread(target=listener.run, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            listener.leave()
            thread.join(SOON)
            assert not thread.is_alive()


def connected(listener: Listener) -> socket.socket:
    """Return a connection to *listener*."""
    return socket.create_connection(("127.0.0.1", int(listener.effective_port)), timeout=SOON)


def asked(listener: Listener, said: bytes = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") -> bytes:
    """Return all that *listener* answers to what is *said*."""
    with connected(listener) as sock:
        sock.sendall(said)
        return everything(sock)


def everything(sock: socket.socket) -> bytes:
    """Return all that comes on *sock* until it is closed."""
    pieces = []
    while True:
        try:
            piece = sock.recv(1 << 16)
        except ConnectionResetError:
            piece = b""
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def answer(sock: socket.socket) -> bytes:
    """Return the next answer that comes on *sock*, which says how long its body is."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += sock.recv(1)
    length = int(re.search(rb"Content-Length: (\d+)", said)[1]) if b"Content-Length" in said else 0
    while length:
        piece = sock.recv(length)
        said, length = said + piece, length - len(piece)
    return said


def eventually(is_so: Callable[[], bool]) -> bool:
    """Say whether *is_so* soon."""
    end = time.monotonic() + SOON
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()
