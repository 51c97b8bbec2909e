"""A report as tables for the terminal."""

from collections.abc import Sequence

from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from search.reviewing.report import Cell


def report_text(lines: Sequence[str], lists: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]) -> str:
    """Return *lines*, and below them each of *lists*, which have a title, columns and rows, as a table."""
    out = Terminal(highlight=False)
    with out.capture() as captured:
        for line in lines:
            out.print(escape(line), soft_wrap=True)
        for title, columns, rows in lists:
            out.print(f"\n[bold]{escape(title)}[/]")
            out.print(_table(columns, rows))
    return "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines())


def _table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    table = Table(box=None, header_style="bold")
    for column, value in zip(columns, rows[0], strict=True):
        table.add_column(column.replace("_", " "), justify="right" if isinstance(value, int | float) else "left")
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else escape(str(value))
