"""
Encodes the terms of a segment in several processes at a time.

Each is given whole spans of terms. What comes of them is put together in the order of the terms, so that the segment is
the same whatever the number of processes. They are as those that read articles, and end with the segment.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue

from indexer.engines.whoosh.codec.building import Encoded, Extent
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.fields import FIELDS, KINDS
from indexer.engines.whoosh.run_fields import RunFields, Span, values
from indexer.errors import IndexerError
from indexer.processes import Worker, follow

Encode = Callable[[Span], list[Encoded]]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Encodes spans of *fields* for a segment of this *extent*."""

    fields: RunFields
    extent: Extent

    def encode(self, span: Span) -> list[Encoded]:
        """Return the terms of *span* as they are written."""
        return [Encoded.of(found, span.field, self.extent) for found in self.fields.batches(span)]


@contextmanager
def spread(encoder: Encoder, columns: Columns, jobs: int) -> Iterator[Callable[[str], Iterable[Encoded]]]:
    """
    Give what yields the terms of a field in order, and may be asked for each field once.

    As many processes as *jobs* says, this one among them, encode the fields of words; *columns* has whole values.
    """
    with ExitStack() as stack:
        free: SimpleQueue[Encode] = SimpleQueue()
        free.put(encoder.encode)
        for _ in range(jobs - 1):
            free.put(_asking(stack.enter_context(Worker(None, __name__)), encoder))
        threads = ThreadPoolExecutor(jobs)
        stack.callback(threads.shutdown, cancel_futures=True)
        coming = {
            field: [threads.submit(_encoded, free, span) for span in encoder.fields.spans(field)]
            for field in FIELDS
            if KINDS[field].words
        }

        def encoded(field: str) -> Iterable[Encoded]:
            if field in coming:
                return _results(coming[field])
            return (Encoded.of(found, field, encoder.extent) for found in values(field, columns))

        yield encoded


def _encoded(free: "SimpleQueue[Encode]", span: Span) -> list[Encoded]:
    encode = free.get()
    try:
        return encode(span)
    finally:
        free.put(encode)


def _asking(worker: Worker, encoder: Encoder) -> Encode:
    """Return what has *worker* encode a span."""

    def encode(span: Span) -> list[Encoded]:
        worker.give(0, (encoder, span))
        match worker.said():
            case list() as found:
                return found
            case error:
                raise error  # type: ignore[misc]  # there is nothing else that it says

    return encode


def _results(coming: list[Future[list[Encoded]]]) -> Iterator[Encoded]:
    """Yield what is *coming*, and keep none of it."""
    while coming:
        yield from coming.pop(0).result()


def work(connection: Connection) -> None:
    """Encode spans as they come through *connection*, until its other end is closed."""
    connection.recv()  # nothing is the same for all that is asked
    while True:
        _, (encoder, span) = connection.recv()
        try:
            connection.send(encoder.encode(span))
        except (OSError, IndexerError) as exc:
            connection.send(exc)


if __name__ == "__main__":
    follow(work)
