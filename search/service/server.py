"""The waitress server."""

import signal
import sys
from collections.abc import Callable
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
