"""The waitress server."""

import ctypes
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import waitress

from search.settings import Service


def serve(app: Any, settings: Service, ready: Callable[[str], None]) -> None:
    """
    Serve the WSGI *app* until the process is told to end; *ready* gets the address when it listens.

    SIGTERM and Ctrl-C end it in peace: requests in flight are answered first, where waitress's own way would cut them.

    Raises:
        OSError, ValueError: the address cannot be listened on.
    """
    _use_one_arena()
    server = waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        max_request_body_size=settings.max_body_bytes,
        connection_limit=1000,
        asyncore_use_poll=True,  # select() ends at 1,024 descriptors
        channel_timeout=30,
        ident=None,
    )
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: sys.exit(0))
    ready(f"http://{settings.host}:{server.effective_port}/")
    server.run()


def _use_one_arena() -> None:
    """
    Have all threads take memory from one place, where the C library is glibc.

    Each thread would have one of its own, which keeps what large arrays have left; as the interpreter's lock lets one
    thread work at a time, nothing is gained by that.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>
