"""Requests as bytes, made up: what the specification allows and what it does not, odd ones, and damaged ones."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any
from urllib.parse import quote, quote_from_bytes

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

Strategy = st.SearchStrategy[bytes]

_BATCH = 250

_METHODS = st.sampled_from([b"GET"] * 6 + [b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"get", b""])
_PATHS = st.sampled_from(
    b"/ /cari /cari.rss /cari.json /saran /artikel/1 /artikel/a%2Fb /opensearch.xml /telusur.js /v1/click "
    b"/v1/search /v1/articles /v1/articles/1 /v1/articles/a%2Fb /v1/articles/1/highlight /v1/highlight "
    b"/v1/analyze /v1/tasks/1 /healthz /readyz /metrics /openapi.json /docs /telusur.css /robots.txt /gone * // "
    b"/coba /coba.css "
    b"http://x/v1/search http://[::1/ /%00 /..%2f..%2fetc/passwd /v1/articles/%ff".split()
)
_NAMES = st.sampled_from(
    "q page per_page cursor sort mode source author category tag language year month from to facets highlight "
    "explain limit x".split()
)
_SIGNS = 'padi banjir kalsel DPPPAKB " ( ) - * ? ~ ~2 a*b pa* b~2 OR ATAU AND NOT judul: penulis: tahun: 2018..2020 '
_SIGNS += (
    "kemarin Agustus 2019 Rp 1,5 miliar undang-undang yang di 1 true 2026-01-12 relevance -1 ² \0 \u2028 😀 \u0301"
)
_ASKED = st.lists(st.sampled_from(_SIGNS.split(" ")), max_size=12).map(" ".join) | st.text(max_size=40)
_VALUES = _ASKED.map(lambda text: quote(text, errors="replace").encode()) | st.binary(max_size=30).map(
    lambda value: quote_from_bytes(value).encode()
)
_QUERIES = st.lists(st.tuples(_NAMES, _VALUES), max_size=5).map(
    lambda pairs: b"&".join(name.encode() + b"=" + value for name, value in pairs)
)
_HEADER_NAMES = st.sampled_from(
    b"Accept-Language Accept-Encoding Authorization Content-Type If-None-Match Origin X-Forwarded-For X-Request-Id "
    b"Range Expect Upgrade Cookie Content-Length Transfer-Encoding Host Connection".split()
) | st.binary(min_size=1, max_size=12)
_HEADER_VALUES = st.sampled_from(
    b'id en;q=\xc2\xb2 * gzip chunked 0 5 -1 keep-alive close 100-continue application/json text/plain W/"x" x/y '
    b"multipart/form-data application/x-www-form-urlencoded bytes=0-1 1.2.3.4,5 [::1]:80 Bearer".split()
) | st.binary(max_size=40)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _ASKED | st.just("\ud800"),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["q", "text", "texts", "id", "position"]), inner)
    ),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode())
_BODIES = st.just(b"") | _JSON | st.binary(max_size=60) | st.integers(1, 3_000).map(lambda depth: b"[" * depth)
_EDITS = st.lists(
    st.tuples(st.integers(0, 1 << 16), st.integers(0, 12), st.binary(max_size=6) | st.sampled_from([b"\r\n", b"\0"])),
    min_size=1,
    max_size=4,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: the specification of its routes, and a key that may do all."""

    specification: dict[str, Any]
    key: str

    def batches(self, number: int) -> Iterator[list[bytes]]:
        """Yield *number* requests in all, the same ones each time."""
        kinds = cycle((self._by_specification(), self._odd(), self._damaged()))
        left = number
        for batch, kind in zip(count(), kinds, strict=False):
            if left <= 0:
                return
            made = _drawn(kind, min(left, _BATCH), batch)
            left -= len(made)
            yield made

    def _by_specification(self) -> Strategy:
        schema = schemathesis.openapi.from_dict(self.specification)
        return st.one_of(
            operation.as_strategy(generation_mode=mode).map(self._written)
            for operation in (found.ok() for found in schema.get_all_operations())
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
            if mode is GenerationMode.POSITIVE or operation.query or operation.path_parameters or operation.body
        )

    def _written(self, case: Any) -> bytes:
        given = case.as_transport_kwargs(base_url="http://x")
        known = ("method", "url", "headers", "params", "data", "json", "cookies")
        made = requests.Request(**{name: given[name] for name in known if name in given}).prepare()
        body = made.body.encode() if isinstance(made.body, str) else made.body or b""
        headers = [(name.encode(), _bytes(value)) for name, value in made.headers.items() if name != "Connection"]
        own = [("Host", "x"), ("Connection", "close"), ("Authorization", f"Bearer {self.key}")]
        headers += [(name.encode(), value.encode()) for name, value in own]
        return _assembled(str(made.method).encode(), made.path_url.encode(), headers, body)

    def _odd(self) -> Strategy:
        known = (b"Authorization", b"Bearer " + self.key.encode())
        headers = st.lists(st.tuples(_HEADER_NAMES, _HEADER_VALUES) | st.just(known), max_size=6)
        return st.builds(_odd, _METHODS, _PATHS, _QUERIES, headers, _BODIES)

    def _damaged(self) -> Strategy:
        return st.builds(_damaged, self._odd(), _EDITS)


def _drawn(strategy: Strategy, number: int, batch: int) -> list[bytes]:
    """Return *number* of what *strategy* makes, or fewer, those that the number of the *batch* decides."""
    made: list[bytes] = []

    @seed(batch)
    @settings(max_examples=number, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=_ALL)
    @given(strategy)
    def draw(found: bytes) -> None:
        made.append(found)

    draw()
    return made[:number]


_ALL = list(HealthCheck)


def _odd(method: bytes, path: bytes, query: bytes, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
    own = [(b"Host", b"x"), (b"Connection", b"close")]
    return _assembled(method, path + b"?" + query if query else path, [*own, *headers], body)


def _assembled(method: bytes, target: bytes, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
    names = {name.lower() for name, _ in headers}
    length = [(b"Content-Length", b"%d" % len(body))] if body and b"content-length" not in names else []
    lines = [name + b": " + value + b"\r\n" for name, value in [*headers, *length]]
    return method + b" " + target + b" HTTP/1.1\r\n" + b"".join(lines) + b"\r\n" + body


def _damaged(said: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return *said* with some bytes at some places taken out, and others put there."""
    for at, gone, new in edits:
        place = at % (len(said) + 1)
        said = said[:place] + new + said[place + gone :]
    return said


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1", "replace")
