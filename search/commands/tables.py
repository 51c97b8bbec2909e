"""What is offered to a reader, and how a text is read, as tables for the terminal."""

from collections.abc import Sequence

from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from indexer.analysis import Explained
from search.passages.highlight import Passage
from search.suggesting.completing import Suggestion


def analysis_text(explained: Sequence[Explained], text: str) -> str:
    """Return a line for each token of *text*: its place, the word, its forms, and what was done to get them."""
    table = Table("place", "word", "exact", "stems", "why", box=None, header_style="bold")
    for token, _, steps in explained:
        surface = escape(text[token.start : token.end])
        why = "; ".join(f"{step.name} {step.result} ({step.reason})" for step in steps)
        stems = f"[green]{escape(', '.join(token.stems))}[/]"
        table.add_row(str(token.position), surface, token.exact, stems, f"[dim]{escape(why)}[/]")
    return _rendered(table)


def suggestions_text(found: Sequence[Suggestion]) -> str:
    """Return a line for each of what was *found*: its kind, its articles, and the text with its marks."""
    table = Table("kind", "articles", "suggestion", box=None, header_style="bold")
    for one in found:
        table.add_row(one.kind.value, f"{one.count:,}", _marked(one.marked))
    return _rendered(table)


def _marked(passage: Passage) -> str:
    """Return *passage* in the mark-up of the terminal."""
    pieces, cursor = [], 0
    for start, end in passage.ranges:
        pieces += [escape(passage.text[cursor:start]), f"[bold green]{escape(passage.text[start:end])}[/]"]
        cursor = end
    return "".join([*pieces, escape(passage.text[cursor:])])


def _rendered(table: Table) -> str:
    out = Terminal()
    with out.capture() as captured:
        out.print(table)
    return captured.get().rstrip()
