"""A web site on this machine that answers as a test says, well or badly."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: all of it, with its length said, unless *headers* say otherwise."""

    content: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        content = self.content.encode() if isinstance(self.content, str) else self.content
        handler.send_response(self.status)
        for name, value in {"Content-Length": str(len(content)), **self.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)


Behaviour = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """
    Answers each path by what `says` gave it, in turn, the last for good, and others as `otherwise`.

    It remembers what was asked.
    """

    def __init__(self, secured: Callable[[socket.socket], socket.socket] = lambda listening: listening) -> None:
        self._behaviours: dict[str, list[Behaviour]] = {}
        self.otherwise: Behaviour = Reply(status=404)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ending = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that refuses our certificate
        self.server.socket = secured(self.server.socket)
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def says(self, path: str, *behaviours: Behaviour) -> str:
        """Answer *path* so; return its address."""
        self._behaviours[path] = list(behaviours)
        return self.address + path

    def close(self) -> None:
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def _behaviour(self, path: str) -> Behaviour:
        waiting = self._behaviours.get(path, [self.otherwise])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                try:
                    site._behaviour(self.path)(self)
                except OSError:
                    self.close_connection = True  # whoever asked has hung up

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def hangs(site: Site) -> Behaviour:
    """Return a behaviour that takes the request and never answers."""
    return lambda _: site.ending.wait() and None


def dribbles(site: Site, start: bytes) -> Behaviour:
    """Return a behaviour that says *start* and then one byte at a time, without end."""

    def dribble(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        while not site.ending.wait(0.01):
            handler.wfile.write(b"x")

    return dribble


def dies(said: bytes) -> Behaviour:
    """Return a behaviour that breaks off after it has *said* so much."""

    def die(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(said)
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    return die
