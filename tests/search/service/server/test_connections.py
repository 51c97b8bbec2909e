"""What strangers may do with connections, and that nobody else waits for it."""

import re
import socket
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from threading import Event

import pytest

from search.service.server.connections import REST, Connection
from tests.listening import answer, asked, connected, eventually, everything, listening

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def large(environ, start_response):
    body = b"x" * (1 if environ["PATH_INFO"] == "/healthz" else 1_000_000)
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def is_closed(sock):
    return everything(sock) is not None


def test_connections_that_read_nothing_keep_no_thread(serving):
    with listening(serving, large) as listener, ExitStack() as held:
        for _ in range(2 * serving.service.threads):
            sock = held.enter_context(connected(listener))
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.sendall(GET * 100)

        assert asked(listener).endswith(b"x")
        assert asked(listener, b"GET / HTTP/1.0\r\n\r\n").endswith(b"xxx")


def test_the_loop_leaves_a_request_in_work_to_its_thread(serving):
    goes_on = Event()

    def waits(_, start_response):
        goes_on.wait(9)
        start_response("200 OK", [("Content-Length", "1")])
        return [b"y"]

    with listening(serving, waits) as listener, connected(listener) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert eventually(lambda: any(one.requests for one in listener.active_channels.values()))
        (connection,) = listener.active_channels.values()
        connection.total_outbufs_len = 1  # as in the middle of an answer that its thread sends
        assert not connection.writable()
        connection.total_outbufs_len = 0
        goes_on.set()
        assert everything(sock).endswith(b"\r\n\r\ny")


def test_what_was_sent_ahead_is_answered_in_order_as_it_is_taken(serving):
    ahead = b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(50))
    with listening(serving) as listener:
        told = asked(listener, ahead + b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert re.findall(rb"/(\d+)HTTP", told) == [b"%d" % number for number in range(50)]
    assert told.endswith(b"/end")


def test_an_answer_that_nobody_takes_ends_the_connection(serving):
    with listening(serving, large, stall_timeout=0.3) as listener, connected(listener) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(GET * 20)

        assert eventually(lambda: not listener.active_channels)


def test_an_answer_that_is_taken_by_the_byte_ends_the_connection(serving):
    with listening(serving, large, send_timeout=0.5) as listener, connected(listener) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(GET * 20)
        while listener.active_channels:
            sock.recv(1)
            time.sleep(0.001)

        assert asked(listener).endswith(b"x")


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HT", GET + b"GET", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx", GET, b"\r\n" * 9],
    ids=["nothing", "part of a head", "a request and a part", "part of a body", "a request", "blank lines"],
)
def test_who_says_no_more_is_let_go(serving, said):
    times = {"head_timeout": 0.2, "body_timeout": 0.2, "idle_timeout": 0.2}
    with listening(serving, **times) as listener, connected(listener) as sock:
        sock.sendall(said)

        assert is_closed(sock)


def test_a_head_that_comes_byte_by_byte_has_its_time_as_a_whole(serving):
    with listening(serving, head_timeout=0.5) as listener, connected(listener) as sock:
        sock.sendall(b"GET /")
        while listener.active_channels:
            try:
                sock.sendall(b"x")
            except OSError:
                break
            time.sleep(0.02)

        assert not listener.active_channels


def test_who_owes_longest_makes_room_for_the_next(serving):
    with listening(serving, limit=20) as listener, ExitStack() as held:
        slow = [held.enter_context(connected(listener)) for _ in range(20)]
        for sock in slow:
            sock.sendall(b"GET / HTTP/1.1\r\n")
        eventually(lambda: len(listener.active_channels) == 20)

        assert asked(listener).startswith(b"HTTP/1.1 200")
        assert is_closed(slow[0])


def test_many_that_are_slow_or_idle_delay_nobody(serving):
    with listening(serving, limit=100) as listener, ExitStack() as held:
        for number in range(300):
            held.enter_context(connected(listener)).sendall(b"GET / HTTP" if number % 2 else b"")

        assert all(asked(listener).startswith(b"HTTP/1.1 200") for _ in range(5))


def test_one_address_holds_so_many_connections_and_another_is_not_hindered(serving):
    strangers = replace(serving, access=replace(serving.access, own_networks=["10.0.0.0/8"]))
    with listening(strangers, per_address=3) as listener, ExitStack() as held:
        for _ in range(3):
            held.enter_context(connected(listener)).sendall(b"G")
        eventually(lambda: len(listener.active_channels) == 3)

        assert asked(listener).startswith(b"HTTP/1.1 503")
        with socket.create_connection(
            listener.socket.getsockname(), timeout=9, source_address=("127.0.0.9", 0)
        ) as other:
            other.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert everything(other).startswith(b"HTTP/1.1 200")


def test_room_is_free_again_when_a_connection_ends(serving):
    strangers = replace(serving, access=replace(serving.access, own_networks=[]))
    with listening(strangers, per_address=2) as listener:
        assert all(asked(listener).startswith(b"HTTP/1.1 200") for _ in range(5))
        assert eventually(lambda: not listener.active_channels)


def test_an_answer_without_a_body_leaves_the_connection_open(serving):
    def unchanged(_, start_response):
        start_response("304 Not Modified", [("ETag", '"x"')])
        return []

    with listening(serving, unchanged) as listener, connected(listener) as sock:
        for _ in range(3):
            sock.sendall(GET)
            assert answer(sock).startswith(b"HTTP/1.1 304")


@contextmanager
def crowded(serving):
    """A listener whose one thread is at work and whose queue is full, and what ends that."""
    wait, begun = Event(), Event()

    def slow(environ, start_response):
        if environ["PATH_INFO"] != "/healthz":
            begun.set()
            wait.wait(10)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    small = replace(serving, service=replace(serving.service, threads=1, queue=1))
    with listening(small, slow) as listener, ExitStack() as held:
        waiting = [held.enter_context(connected(listener)) for _ in range(2)]
        waiting[0].sendall(GET)
        begun.wait(10)
        waiting[1].sendall(GET)
        eventually(lambda: listener.lanes.waiting("search") == 1)
        yield listener
        wait.set()
        assert all(answer(sock).startswith(b"HTTP/1.1 200") for sock in waiting)


def test_what_waits_longer_than_the_queue_is_told_to_try_again(serving):
    with crowded(serving) as listener, connected(listener) as refused:
        refused.sendall(GET)
        told = answer(refused)

        assert told.startswith(b"HTTP/1.1 503") and b"Retry-After: 2" in told and b"service-busy" in told
        assert asked(listener).startswith(b"HTTP/1.1 200")


def test_who_asks_again_at_once_waits_and_nobody_else(serving):
    with crowded(serving) as listener, connected(listener) as eager:
        eager.sendall(GET)
        assert answer(eager).startswith(b"HTTP/1.1 503")
        refused = time.monotonic()
        eager.sendall(GET)

        assert asked(listener).startswith(b"HTTP/1.1 200")
        assert answer(eager).startswith(b"HTTP/1.1 503")
        assert time.monotonic() - refused >= REST * 0.45


@pytest.mark.parametrize(
    ("waiting", "is_quick"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (b"GET /v1/search?q=banjir HTTP/1.1\r\n", False),
        (b"GET /cari?q=" + b"a" * 9_000, False),
        (b"\xff\xfe\r\n\r\n", True),  # soon refused
        (b"", True),
    ],
)
def test_what_a_new_connection_asks_is_told_before_it_is_read(waiting, is_quick):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(waiting)
        ours.settimeout(0)
        new = Connection.__new__(Connection)
        new.socket = ours

        assert new.is_quick() is is_quick
        assert not waiting or ours.recv(65_536) == waiting


def test_dear_requests_delay_no_search_and_searches_no_health(serving):
    wait = Event()

    def slow(environ, start_response):
        if environ["PATH_INFO"] == "/v1/analyze":
            wait.wait(10)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    dear = b"POST /v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
    with listening(serving, slow) as listener, ExitStack() as held:
        for _ in range(8):
            held.enter_context(connected(listener)).sendall(dear)
        eventually(lambda: listener.lanes.waiting("dear") == 7)

        assert asked(listener, GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert asked(listener).startswith(b"HTTP/1.1 200")
        wait.set()


def test_all_that_was_taken_is_answered_before_the_end(serving):
    begun, wait = Event(), Event()

    def slow(_, start_response):
        begun.set()
        wait.wait(10)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]

    with listening(serving, slow) as listener, ExitStack() as held:
        waiting = [held.enter_context(connected(listener)) for _ in range(16)]
        for sock in waiting:
            sock.sendall(GET)
        eventually(lambda: len(listener.active_channels) == 16)
        begun.wait(10)
        listener.leave()
        wait.set()

        answers = [everything(sock) for sock in waiting]

    assert all(told.endswith(b"done") and b"Connection: close" in told for told in answers)


def test_who_never_ends_is_not_waited_for_longer_than_the_setting_says(serving):
    short = replace(serving, service=replace(serving.service, drain=0.3))
    with listening(short) as listener, connected(listener) as sock:
        sock.sendall(b"GET / HT")
        eventually(lambda: bool(listener.active_channels))
        listener.leave()

        assert is_closed(sock)
