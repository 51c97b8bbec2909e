"""
The queue of changes: what was acknowledged is in it, on disk, until no generation needs it any more.

A change puts an article in or takes one out. Changes have ascending numbers, in the order in which they were
acknowledged; a commit of the index says up to which number it holds them. A task is what one request asked for.
"""

import json
import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import QueueUnavailable

FILE = "changes.db"
"""Where in the folder of an index the queue is."""

_KEPT = 30 * 86_400  # seconds
_BUSY = 10  # seconds to wait for another process that writes
_SCHEMA = """
create table if not exists changes (
    number integer primary key autoincrement, article text not null, record text);
create table if not exists tasks (
    id text primary key, created text not null, first integer not null, last integer not null);
create table if not exists failures (number integer primary key, reason text not null);
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one article: its *record* is to be put in, or, where that is None, the article taken out."""

    number: int
    article_id: str
    record: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A change that could not be applied, and why."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Task:
    """What one request asked for: the changes from number *first* to *last*, and those of them that failed."""

    id: str
    created: str
    first: int
    last: int
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The changes that are not applied yet: how many, and for how many seconds the oldest has waited."""

    count: int
    seconds: float = 0


class ChangeQueue:
    """The queue of one index; safe to share between threads and processes."""

    def __init__(self, root: Path) -> None:
        """
        Open the queue of the index at *root*, a new one if there is none.

        Raises:
            QueueUnavailable: it cannot be opened or made.
        """
        self._path = root / FILE
        with self._as_unavailable("opened"):
            root.mkdir(parents=True, exist_ok=True)
            with self._connection() as database:
                database.execute("pragma journal_mode = wal")
                database.executescript(_SCHEMA)

    def add(self, changes: Iterable[tuple[str, Mapping[str, object] | None]], beyond: int = 0) -> Task:
        """
        Queue *changes*, each an article's id with its record or None, as one task; they are on disk on return.

        They get numbers above *beyond*, which is what the index goes through: a queue that was lost and begun anew
        must not give out numbers that count as applied.

        Raises:
            QueueUnavailable: they could not be written; none of them is queued.
        """
        rows = [(article, None if record is None else json.dumps(record)) for article, record in changes]
        task = str(uuid.uuid4())
        with self._writing() as database:
            first = _last(database, beyond) + 1
            database.executemany("insert into changes (article, record) values (?, ?)", rows)
            last = first + len(rows) - 1
            created = _text(time.time())
            database.execute("insert into tasks values (?, ?, ?, ?)", (task, created, first, last))
        return Task(task, created, first, last)

    def task(self, task_id: str) -> Task | None:
        """Return the task of this id, or None."""
        with self._reading() as database:
            row = database.execute("select id, created, first, last from tasks where id = ?", (task_id,)).fetchone()
            if row is None:
                return None
            failed = database.execute(
                "select article, reason from failures join changes using (number) where number between ? and ?", row[2:]
            )
            found = tuple(Failure(article, reason) for article, reason in failed)
            return Task(row[0], row[1], row[2], row[3], found)

    def after(self, number: int, most: int) -> list[Change]:
        """Return the first *most* changes whose numbers are above *number*, in order."""
        with self._reading() as database:
            found = database.execute("select * from changes where number > ? order by number limit ?", (number, most))
            return list(map(_change, found))

    def waiting(self, through: int) -> Waiting:
        """Return what waits to be applied to an index that goes *through* that number."""
        with self._reading() as database:
            (count,) = database.execute("select count(*) from changes where number > ?", (through,)).fetchone()
            (since,) = database.execute("select min(created) from tasks where last > ?", (through,)).fetchone()
            return Waiting(count, max(0, time.time() - _moment(since)) if count and since else 0)

    def latest(self, since: int, through: int) -> Iterator[Change]:
        """Yield of each article the last change that did not fail, of those above *since* and up to *through*."""
        with self._reading() as database:
            numbers = (
                "select max(number) from changes where number > ? and number <= ?"
                " and number not in (select number from failures) group by article"
            )
            found = database.execute(f"select * from changes where number in ({numbers})", (since, through))  # noqa: S608 - a text of ours
            yield from map(_change, found)

    def missing(self, since: int) -> int:
        """Return how many of the changes above *since* are not there, though none of them can have been forgotten."""
        with self._reading() as database:
            (first,) = database.execute(
                "select min(number) from changes where number > ? and number not in (select number from failures)",
                (since,),
            ).fetchone()
            if first is None:
                return 0
            (count,) = database.execute("select count(*) from changes where number >= ?", (first,)).fetchone()
            return _last(database) - int(first) + 1 - int(count)

    def last(self) -> int:
        """Return the highest number that was given so far, 0 for none."""
        with self._reading() as database:
            return _last(database)

    def last_before(self, moment: float) -> int:
        """Return the number of the last change that was queued before *moment*, in seconds since 1970; 0 for none."""
        with self._reading() as database:
            (number,) = database.execute("select max(last) from tasks where created < ?", (_text(moment),)).fetchone()
            return number or 0

    def fail(self, failures: Sequence[tuple[int, str]]) -> None:
        """Remember of changes, by number, why they could not be applied."""
        with self._writing() as database:
            database.executemany("insert or replace into failures values (?, ?)", failures)

    def forget(self, through: int) -> None:
        """
        Drop the changes up to number *through*, which all generations that are kept hold; tasks stay known.

        Those of the last 30 days stay: a reindex from a file that is older than a change applies it again.
        """
        through = min(through, self.last_before(time.time() - _KEPT))
        with self._writing() as database:
            database.execute(
                "delete from changes where number <= ? and number not in (select number from failures)", (through,)
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._as_unavailable("read"), self._connection() as database:
            yield database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._as_unavailable("written; nothing was queued"), self._connection() as database, database:
            database.execute("begin immediate")
            yield database

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_BUSY, isolation_level=None)) as database:
            database.execute("pragma synchronous = full")
            yield database

    @contextmanager
    def _as_unavailable(self, what: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as exc:
            raise QueueUnavailable(
                f"{self._path} cannot be {what} ({exc}): check the disk and its permissions"
            ) from exc


def _text(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _change(row: tuple[int, str, str | None]) -> Change:
    number, article, record = row
    return Change(number, article, None if record is None else json.loads(record))


def _last(database: sqlite3.Connection, beyond: int = 0) -> int:
    """Return the highest number that was given; one below *beyond* is raised to it first."""
    row = database.execute("select seq from sqlite_sequence where name = 'changes'").fetchone()
    last = int(row[0]) if row else 0
    if last >= beyond:
        return last
    database.execute("delete from sqlite_sequence where name = 'changes'")
    database.execute("insert into sqlite_sequence values ('changes', ?)", (beyond,))
    return beyond
