"""
The latest queries, kept beside the index so that a new index can be tried on them.

Off unless a setting turns it on. A line holds a query's text and nothing else: not who asked, not when, not what was
found. The file can be read by its owner alone.
"""

import json
import logging
import os
from collections import deque
from pathlib import Path
from threading import Lock

from indexer.errors import SourceUnavailable

FILE = "queries.jsonl"
"""Where in the folder of an index the log is."""

_log = logging.getLogger(__name__)


class QueryLog:
    """Keeps the latest *most* queries, a few more at times; safe to share between threads."""

    def __init__(self, root: Path, most: int) -> None:
        """Keep them in the folder *root*, with those that are there."""
        self._path, self._most = root / FILE, most
        self._lock = Lock()
        self._lines = len(latest(root)) if most else 0
        self._has_failed = False

    def add(self, text: str) -> None:
        """Write down *text*; a search goes on where that fails, and the log says so once."""
        if not self._most or not text.strip():
            return
        with self._lock:
            try:
                self._append(text.strip())
                self._has_failed = False
            except OSError as exc:
                if not self._has_failed:
                    _log.warning("queries cannot be written to %s: %s", self._path, exc.strerror)
                self._has_failed = True

    def _append(self, text: str) -> None:
        if self._lines >= 2 * self._most:
            kept = latest(self._path.parent)[-self._most :]
            draft = self._path.with_name(FILE + ".new")
            draft.unlink(missing_ok=True)
            self._write(draft, kept)
            draft.replace(self._path)
            self._lines = len(kept)
        self._write(self._path, [text])
        self._lines += 1

    @staticmethod
    def _write(path: Path, texts: list[str]) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.writelines(json.dumps(text) + "\n" for text in texts)


def latest(root: Path, most: int | None = None) -> list[str]:
    """Return the latest *most* queries that are kept at *root*, all without a number, the oldest first."""
    try:
        with (root / FILE).open(encoding="utf-8") as file:
            return [text for line in deque(file, most) if (text := _text(line))]
    except FileNotFoundError:
        return []


def queries_of(source: str, root: Path) -> list[str]:
    """
    Return the queries of *source*: of the file of this name, one a line, or ``last`` for those kept at *root*.

    Raises:
        SourceUnavailable: there are none.
    """
    if source == "last":
        found = latest(root)
        if not found:
            raise SourceUnavailable(
                f"no queries are kept at {root}: let the service keep some with service.query_log, or name a file"
            )
        return found
    try:
        lines = Path(source).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise SourceUnavailable(f"the queries in {source!r} cannot be read: {exc}") from exc
    if not any(line.strip() for line in lines):
        raise SourceUnavailable(f"{source!r} holds no queries: write one a line")
    return [line.strip() for line in lines if line.strip()]


def _text(line: str) -> str:
    """Return the query in *line*, none where a crash cut the line off."""
    try:
        text = json.loads(line)
    except ValueError:
        return ""
    return text if isinstance(text, str) else ""
