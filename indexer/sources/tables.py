"""
CSV, as programs and people write it: a first line that names the fields, then one article a row.

Commas, semicolons, tabs or bars may part the values, in UTF-8, UTF-16 or Windows-1252. A row that cannot be read costs
no other one: where its quotes do not end, reading goes on with the next line.

    csv:berita.csv?title=Judul+Utama&body=Naskah     names the columns of fields whose names are not known
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl

from indexer.article import LONGEST
from indexer.sources import fields
from indexer.sources.lines import Lines
from indexer.sources.records import Broken, Found

_MOST_SHARED = 0.1  # of the articles may have the id of another one: they came anew under another title
_DELIMITERS = ",;\t|"
_STATED = re.compile(r'"?sep=(?P<sign>[^"])"?\s*', re.IGNORECASE)  # Excel's own
csv.field_size_limit(2 * LONGEST["body"])


@dataclass(frozen=True, slots=True)
class _Form:
    """How the rows of a table are written, and what their *columns* are."""

    delimiter: str
    names: list[str]
    columns: fields.Columns


def read(path: Path, said: Mapping[str, str] | None = None) -> Iterator[Found | Broken]:
    """Yield the rows of the table at *path* as records; what is *said* of a field is the column that it is."""
    with path.open("rb") as file:
        lines = Lines(file)
        form = _form(lines, said or {})
        if form is None:
            yield Broken(str(path), "the file is empty; its first line must name the fields, among them title and body")
        elif lacking := fields.missing(form.columns, form.names):
            remedy = f"rename them, or write csv:{path}?title=COLUMN&body=COLUMN"
            yield Broken(f"{path}:{lines.number}", f"there is {lacking}: {remedy}")
        else:
            form, remark = _with_true_ids(form, path)
            yield from _remarked(_records(lines, str(path), form), remark)


def mapped(source: str) -> tuple[Path, dict[str, str]]:
    """
    Return the path that *source* names, and which columns it says that fields are.

    Raises:
        SourceUnavailable: it speaks of no field.
    """
    path, _, options = source.partition("?")
    return Path(path), fields.said_in(dict(parse_qsl(options)))


def _form(lines: Lines, said: Mapping[str, str]) -> _Form | None:
    """Return how the table is written: its first line is parted into the most known names by the sign that is meant."""
    line = next(filter(str.strip, lines), "")
    signs = _DELIMITERS
    if stated := _STATED.fullmatch(line):
        signs, line = stated["sign"], next(filter(str.strip, lines), "")
    if not line:
        return None
    forms = []
    for sign in signs:
        lines.give_back([line])
        row = _row(lines, sign)
        names = row if isinstance(row, list) else line.rstrip("\r\n").split(sign)
        forms.append(_Form(sign, names, fields.columns_of(names, said)))
    return max(forms, key=lambda form: (len(form.columns), len(form.names)))


def _with_true_ids(form: _Form, path: Path) -> tuple[_Form, str]:
    """Return *form* without the column of ids where that names groups of rows and not each, and a remark on it."""
    if "id" not in form.columns or not path.is_file():
        return form, ""
    with path.open("rb") as file:
        lines = Lines(file)
        _form(lines, {})
        pairs = Counter(
            (item.record["id"], item.record["title"]) for item in _records(lines, "", form) if isinstance(item, Found)
        )
    ids = {name for name, _ in pairs}
    if len(pairs) - len(ids) <= len(pairs) * _MOST_SHARED:
        return form, ""
    columns = {field: names for field, names in form.columns.items() if field != "id"}
    return replace(form, columns=columns), f"'id' is left out: {len(pairs):,} articles share {len(ids):,} of them"


def _remarked(items: Iterator[Found | Broken], remark: str) -> Iterator[Found | Broken]:
    """Yield *items*, the first record of them with the *remark*, if there is one."""
    for item in items:
        if remark and isinstance(item, Found):
            item, remark = replace(item, remark=remark), ""  # noqa: PLW2901 - it is the same item
        yield item


def _records(lines: Lines, name: str, form: _Form) -> Iterator[Found | Broken]:
    while (row := _row(lines, form.delimiter, len(form.names))) is not None:
        place = f"{name}:{lines.begun}"
        if isinstance(row, str):
            yield Broken(place, row)
        elif row:
            yield fields.found(place, dict(zip(form.names, row, strict=True)), form.columns, lines.read)


def _row(lines: Lines, delimiter: str, width: int = 0) -> list[str] | str | None:
    """
    Return the values of the next row, nothing where the line is empty, or why it cannot be read; None at the end.

    A row must have as many values as *width* says, if it says so. One that has not is that one line, and no more.
    """
    reason = ""
    for quote in ('""', '\\"'):  # the second is how some programs write a quote within quotes
        taken = (line.replace(quote, '""') for line in lines.taken())
        try:
            row = next(csv.reader(taken, delimiter=delimiter, strict=True), None)
        except csv.Error as exc:
            reason = reason or f"the row is damaged ({exc})"
        else:
            if row is None or not row or not width:
                return row
            if len(row) >= width and not any(row[width:]):
                return row[:width]
            reason = reason or f"the row has {len(row)} values, not the {width} that the first line names"
        lines.give_back(lines.used)
    next(lines)
    return reason
