"""
Where articles come from: one module for each kind of source, each yields records.

A source is named by a path: a text file as scraped from a portal (``.txt``), JSON Lines (``.jsonl``, ``.jsonl.gz``),
a table (``.csv``), a folder of any of these, or ``-`` for JSON Lines from standard input.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.errors import SourceUnavailable
from indexer.sources import json_lines, scraped_text, tables
from indexer.sources.records import Broken, Found

Reader = Callable[[Path], Iterator[Found | Broken]]

READERS: dict[str, Reader] = {
    ".txt": scraped_text.read,
    ".jsonl": json_lines.read,
    ".jsonl.gz": json_lines.read_compressed,
    ".csv": tables.read,
}
"""Who reads a file, by the end of its name."""

STANDARD_INPUT = "-"


def check(source: str) -> None:
    """
    Raise `SourceUnavailable` if *source* is nothing that can be read, before any work is done.

    A file of a folder is not checked: it is read or reported when its turn comes.
    """
    path = Path(source)
    if source == STANDARD_INPUT or path.is_dir():
        return
    if not path.exists():
        raise SourceUnavailable(f"the source {source!r} does not exist: give a file, a folder, or - for standard input")
    if _reader(path) is None:
        raise SourceUnavailable(f"the source {source!r} is of no known kind: its name must end in {', '.join(READERS)}")


def read(source: str) -> Iterator[Found | Broken]:
    """Yield what *source* holds, record by record; what cannot be read comes out as `Broken`, and the rest goes on."""
    if source == STANDARD_INPUT:
        yield from json_lines.read_standard_input()
        return
    path = Path(source)
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    for file in files:
        if reader := _reader(file):
            yield from _guarded(reader, file)


def _reader(path: Path) -> Reader | None:
    return next((reader for ending, reader in READERS.items() if path.name.lower().endswith(ending)), None)


def _guarded(reader: Reader, file: Path) -> Iterator[Found | Broken]:
    try:
        yield from reader(file)
    except OSError as exc:
        yield Broken(str(file), f"cannot be read: {exc.strerror or exc}")
