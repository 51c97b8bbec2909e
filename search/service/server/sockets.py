"""The socket that a service listens on: bound for all of its processes, and closed to whoever is not there yet."""

import ctypes
import socket
import struct
import sys
from contextlib import suppress

_ATTACH_FILTER = 26  # SO_ATTACH_FILTER of Linux
_PASS_NOTHING = struct.pack("HBBI", 0x06, 0, 0, 0)  # the filter `ret #0`, which takes no byte of any packet


def bound(host: str, port: int) -> socket.socket:
    """
    Return a socket that listens on *host* and *port*.

    Raises:
        OSError: it cannot.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(socket.SOMAXCONN)
    except OSError:
        sock.close()
        raise
    return sock


def let_nobody_in(sock: socket.socket) -> None:
    """
    Let no further connection wait on *sock*, which listens; those that wait can still be taken.

    One that comes between the last that is taken and the closing of the socket would be reset, with its request sent
    already. Its first packet is dropped instead: it comes again a second later, and is refused.
    """
    if sys.platform != "linux":
        return
    program = ctypes.create_string_buffer(_PASS_NOTHING, len(_PASS_NOTHING))
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(program)))
