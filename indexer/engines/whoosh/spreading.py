"""
Encodes the terms of a segment in several processes at a time.

Each is given whole spans of terms. What comes of them is put together in the order of the terms, so that the segment is
the same whatever the number of processes. They are as those of the crew, and end with the segment.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Self

from indexer.crew import Worker
from indexer.engines.whoosh.codec.building import FIELDS, KINDS, Encoded, Extent
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.run_fields import RunFields, Span, values
from indexer.errors import IndexerError

Encode = Callable[[Span], list[Encoded]]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Encodes spans of *fields* for a segment of this *extent*."""

    fields: RunFields
    extent: Extent

    def encode(self, span: Span) -> list[Encoded]:
        """Return the terms of *span* as they are written."""
        return [Encoded.of(found, span.field, self.extent) for found in self.fields.batches(span)]


class Spread:
    """The terms of all fields, encoded by as many processes as *jobs* says, this one among them."""

    def __init__(self, encoder: Encoder, columns: Columns, jobs: int) -> None:
        """Begin with all fields of words; whole values are taken from *columns* when they are asked for."""
        self._extent, self._columns = encoder.extent, columns
        self._free: SimpleQueue[Encode] = SimpleQueue()
        self._free.put(encoder.encode)
        self._stack = ExitStack()
        for _ in range(jobs - 1):
            self._free.put(_asking(self._stack.enter_context(Worker(encoder, __name__))))
        self._threads = ThreadPoolExecutor(jobs)
        self._stack.callback(self._threads.shutdown, cancel_futures=True)
        self._coming = {
            field: [self._threads.submit(self._encoded, span) for span in encoder.fields.spans(field)]
            for field in FIELDS
            if KINDS[field].words
        }

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self._stack.close()

    def encoded(self, field: str) -> Iterable[Encoded]:
        """Yield the terms of *field* in order; may be asked for each field once."""
        if KINDS[field].words:
            return chain.from_iterable(map(_result, _each_once(self._coming[field])))
        return (Encoded.of(found, field, self._extent) for found in values(field, self._columns))

    def _encoded(self, span: Span) -> list[Encoded]:
        encode = self._free.get()
        try:
            return encode(span)
        finally:
            self._free.put(encode)


def _asking(worker: Worker) -> Encode:
    """Return what has *worker* encode a span."""

    def encode(span: Span) -> list[Encoded]:
        worker.give(0, span)
        match worker.said():
            case list() as found:
                return found
            case error:
                raise error  # type: ignore[misc]  # there is nothing else that it says

    return encode


def _each_once(coming: list[Future[list[Encoded]]]) -> Iterator[Future[list[Encoded]]]:
    """Yield what is *coming*, and keep none of it."""
    while coming:
        yield coming.pop(0)


def _result(future: Future[list[Encoded]]) -> list[Encoded]:
    return future.result()


def work(connection: Connection) -> None:
    """Encode spans as they come through *connection*, until its other end is closed."""
    encoder: Encoder = connection.recv()
    while True:
        _, span = connection.recv()
        try:
            connection.send(encoder.encode(span))
        except (OSError, IndexerError) as exc:
            connection.send(exc)


if __name__ == "__main__":
    with suppress(EOFError, ConnectionError):
        work(Connection(int(sys.argv[1])))
