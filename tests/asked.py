"""What readers asked, made up for tests, and a log of it."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from indexer import settings
from search.query_log.database import FILE, LogFile
from search.query_log.entries import Caller, Click, Entry, Finding, Search
from search.settings import QueryLogging

BOUNDS = replace(settings.section(settings.load(environment={}), "query_log", QueryLogging), enabled=True)
"""The defaults, with the log turned on."""

DAY = 86_400


def search(text: str, *, hits: int = 3, by: int = 1, key: int = 1, ago: float = 60, **more) -> Search:
    """Return a search of the caller *by*, so many seconds *ago*; *more* is what else the search has."""
    took_ms = more.pop("took_ms", 5)
    plain = {"page": 1, "per_page": 10, "corrected": None, "is_corrected": False, "is_relaxed": False}
    finding = Finding(text=text, hits=hits, **{**plain, **more})
    return Search(time.time() - ago, Caller(key, by), finding, took_ms)


def click(text: str, *, position: int = 1, by: int = 1, ago: float = 30) -> Click:
    return Click(time.time() - ago, Caller(1, by), text, "a-1", position)


def logged(root: Path, *entries: Entry, bounds: QueryLogging = BOUNDS) -> None:
    """Write *entries* into the log of the index at *root*."""
    file = LogFile(root, bounds)
    file.add(entries)
    file.close()


def rows(root: Path, statement: str) -> list[tuple]:
    """Return what *statement* finds in the log."""
    with closing(sqlite3.connect(root / FILE)) as database:
        return database.execute(statement).fetchall()


def texts(root: Path) -> list[str]:
    """Return the texts of all searches that are logged, in their order."""
    return [text for (text,) in rows(root, "select text from searches order by id")]
