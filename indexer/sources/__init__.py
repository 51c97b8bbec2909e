"""
Where articles come from: one module for each kind of source, each yields records.

A source is named by a path: a text file as scraped from a portal (``.txt``), JSON Lines (``.jsonl``, ``.jsonl.gz``),
a table (``.csv``, ``.tsv``), a page (``.html``, ``.htm``), a WordPress export (``.xml``), a folder of any of these, or
``-`` for JSON Lines from standard input. Or it is named by an address:

    wxr:PATH                            a WordPress export, whatever its name
    rss:PATH                            a feed in a file, RSS or Atom
    csv:PATH?title=COLUMN&body=COLUMN   a table whose columns have names that are not known, see `fields`
    https://…                           one page
    sitemap+https://…                   all pages of a sitemap
    rss+https://…                       a feed, RSS or Atom
    wordpress+https://…                 the posts of a site, over the API of WordPress
    sqlite: postgresql: mysql:          a table or a query, see `databases`
"""

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.errors import SourceUnavailable
from indexer.settings import FetchSettings
from indexer.sources import (
    databases,
    feeds,
    html_pages,
    json_lines,
    scraped_text,
    sitemaps,
    tables,
    wordpress_api,
    wordpress_export,
)
from indexer.sources.fetching import Fetcher
from indexer.sources.finishing import finished
from indexer.sources.records import Broken, Found

Reader = Callable[[Path], Iterator[Found | Broken]]
WebReader = Callable[[str, Fetcher], Iterator[Found | Broken]]

READERS: dict[str, Reader] = {
    ".txt": scraped_text.read,
    ".jsonl": json_lines.read,
    ".jsonl.gz": json_lines.read_compressed,
    ".csv": tables.read,
    ".tsv": tables.read,
    ".html": html_pages.read,
    ".htm": html_pages.read,
    ".xml": wordpress_export.read,
}
"""Who reads a file, by the end of its name."""

WEB_READERS: dict[str, WebReader] = {
    "": html_pages.read_address,
    "sitemap": sitemaps.read,
    "rss": feeds.read,
    "wordpress": wordpress_api.read,
}
"""Who reads what is at an address of the web, by what stands before it."""

NAMED_READERS: dict[str, Reader] = {"wxr:": wordpress_export.read, "rss:": feeds.read_file}
"""Who reads a file whatever its name, by what stands before its path."""

TABLE = "csv:"
STANDARD_INPUT = "-"
_WEB = re.compile(r"(?:([a-z]+)\+)?(https?://\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a run by *names*; *fetch* says how those of the web are fetched, None that none may be."""

    names: Sequence[str]
    fetch: FetchSettings | None = None

    def check(self) -> None:
        """Raise `SourceUnavailable` if one is nothing that can be read, before any work is done."""
        for name in self.names:
            check(name)
            if self.fetch is None and _WEB.fullmatch(name):
                raise SourceUnavailable(f"the source {name!r} must be fetched, and this run fetches nothing")

    def as_of(self) -> float:
        """Return the moment, in seconds since 1970, of which they tell: that of the oldest file, else this one."""
        return min((_as_of(name) for name in self.names), default=time.time())

    def __iter__(self) -> Iterator[Found | Broken]:
        """Yield what all of them hold, in their order."""
        fetcher = Fetcher(self.fetch) if self.fetch else None
        for name in self.names:
            yield from read(name, fetcher)


def check(source: str) -> None:
    """
    Raise `SourceUnavailable` if *source* is nothing that can be read, before any work is done.

    A file of a folder is not checked: it is read or reported when its turn comes; nothing is fetched.
    """
    if databases.is_address(source):
        databases.check(source)
    elif web := _WEB.fullmatch(source):
        _check_web(source, web[1])
    elif source != STANDARD_INPUT:
        _check_path(source)


def read(source: str, fetcher: Fetcher | None = None) -> Iterator[Found | Broken]:
    """
    Yield what *source* holds, record by record; what cannot be read comes out as `Broken`, and the rest goes on.

    Raises:
        SourceUnavailable: a server or a database cannot be reached, or a library is not installed.
    """
    with closing(_read(source, fetcher)) as items:
        yield from map(finished, items)


def _read(source: str, fetcher: Fetcher | None) -> Generator[Found | Broken, None, None]:
    if source == STANDARD_INPUT:
        yield from json_lines.read_standard_input()
    elif databases.is_address(source):
        yield from databases.read(source)
    elif fetcher and (web := _WEB.fullmatch(source)):
        yield from WEB_READERS[(web[1] or "").lower()](web[2], fetcher)
    else:
        named, path = _named(source)
        yield from _guarded(named, path) if named else _read_files(path)


def _named(source: str) -> tuple[Reader | None, Path]:
    """Return who reads the file that *source* names, if it says so, and the file's path."""
    for prefix, reader in NAMED_READERS.items():
        if source.startswith(prefix):
            return reader, Path(source.removeprefix(prefix))
    if source.startswith(TABLE):
        path, said = tables.mapped(source.removeprefix(TABLE))
        return partial(tables.read, said=said), path
    return None, Path(source)


def _as_of(source: str) -> float:
    """Return of which moment *source* tells: a folder of that of its newest file, the web and a database of now."""
    _, path = _named(source)
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else []
    return max((file.stat().st_mtime for file in files), default=time.time())


def _check_web(source: str, kind: str | None) -> None:
    if (kind or "").lower() not in WEB_READERS:
        kinds = ", ".join(f"{kind}+" for kind in WEB_READERS if kind)
        raise SourceUnavailable(f"the source {source!r} is of no known kind: before https:// may stand {kinds}")
    if not kind or kind.lower() == "sitemap":
        html_pages.require_library()


def _check_path(source: str) -> None:
    named, path = _named(source)
    if not path.exists():
        raise SourceUnavailable(f"the source {source!r} does not exist: give a file, a folder, or - for standard input")
    if named or path.is_dir() or _reader(path):
        return
    if feeds.is_feed(path):
        raise SourceUnavailable(f"the source {source!r} is a feed, not an export of WordPress: write rss:{source}")
    raise SourceUnavailable(f"the source {source!r} is of no known kind: its name must end in {', '.join(READERS)}")


def _read_files(path: Path) -> Iterator[Found | Broken]:
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    for file in files:
        if reader := _reader(file):
            yield from _guarded(reader, file)


def reads(path: Path) -> bool:
    """Say whether the file at *path* is of a kind that is read."""
    return _reader(path) is not None


def _reader(path: Path) -> Reader | None:
    """Return who reads the file at *path*; XML has many forms, of which only the export of WordPress is ours."""
    reader = next((reader for ending, reader in READERS.items() if path.name.lower().endswith(ending)), None)
    return None if reader is wordpress_export.read and not wordpress_export.is_export(path) else reader


def _guarded(reader: Reader, file: Path) -> Iterator[Found | Broken]:
    try:
        yield from reader(file)
    except OSError as exc:
        yield Broken(str(file), f"cannot be read: {exc.strerror or exc}")
