"""A listening socket lets go of nobody who waits when it is closed to others."""

import socket

import pytest

from search.service.server.sockets import bound, let_nobody_in


def test_who_waits_is_taken_and_who_comes_later_waits_until_refused():
    with bound("127.0.0.1", 0) as listening:
        address = listening.getsockname()
        with socket.create_connection(address, timeout=5) as waiting:
            let_nobody_in(listening)
            with pytest.raises(TimeoutError):
                socket.create_connection(address, timeout=0.2)
            taken, _ = listening.accept()
            with taken:
                waiting.sendall(b"ya")
                assert taken.recv(9) == b"ya"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=5)
