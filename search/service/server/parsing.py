"""Reading a request: what waitress takes, without what another server in front may understand in another way."""

import re
import time
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError

_HOST = re.compile(r"(?:[A-Za-z0-9._~%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)


class RequestParser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """
    Takes one request in.

    *began* is when its first byte came, *head_ended* when its head was there, *ended* when all of it was.
    """

    def __init__(self, adj: Any) -> None:
        """Begin a request, within the limits of *adj*."""
        super().__init__(adj)
        self.began = time.monotonic()
        self.head_ended = self.ended = 0.0

    def received(self, data: bytes) -> int:
        """Take in *data*; return how much of it belongs to this request."""
        taken: int = super().received(data)
        if self.headers_finished and not self.head_ended:
            self.head_ended = time.monotonic()
        if self.completed:
            self.ended = time.monotonic()
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; refuse one that does not say clearly where the request ends, or for which host it is."""
        has_codings = self._has(header_plus, b"transfer-encoding")
        try:
            super().parse_header(header_plus)
        except ValueError as exc:  # a number of thousands of figures, an address that is none
            raise ParsingError("the address or a number in the head is invalid") from exc
        if has_codings and ("CONTENT_LENGTH" in self.headers or not self.chunked):
            raise ParsingError("Transfer-Encoding must be chunked, stand in HTTP/1.1, and without Content-Length")
        host = self.headers.get("HOST")
        if host is None and self.version != "1.0":
            raise ParsingError("the header Host is missing")
        if host and not _HOST.fullmatch(host):
            raise ParsingError("the header Host must name one host")

    @staticmethod
    def _has(head: bytes, name: bytes) -> int:
        """Return how many lines of *head* are for the header *name*; more than one is one too many."""
        count = sum(line.partition(b":")[0].strip().lower() == name for line in head.split(b"\r\n"))
        if count > 1:
            raise ParsingError("Transfer-Encoding stands there more than once")
        return count
