"""Requests that two servers could read in two ways, and others that are none."""

import json
import re

import pytest

from tests.listening import asked, connected, everything, listening

BODY = b"0\r\n\r\n"


@pytest.fixture(scope="module")
def listener(serving):
    with listening(serving) as running:
        yield running


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + BODY, 400),
        (b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + BODY, 501),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\n" + BODY, 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x, y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: x\n\n", None),
        (b"GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"get / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /\r\n\r\n\r\n", None),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_is_no_clear_request_is_refused_and_ends_the_connection(serving, head, status):
    with listening(serving, head_timeout=0.3, idle_timeout=0.3) as listener:
        answer = asked(listener, head + b"GET /next HTTP/1.1\r\nHost: x\r\n\r\n")

    assert b"/next" not in answer
    if status:
        first, _, body = answer.partition(b"\r\n\r\n")
        assert first.split()[1] == b"%d" % status and b"application/problem+json" in first
        assert json.loads(body)["status"] == status and len(body) < 600


@pytest.mark.parametrize(
    "head",
    [
        b"GET /x HTTP/1.1\r\nHost: portal.example:8080\r\nConnection: close\r\n\r\n",
        b"GET /x HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
        b"GET /x HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
        b"GET /x HTTP/1.0\r\n\r\n",
        b"GET http://portal.example/x HTTP/1.1\r\nHost: portal.example\r\nConnection: close\r\n\r\n",
        b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + BODY,
    ],
)
def test_a_clear_request_is_answered(listener, head):
    assert asked(listener, head).endswith(b"/x")


def test_a_refusal_speaks_the_language_of_the_client(listener):
    indonesian = asked(listener, b"GET / HTTP/1.1\r\n\r\n")
    english = asked(listener, b"GET / HTTP/1.1\r\nAccept-Language: en\r\n\r\n")

    assert b"permintaan tidak dapat dibaca" in indonesian and b"the request cannot be read" in english


@pytest.mark.parametrize(
    ("head", "statuses"),
    [
        (b"GET /x HTTP/1.1\r\nHost: x\r\n", [200]),
        (b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n", [200]),
        (b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", [100, 200]),
        (b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", [100, 200]),
        (b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n", [413]),
        (b"POST /x HTTP/1.1\r\nContent-Length: 5\r\n", [400]),
    ],
)
def test_a_client_that_waits_is_asked_for_the_body_only_where_one_is_awaited(listener, head, statuses):
    with connected(listener) as sock:
        sock.sendall(head + b"Expect: 100-continue\r\nConnection: close\r\n\r\n")
        said = sock.recv(25) if statuses[0] == 100 else b""
        if said:
            sock.sendall(BODY)
        said += everything(sock)

    assert [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", said)] == statuses
