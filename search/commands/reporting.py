"""The command ``telusur report``: what readers asked, as tables, JSON or CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from indexer.commands.console import Console
from search.commands.opening import command, reader
from search.query_log.database import forget
from search.reviewing.report import Cell, Report
from search.reviewing.report import report as gathered

_CALLERS = "Callers are told apart within a day alone."


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a report: its *name* for programs, its *title* for people, and the *columns* of its *rows*."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), default=30, help="Days up to now that are looked at.")
@click.option("--most", type=click.IntRange(1, 10_000), default=20, help="Rows of each list at most.")
@click.option("--csv", "as_csv", is_flag=True, help="Print all lists as one table of comma-separated values.")
@click.option("--forget", "forgets", is_flag=True, help="Delete all that is logged, and report nothing.")
@command
def report(terminal: Console, days: int, most: int, *, as_csv: bool, forgets: bool) -> None:
    """
    Say what readers asked: top queries, those without hits or clicks, corrections, candidates for synonyms and names.

    Searches are logged where [query_log] enabled says so; docs/privacy.md says what of them.
    """
    root = terminal.index.path
    if forgets:
        count = forget(root)
        terminal.show({"forgotten": count}, f"{count:,} entries are deleted.")
        return
    if as_csv and terminal.as_json:
        raise click.UsageError("--csv and --json are two forms: give one of them")
    analyzer = reader(terminal.document, root)
    found = gathered(
        root, days=days, most=most, is_known=lambda word: analyzer.is_known(word) or analyzer.is_name(word)
    )
    if as_csv:
        click.echo(_csv(found), nl=False)
        return
    terminal.show(_document(found), lambda: _text(found))


def _lists(found: Report) -> Iterator[Listed]:
    """Yield the lists of *found* as all forms show them."""
    counted = ("query", "searches", "callers", "hits")
    yield Listed("by_day", "by day", ("day", "searches", "without_hits", "clicks", "p50_ms", "p95_ms"), found.by_day)
    yield Listed("top", "most asked", counted, found.top)
    yield Listed("missed", "without hits", counted, found.missed)
    if found.has_clicks:
        yield Listed("unclicked", "first page not clicked", counted, found.unclicked)
    corrected = ("query", "corrected", "applied", "followed", "undone")
    yield Listed("corrections", "corrections that were taken", corrected, found.corrections)
    paired = ("query", "found_by", "times", "callers")
    yield Listed("synonyms", "may mean the same: without hits, and asked next with hits", paired, found.synonyms)
    yield Listed("names", "may be names: unknown words without hits", ("word", "searches", "query"), found.names)


def _document(found: Report) -> dict[str, Any]:
    """Return *found* as JSON has it."""
    facts = {name: getattr(found, name) for name in ("days", "searches", "without_hits", "has_clicks", "ahead")}
    lists = {
        one.name: [dict(zip(one.columns, map(_plain, row), strict=True)) for row in one.rows] for one in _lists(found)
    }
    return {**facts, **lists}


def _csv(found: Report) -> str:
    """Return all lists of *found* as one table, whose first column names the list."""
    lists = list(_lists(found))
    columns = list(dict.fromkeys(column for one in lists for column in one.columns))
    written = io.StringIO()
    table = csv.DictWriter(written, ["list", *columns], lineterminator="\n")
    table.writeheader()
    for one in lists:
        for row in one.rows:
            table.writerow({"list": one.name, **dict(zip(one.columns, map(_harmless, row), strict=True))})
    return written.getvalue()


def _plain(value: Cell) -> int | float | str:
    return value if isinstance(value, int | float | str) else str(value)


def _harmless(value: Cell) -> Cell:
    """Return *value* as a spreadsheet takes it for text: a query may begin as a formula does."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _text(found: Report) -> str:
    from search.commands.report_table import report_text  # noqa: PLC0415 - rich, which the other forms do without

    lines = [f"{found.searches:,} searches in {found.days} days, {found.without_hits:,} without hits. {_CALLERS}"]
    if found.ahead:
        lines.append(f"{found.ahead:,} entries are dated later than now, as the clock was set back, and left out.")
    if not found.has_clicks:
        lines.append("No clicks were sent, so that nothing is said of them.")
    return report_text(lines, [(one.title, one.columns, one.rows) for one in _lists(found) if one.rows])
