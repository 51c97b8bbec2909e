"""
The crew that reads batches: several processes, and what is said between them and the one that hands these out.

What comes back is put in the order of the batches again, so that nobody sees who read which.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import Queue
from threading import Thread

from indexer.analysis import Analyzer
from indexer.engines import PartWriter, open_part_writer
from indexer.errors import IndexerError
from indexer.processes import Worker, follow
from indexer.reading.batches import Batch, Taken, Tell, read

_AHEAD = 2  # batches that a process has: one that it reads, and the next
_TOLD_EVERY = 100  # records


@dataclass(frozen=True, slots=True)
class Workplace:
    """What every process must know: the engine, the folder in which it writes, and how articles are read."""

    engine: str
    folder: Path
    analyzer: Analyzer

    def writer(self) -> PartWriter:
        """Return a writer of parts."""
        return open_part_writer(self.engine, self.folder, self.analyzer)


Known = Callable[[int, Batch], Taken | None]
"""Returns what became of a batch, by its number, where that is known from before."""


def _nothing_known(_number: int, _batch: Batch) -> None:
    return None


def read_all(
    batches: Iterator[Batch], place: Workplace, jobs: int, tell: Tell, known: Known = _nothing_known
) -> Generator[Taken, None, None]:
    """
    Yield what becomes of *batches*, in their order, read by as many processes as *jobs* says.

    Where there is but one batch, or *jobs* is 1, this process reads it itself. What is *known* is not read again.

    Raises:
        ReindexFailed: a process has died.
    """
    first = next(batches, None)
    second = next(batches, None) if jobs > 1 else None
    ahead = [batch for batch in (first, second) if batch is not None]
    if second is not None:
        yield from _read_by_crew(_chained(ahead, batches), place, jobs, tell, known)
        return
    writer = place.writer()
    for number, batch in enumerate(_chained(ahead, batches)):
        yield _told(known(number, batch), tell) or read(batch, writer, _name(number), tell)


def _read_by_crew(batches: Iterator[Batch], place: Workplace, jobs: int, tell: Tell, known: Known) -> Iterator[Taken]:
    with ExitStack() as stack:
        crew = Crew(lambda: stack.enter_context(Worker(place, __name__)), jobs, tell)
        for number, batch in enumerate(batches):
            if taken := _told(known(number, batch), tell):
                crew.put(number, taken)
            else:
                crew.give(number, batch)
            yield from crew.in_order()
        while crew.is_busy:
            crew.listen()
            yield from crew.in_order()


class Crew:
    """Several workers, and the results that came back."""

    def __init__(self, hire: Callable[[], Worker], most: int, tell: Tell) -> None:
        """Have *hire* start a worker while there is work for it, at *most* so many."""
        self._hire, self._most, self._tell = hire, most, tell
        self._workers: list[Worker] = []
        self._done: dict[int, Taken] = {}
        self._next = 0

    @property
    def is_busy(self) -> bool:
        """Whether there are batches that have not come back."""
        return any(worker.waiting for worker in self._workers)

    def give(self, number: int, batch: Batch) -> None:
        """Hand out *batch* as soon as a worker can take it."""
        if len(self._workers) < self._most and all(worker.waiting for worker in self._workers):
            self._workers.append(self._hire())
        while min(worker.waiting for worker in self._workers) == _AHEAD:
            self.listen()
        min(self._workers, key=lambda worker: worker.waiting).give(number, batch)

    def put(self, number: int, taken: Taken) -> None:
        """Count *taken* among the results."""
        self._done[number] = taken

    def listen(self) -> None:
        """Wait until a worker says something, and take it in."""
        for connection in wait([worker.connection for worker in self._workers]):
            worker = next(own for own in self._workers if own.connection is connection)
            match worker.said():
                case (int(number), Taken() as taken):
                    self._done[number] = taken
                    worker.waiting -= 1
                case (int(accepted), int(rejected)):
                    self._tell(accepted, rejected)
                case (_, Exception() as error):
                    raise error

    def in_order(self) -> Iterator[Taken]:
        """Yield the results whose turn it is."""
        while self._next in self._done:
            yield self._done.pop(self._next)
            self._next += 1


def work(connection: Connection) -> None:
    """Read batches as they come through *connection*, until its other end is closed."""
    place: Workplace = connection.recv()
    writer = place.writer()
    tasks: Queue[tuple[int, Batch] | None] = Queue(maxsize=_AHEAD - 1)
    Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    while task := tasks.get():
        number, batch = task
        tally = _Tally(connection)
        result: Taken | Exception
        try:
            result = read(batch, writer, _name(number), tally.tell)
        except (OSError, IndexerError) as exc:
            result = exc
        tally.send()
        connection.send((number, result))


def _receive(connection: Connection, tasks: "Queue[tuple[int, Batch] | None]") -> None:
    """Take the next batch in while one is read."""
    with suppress(EOFError, ConnectionError):
        while True:
            tasks.put(connection.recv())
    tasks.put(None)


@dataclass(slots=True)
class _Tally:
    """Says now and then how far the reading is."""

    connection: Connection
    accepted: int = 0
    rejected: int = 0

    def tell(self, accepted: int, rejected: int) -> None:
        self.accepted += accepted
        self.rejected += rejected
        if self.accepted + self.rejected >= _TOLD_EVERY:
            self.send()

    def send(self) -> None:
        self.connection.send((self.accepted, self.rejected))
        self.accepted = self.rejected = 0


def _told(taken: Taken | None, tell: Tell) -> Taken | None:
    if taken:
        tell(taken.accepted, len(taken.rejected))
    return taken


def _name(number: int) -> str:
    return f"{number}.part"


def _chained(ahead: list[Batch], rest: Iterator[Batch]) -> Iterator[Batch]:
    """Yield *ahead*, of which nothing is kept, and the *rest*."""
    while ahead:
        yield ahead.pop(0)
    yield from rest


if __name__ == "__main__":
    follow(work)
