"""An explanation as a table for the terminal."""

from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from search.commands.explanation_texts import LABELS, sentences
from search.explaining.explanation import Explanation
from search.explaining.parts import Part
from search.web.texts import REASONS


def explanation_text(found: Explanation, query: str, language: str) -> str:
    """Return in *language* what is so of the article and the *query*, and the parts of its score in a table."""
    out = Terminal(highlight=False)
    with out.capture() as captured:
        article = found.article
        out.print(f"[bold]{escape(article.title)}[/] [dim]{escape(article.id)}[/]", soft_wrap=True)
        out.print(f"[dim]{escape(query)}[/]", soft_wrap=True)
        for sentence in sentences(found, language):
            out.print(escape(sentence), soft_wrap=True)
        if found.parts:
            out.print()
            out.print(_table(found, language))
    return "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines())


def _table(found: Explanation, language: str) -> Table:
    labels = LABELS[language]
    table = Table(box=None, header_style="bold")
    for name in ("typed", "read", "why"):
        table.add_column(labels[name])
    for name in ("title", "body", "score"):
        table.add_column(labels[name], justify="right")
    for part in found.parts:
        table.add_row(*_cells(part, language))
    table.add_row("", "", f"[bold]{labels['sum']}[/]", "", "", f"[bold]{found.score:.4f}[/]")
    return table


def _cells(part: Part, language: str) -> tuple[str, ...]:
    contribution = part.contribution
    counts = ("" if count is None else str(count) for count in (part.in_title, part.in_body))
    score = f"{contribution.score:.4f}" if contribution.score else "–"
    why = REASONS[language][contribution.reason.value]
    return escape(contribution.typed), f"[green]{escape(contribution.text)}[/]", why, *counts, score
