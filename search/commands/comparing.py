"""The command that compares two generations, and a comparison as a table for the terminal."""

import click
from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from indexer import generations
from indexer.commands.console import Console
from search.commands.opening import command
from search.commands.reviewing import opener
from search.reviewing.comparison import Comparison, Difference, comparison_document, kind_of
from search.reviewing.queries import queries_of

_MOST = 20  # queries that are listed
_SIGNS = {"entered": "[green]+[/]", "left": "[red]-[/]", "moved": "~"}


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--queries", default="last", metavar="FILE|last", help="A file of queries, one a line, or the latest.")
@command
def diff(terminal: Console, before: str, after: str, queries: str) -> None:
    """
    Say what readers notice between the generations BEFORE and AFTER: the first ten results of queries.

    A generation has the name that `telusur status` gives it, or is called `live`.
    """
    root = terminal.index.path
    names = (generations.live_name(root) if name == "live" else name for name in (before, after))
    old, new = (generations.find(root, name) for name in names)
    comparison = opener(terminal).compared(old, new, queries_of(queries, root))
    terminal.show(comparison_document(comparison), comparison_text(comparison))


def comparison_text(comparison: Comparison) -> str:
    """Return the figures of *comparison*, and query by query what entered (+), left (-) and moved (~)."""
    listed = comparison.changed[:_MOST]
    table = Table("query", "overlap", "", "before", "after", "article", box=None, header_style="bold")
    for difference in listed:
        _add(table, difference)
    out = Terminal(highlight=False)
    with out.capture() as captured:
        out.print(
            f"{len(comparison.changed):,} of {len(comparison.differences):,} queries change from {comparison.before} "
            f"to {comparison.after}; of their first results {comparison.overlap:.1%} stay.",
            soft_wrap=True,
        )
        if listed:
            out.print(table)
        if len(comparison.changed) > len(listed):
            out.print(f"{len(comparison.changed) - len(listed):,} more queries change; --json lists all.")
    return "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines())


def _add(table: Table, difference: Difference) -> None:
    for number, change in enumerate(difference.changes):
        head = (escape(difference.query), f"{difference.overlap:.1f}") if number == 0 else ("", "")
        places = (str(place or "") for place in (change.before, change.after))
        table.add_row(*head, _SIGNS[kind_of(change)], *places, escape(f"{change.id} {change.title}"))
