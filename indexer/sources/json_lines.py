"""
JSON Lines: one object a line, plain, gzip-compressed, or from standard input.

A name of the object is the field that it is known to stand for (`fields`), in each line by itself.
"""

import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from indexer.sources import fields
from indexer.sources.records import Broken, Found

_decode = msgspec.json.Decoder().decode

LONGEST_LINE = 16 << 20
"""Bytes of a line at most; a longer one is passed over without being held in memory."""


def read(path: Path) -> Iterator[Found | Broken]:
    """Yield the records of the file at *path*."""
    with path.open("rb") as file:
        yield from _records(file, str(path), file.tell)


def read_compressed(path: Path) -> Iterator[Found | Broken]:
    """Yield the records of the gzip file at *path*; where it is cut off or damaged, those before."""
    with path.open("rb") as packed, gzip.open(packed) as file:
        yield from _records(file, str(path), packed.tell)


def read_standard_input() -> Iterator[Found | Broken]:
    """Yield the records that come from standard input."""
    yield from _records(sys.stdin.buffer, "standard input", int)


def _records(file: BinaryIO | gzip.GzipFile, name: str, read: Callable[[], int]) -> Iterator[Found | Broken]:
    """Yield the records of *file*; *read* returns how many of its bytes were read by now."""
    number, unknown = 0, set[tuple[str, ...]]()
    try:
        while line := file.readline(LONGEST_LINE):
            number += 1
            place = f"{name}:{number}"
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                _skip_line(file)
                yield Broken(place, f"the line is longer than {LONGEST_LINE:,} bytes")
            elif line.strip():
                yield from _parsed(line, place, read(), unknown)
    except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
        yield Broken(f"{name}:{number + 1}", f"the compressed file is cut off or damaged here ({exc}); fetch it again")
        return
    if number == 0:
        yield Broken(name, "the file is empty")


def _skip_line(file: BinaryIO | gzip.GzipFile) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _parsed(line: bytes, place: str, read: int, unknown: set[tuple[str, ...]]) -> Iterator[Found | Broken]:
    """Yield the record of *line*; of those of which no name is known, the first that has just these names speaks."""
    try:
        record = _decoded(line)
    except UnicodeDecodeError as exc:
        yield Broken(place, f"the line is not UTF-8 (byte {exc.start}); convert the file to UTF-8")
        return
    except (ValueError, RecursionError) as exc:
        yield Broken(place, f"the line is no JSON: {exc}")
        return
    if not isinstance(record, dict):
        yield Broken(place, f"the line holds a JSON {type(record).__name__}; it must be an object such as {{…}}")
        return
    columns = fields.columns_of(record)
    if fields.fits(columns):
        yield fields.found(place, record, columns, read)
    elif tuple(record) not in unknown:
        unknown.add(tuple(record))
        lacking = fields.missing(columns, list(record))
        yield Broken(place, f"the object has {lacking}; rename them. Others with the same names are passed over")


def _decoded(line: bytes) -> object:
    """Return the value of *line*; what only the standard library takes, such as a number that is none, it reads."""
    try:
        return _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(line.decode("utf-8-sig"))
