"""
The file of the query log: SQLite beside the index, for its owner alone, within its bounds of days and bytes.

Several processes write it at once, each a batch in one transaction; what a kill or a full disk interrupts is a batch
that was never written. What is deleted is overwritten too.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from search.deadline import checkpoint
from search.errors import QueryLogUnavailable
from search.query_log.entries import Click, Entry, Search
from search.query_log.texts import stored
from search.settings import QueryLogging

FILE = "queries.db"
"""Where in the folder of an index the log is."""

_BUSY = 5  # seconds to wait for another process that writes
_AGAIN = 0.02  # seconds until a file that several make is opened again
_KIND = 0xFF  # bits of SQLite's codes of errors that say which kind one is of
_DAY_MS = 86_400_000
_STEPS = 10_000  # of SQLite's machine between two looks at the deadline: a tenth of a millisecond
_PARTS = 10  # the oldest of so many goes where the file is too large
_SCHEMA = """
create table if not exists searches (
    id integer primary key autoincrement, time integer not null, key integer not null, caller integer not null,
    text text not null, is_masked integer not null, page integer not null, per_page integer not null,
    hits integer not null, corrected text, is_corrected integer not null, is_relaxed integer not null,
    took_ms real not null);
create index if not exists searches_by_time on searches (time);
create table if not exists clicks (
    id integer primary key autoincrement, time integer not null, key integer not null, caller integer not null,
    text text not null, article text not null, position integer not null);
create index if not exists clicks_by_time on clicks (time);
create index if not exists clicks_by_text on clicks (text);
"""
_SEARCH = (
    "insert into searches (time, key, caller, text, is_masked, page, per_page, hits, corrected, is_corrected,"
    " is_relaxed, took_ms)"
)
_CLICK = "insert into clicks (time, key, caller, text, article, position)"
_AT_ONCE = 64  # rows: SQLite of any age takes as many values in one statement
_TABLES = ("searches", "clicks")


class LogFile:
    """The file of the index at a root, for one thread that writes; opened when it is first written."""

    def __init__(self, root: Path, bounds: QueryLogging) -> None:
        """Write below *root*, within *bounds*."""
        self.path, self._bounds = root / FILE, bounds
        self._database: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._given_up: list[sqlite3.Connection] = []

    def add(self, entries: Sequence[Entry]) -> None:
        """
        Write *entries* down, all or none.

        Raises:
            sqlite3.Error, OSError: they could not be written.
        """
        longest = self._bounds.longest
        with self._writing() as database:
            _insert(database, _SEARCH, [_search_row(one, longest) for one in entries if isinstance(one, Search)])
            _insert(database, _CLICK, [_click_row(one, longest) for one in entries if isinstance(one, Click)])

    def keep_within_bounds(self) -> None:
        """
        Delete what is older than so many days, and the oldest where the file is too large.

        Raises:
            sqlite3.Error, OSError: that could not be done.
        """
        before = _ms(time.time()) - self._bounds.days * _DAY_MS
        with self._writing() as database:
            for table in _TABLES:
                database.execute(f"delete from {table} where time < ?", (before,))  # noqa: S608 - names of ours
        while self._is_too_large() and self._delete_oldest():
            pass
        with self._open() as database:
            database.execute("pragma incremental_vacuum").fetchall()

    def close(self) -> None:
        """Close the file, and those before it that were deleted."""
        for database in (self._database, *self._given_up):
            if database:
                with suppress(sqlite3.Error):
                    database.close()
        self._database = None
        self._given_up.clear()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database, database:
            database.execute("begin immediate")
            yield database

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Give out the connection, a new one where the last one failed, or the file was deleted."""
        try:
            if self._database and _identity(self.path) != self._opened:
                self._given_up.append(self._database)  # to close it now could drop locks on the journal of that name
                self._database = None
            if self._database is None:
                self._database = _connected(self.path)
                self._opened = _identity(self.path)
            yield self._database
        except (sqlite3.Error, OSError):
            self.close()
            raise

    def _is_too_large(self) -> bool:
        with self._open() as database:
            pages, free, size = (
                database.execute(f"pragma {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
            return bool((pages - free) * size > self._bounds.max_bytes)

    def _delete_oldest(self) -> bool:
        """Delete the oldest tenth of each table; say whether there was anything."""
        deleted = 0
        with self._writing() as database:
            for table in _TABLES:
                deleted += database.execute(
                    f"delete from {table} where id <= (select min(id) + (max(id) - min(id)) / ? from {table})",  # noqa: S608 - names of ours
                    (_PARTS,),
                ).rowcount
        return deleted > 0


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """
    Give out a connection that reads the log of the index at *root*.

    Raises:
        QueryLogUnavailable: there is none, or it cannot be read.
        DeadlinePassed: what was asked of it takes longer than the answer may.
    """
    path = root / FILE
    if not path.exists():
        raise QueryLogUnavailable(f"nothing is logged at {path}: set [query_log] enabled = true, and serve")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY)) as database:
            database.set_progress_handler(checkpoint, _STEPS)  # what it raises interrupts the statement
            yield database
    except sqlite3.Error as exc:
        checkpoint()
        raise QueryLogUnavailable(f"{path} cannot be read ({exc}): delete it, and a new one is begun") from exc


def forget(root: Path) -> int:
    """
    Delete all that is logged at *root*, also while a service runs; return how many entries that were.

    Raises:
        QueryLogUnavailable: there is no log, or it cannot be written.
    """
    with reading(root) as database:
        counts = [database.execute(f"select count(*) from {table}").fetchone()[0] for table in _TABLES]  # noqa: S608 - names of ours
    try:
        with closing(_connected(root / FILE)) as database:
            for table in _TABLES:
                database.execute(f"delete from {table}")  # noqa: S608 - names of ours
            database.execute("vacuum")
            database.execute("pragma wal_checkpoint(truncate)")
    except (sqlite3.Error, OSError) as exc:
        raise QueryLogUnavailable(f"{root / FILE} cannot be written ({exc}): check the disk and its rights") from exc
    return sum(counts)


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection that writes to the file at *path*, which is made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite would let others read it
    end = time.monotonic() + _BUSY
    while True:
        try:
            return _prepared(path)
        except sqlite3.OperationalError as exc:  # of several that make the file at once, SQLite has no one wait
            if exc.sqlite_errorcode & _KIND != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(_AGAIN)


def _prepared(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        database.execute("pragma auto_vacuum = incremental")
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")  # a power cut may cost the last seconds, and nothing else
        database.execute("pragma secure_delete = on")
        database.executescript(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _insert(database: sqlite3.Connection, into: str, rows: Sequence[tuple[object, ...]]) -> None:
    """
    Write *rows*, many in one statement.

    Each statement lets other threads go on and then waits for them: beside busy ones a row at a time took 3 ms a row.
    """
    for start in range(0, len(rows), _AT_ONCE):
        own = rows[start : start + _AT_ONCE]
        places = ", ".join([f"({', '.join('?' * len(own[0]))})"] * len(own))
        database.execute(f"{into} values {places}", [value for row in own for value in row])


def _search_row(search: Search, longest: int) -> tuple[object, ...]:
    finding = search.finding
    text, is_masked = stored(finding.text, longest)
    corrected = stored(finding.corrected, longest).text if finding.corrected else None
    shown = (finding.page, finding.per_page, finding.hits, corrected, finding.is_corrected, finding.is_relaxed)
    return _ms(search.time), *search.caller, text, is_masked, *shown, round(search.took_ms, 1)


def _click_row(click: Click, longest: int) -> tuple[object, ...]:
    return _ms(click.time), *click.caller, stored(click.text, longest).text, click.article_id, click.position


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
