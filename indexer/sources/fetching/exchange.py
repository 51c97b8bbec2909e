"""One request and its answer, over a socket of our own: the address is checked, time and size are bounded."""

import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from urllib.parse import SplitResult, quote, urlsplit

from indexer.errors import FetchFailed
from indexer.settings import FetchSettings
from indexer.sources.fetching.addresses import require_public

_CHUNK = 1 << 16
_PORTS = {"http": 80, "https": 443}
_GZIP_OR_ZLIB = 47
_MISSING = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the address *url* answered; the names of *headers* are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def charset(self) -> str:
        """The encoding that the answer says it has, or an empty text."""
        _, _, parameter = self.headers.get("content-type", "").lower().partition("charset=")
        return parameter.partition(";")[0].strip("\"' ")


def exchange(address: str, headers: Mapping[str, str], settings: FetchSettings, resolve: Resolve) -> Answer:
    """
    Return what *address* answers to a GET request.

    Raises:
        FetchFailed: the address is none, is refused, is not to be trusted, or answers too much.
        OSError, HTTPException: the server cannot be reached, is too slow, or breaks off; it may do better next time.
    """
    url = _checked(address)
    with _connected(url, settings, resolve) as sock, _ended_after(settings.timeout, sock):
        if isinstance(sock, ssl.SSLSocket):
            _shake_hands(sock, address)
        connection = HTTPConnection(str(url.hostname), url.port or _PORTS[url.scheme])
        connection.sock = sock
        connection.request("GET", _target(url), headers={"Accept-Encoding": "gzip", "Connection": "close", **headers})
        with connection.getresponse() as response:
            given = {name.lower(): value for name, value in response.getheaders()}
            return Answer(address, response.status, given, _content(response, address, settings.max_bytes))


def _checked(address: str) -> SplitResult:
    try:
        url = urlsplit(address)
        is_good = url.scheme in _PORTS and bool(url.hostname) and (url.port is None or url.port > 0)
        str(url.hostname).encode("idna")
    except ValueError:
        is_good = False
    if not is_good or url.username is not None:
        raise FetchFailed(f"{address!r} is no address that can be fetched; give http:// or https://, a host, a path")
    return url


def _target(url: SplitResult) -> str:
    query = f"?{url.query}" if url.query else ""
    return quote(f"{url.path or '/'}{query}", safe="/%:@!$&'()*+,;=~?[]")


@contextmanager
def _connected(url: SplitResult, settings: FetchSettings, resolve: Resolve) -> Iterator[socket.socket]:
    """Give out a socket to the host of *url*; what is checked is the very address that is connected to."""
    host, port = str(url.hostname), url.port or _PORTS[url.scheme]
    addresses = _resolved(host, port, resolve)
    if not settings.allow_private:
        require_public(host, addresses)
    plain = _first_that_takes(addresses, port, settings.connect_timeout)
    plain.settimeout(settings.read_timeout)
    if url.scheme == "https":
        context = ssl.create_default_context()
        with context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) as secure:
            yield secure
    else:
        with plain:
            yield plain


def _resolved(host: str, port: int, resolve: Resolve) -> list[str]:
    try:
        return resolve(host, port)
    except socket.gaierror as exc:
        if exc.errno in _MISSING:
            raise FetchFailed(f"there is no host {host!r}") from exc
        raise


def _first_that_takes(addresses: list[str], port: int, seconds: float) -> socket.socket:
    failure = OSError("the host has no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=seconds)
        except OSError as exc:
            failure = exc
    raise failure


def _shake_hands(sock: ssl.SSLSocket, address: str) -> None:
    try:
        sock.do_handshake()
    except ssl.SSLCertVerificationError as exc:
        raise FetchFailed(f"{address} has no valid certificate: {exc.verify_message}") from exc


@contextmanager
def _ended_after(seconds: float, sock: socket.socket) -> Iterator[None]:
    """Hang up after *seconds*: a timeout of the socket starts anew with every byte, which a slow server can use."""
    expired = threading.Event()

    def hang_up() -> None:
        expired.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not TLS's, which another thread is reading with

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as exc:
        if expired.is_set():
            raise TimeoutError(f"the answer took more than {seconds:g} seconds") from exc
        raise
    finally:
        timer.cancel()
    if expired.is_set():
        raise TimeoutError(f"the answer took more than {seconds:g} seconds")


def _content(response: HTTPResponse, address: str, limit: int) -> bytes:
    is_packed = response.getheader("Content-Encoding", "").lower() in {"gzip", "x-gzip", "deflate"}
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB) if is_packed else None
    content = bytearray()
    while len(content) <= limit and (chunk := response.read1(_CHUNK)):
        try:
            content += unpacker.decompress(chunk, limit - len(content) + 1) if unpacker else chunk
        except zlib.error as exc:
            raise FetchFailed(f"the answer of {address} cannot be unpacked: {exc}") from exc
    if len(content) > limit:
        raise FetchFailed(f"the answer of {address} has more than {limit:,} bytes; fetch.max_bytes may be raised")
    is_cut_off = bool(response.length) or (unpacker is not None and bool(content) and not unpacker.eof)
    if is_cut_off or (not content and response.length is None and not response.chunked):
        raise IncompleteRead(bytes(content))  # nothing at all, of no length: its headers were cut off
    return bytes(content)
