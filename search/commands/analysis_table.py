"""How a text is read, as a table for the terminal."""

from collections.abc import Sequence

from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from indexer.analysis import Explained


def analysis_text(explained: Sequence[Explained], text: str) -> str:
    """Return a line for each token of *text*: its place, the word, its forms, and what was done to get them."""
    table = Table("place", "word", "exact", "stems", "why", box=None, header_style="bold")
    for token, _, steps in explained:
        surface = escape(text[token.start : token.end])
        why = "; ".join(f"{step.name} {step.result} ({step.reason})" for step in steps)
        stems = f"[green]{escape(', '.join(token.stems))}[/]"
        table.add_row(str(token.position), surface, token.exact, stems, f"[dim]{escape(why)}[/]")
    out = Terminal()
    with out.capture() as captured:
        out.print(table)
    return captured.get().rstrip()
