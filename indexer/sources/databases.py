"""
Tables and queries of a database, by SQLAlchemy: SQLite, PostgreSQL, MySQL and MariaDB.

    sqlite:///portal.db?table=articles
    postgresql://reader:secret@host/portal?table=news.articles&title=judul&body=isi
    mysql://reader:secret@host/portal?query=SELECT+id,+judul+AS+title,+isi+AS+body+FROM+berita

A column is the field that it is known to stand for (`fields`); ``field=column`` names another one. Rows come in batches
from the server, over a connection that may only read.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from indexer.errors import SourceUnavailable
from indexer.sources import extras, fields
from indexer.sources.decoding import decode
from indexer.sources.records import Broken, Found

if TYPE_CHECKING:
    from sqlalchemy import URL, CursorResult, Executable
    from sqlalchemy.engine.interfaces import DBAPIConnection

_ADDRESS = re.compile(r"(sqlite|postgres|postgresql|mysql|mariadb)(\+\w+)?:")
_DRIVERS = {
    "postgres": "postgresql+pg8000",
    "postgresql": "postgresql+pg8000",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_SYNONYMS = {"date": "published", "keywords": "tags"}
_BATCH = 500
_PATIENCE = 300  # seconds that a database may think
_ARGUMENTS = {"pg8000": {"timeout": _PATIENCE}, "pymysql": {"read_timeout": _PATIENCE}}
_READ_ONLY = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",  # of the session, for DROP TABLE would end a transaction
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
}


@dataclass(frozen=True, slots=True)
class _Selection:
    """What a source asks for: the database, the statement, and which column is which field; *name* may be shown."""

    name: str
    url: "URL"
    statement: "Executable"
    columns: Mapping[str, str]


def is_address(source: str) -> bool:
    """Return whether *source* is the address of a database."""
    return _ADDRESS.match(source) is not None


def check(source: str) -> None:
    """Raise `SourceUnavailable` if *source* cannot be asked for; nothing is connected to."""
    _selection(source)


def read(source: str) -> Iterator[Found | Broken]:
    """
    Yield the rows that *source* asks for; where the database gives up, those before.

    Raises:
        SourceUnavailable: the database cannot be reached, refuses the statement, or has no title and body.
    """
    from sqlalchemy import create_engine, event  # noqa: PLC0415 - an extra

    selection = _selection(source)
    engine = create_engine(selection.url, connect_args=_ARGUMENTS.get(selection.url.get_driver_name(), {}))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _read_whatever_text)
    try:
        with _refusals(selection.name), engine.connect() as connection:
            if statement := _READ_ONLY.get(connection.dialect.name):
                connection.exec_driver_sql(statement)
            with connection.execution_options(yield_per=_BATCH).execute(selection.statement) as rows:
                yield from _records(rows, selection)
    finally:
        engine.dispose()


def _selection(source: str) -> _Selection:
    extras.require("sqlalchemy", "sql", "databases")
    from sqlalchemy import make_url  # noqa: PLC0415 - an extra
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        url = make_url(source)
    except (ArgumentError, ValueError) as exc:
        raise SourceUnavailable("a source is no address of a database: write postgresql://user@host/name") from exc
    given = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    if ("table" in given) == ("query" in given):
        raise SourceUnavailable(f"{_shown(url)} needs one of ?table=NAME and ?query=SELECT…")
    names = [name for name in given if _SYNONYMS.get(name, name) in fields.NAMES]
    columns = {_SYNONYMS.get(name, name): given[name] for name in names}
    url = url.difference_update_query(["table", "query", *names])
    return _Selection(_shown(url), connectable(url), _statement(given), columns)


def connectable(address: "str | URL") -> "URL":
    """
    Return *address* with the driver that is to be used, where it names none.

    Raises:
        SourceUnavailable: the driver is not installed, or there is no such file.
    """
    from sqlalchemy import make_url  # noqa: PLC0415 - an extra

    url = make_url(address)
    if url.drivername in _DRIVERS:
        url = url.set(drivername=_DRIVERS[url.drivername])
    if url.get_backend_name() != "sqlite":
        extras.require(url.get_driver_name(), "sql", f"{url.get_backend_name()} databases")
        return url
    if not url.database or not Path(url.database).is_file():
        raise SourceUnavailable(f"there is no SQLite database {url.database or ''!r}: write sqlite:///PATH?table=NAME")
    # Opened by a path alone, the file would be made where it is missing, and could be written.
    return url.set(database=f"file:{quote(url.database)}").update_query_dict({"mode": "ro", "uri": "true"})


def _statement(given: Mapping[str, str]) -> "Executable":
    from sqlalchemy import literal_column, select, table, text  # noqa: PLC0415 - an extra

    if "query" in given:
        return text(given["query"].replace(":", r"\:"))  # no colon in it stands for a parameter
    schema, _, name = given["table"].rpartition(".")
    return select(literal_column("*")).select_from(table(name, schema=schema or None))


def _records(rows: "CursorResult[Any]", selection: _Selection) -> Iterator[Found | Broken]:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - an extra

    names = list(rows.keys())
    columns = fields.columns_of(names, selection.columns)
    if lacking := fields.missing(columns, names):
        raise SourceUnavailable(f"{selection.name} gives {lacking}: name them with &title=COLUMN&body=COLUMN")
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            yield fields.found(f"{selection.name}, row {number}", dict(zip(names, row, strict=True)), columns)
    except SQLAlchemyError as exc:
        place = f"{selection.name}, row {number + 1}"
        yield Broken(place, f"the database gave up here ({_reason(exc)}); the rows after it are not read")


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - an extra

    try:
        yield
    except SQLAlchemyError as exc:
        raise SourceUnavailable(f"{name} cannot be read: {_reason(exc)}") from exc


def _reason(error: Exception) -> str:
    """Return what the database said, without the statement and the link that SQLAlchemy adds."""
    said = getattr(error, "orig", None) or error
    first = said.args[0] if said.args else said
    return str(first["M"] if isinstance(first, dict) and "M" in first else said)


def _shown(url: "URL") -> str:
    return url.render_as_string(hide_password=True).partition("?")[0]


def _read_whatever_text(connection: "DBAPIConnection", _record: object) -> None:
    """Let SQLite's text be read that is not UTF-8, which it does not check."""
    connection.text_factory = decode
