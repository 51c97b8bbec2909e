"""CSV: a first line that names the fields, then one article a row."""

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from indexer.article import LONGEST
from indexer.sources.records import Broken, Found

LONGEST_LINE = 16 << 20
"""Characters of a line at most; with a longer one the table ends."""

_SURPLUS = "\0"  # the name under which a row's values come that have no field
csv.field_size_limit(2 * LONGEST["body"])


def read(path: Path) -> Iterator[Found | Broken]:
    """Yield the rows of the table at *path* as records."""
    with path.open("rb") as content, TextIOWrapper(content, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(_lines(file), strict=True, restkey=_SURPLUS)
        try:
            yield from _records(rows, str(path), content.tell)
        except UnicodeDecodeError as exc:
            yield Broken(f"{path}:{rows.line_num + 1}", f"the file is not UTF-8 ({exc.reason}); convert it to UTF-8")
        except csv.Error as exc:
            yield Broken(
                f"{path}:{rows.line_num + 1}", f"the table is damaged here ({exc}); the rows after it are not read"
            )


def _records(rows: "csv.DictReader[str]", name: str, read: Callable[[], int]) -> Iterator[Found | Broken]:
    if not rows.fieldnames:
        yield Broken(name, "the file is empty; its first line must name the fields, among them title and body")
    for row in rows:
        place = f"{name}:{rows.line_num}"
        if _SURPLUS in row or None in row.values():
            yield Broken(place, f"the row has not the {len(rows.fieldnames or ())} fields that the first line names")
        else:
            yield Found(place, dict(row), read=read())


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise csv.Error(f"a line has more than {LONGEST_LINE:,} characters")
        yield line
