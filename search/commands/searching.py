"""The commands that ask: search; suggest, for who types; and analyze, which says how a text is read."""

import click
from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from indexer.commands.console import Console
from search.answers import Answer, Answers, Mode, Question
from search.commands.opening import command, highlighting, live_index
from search.documents import answer_document, suggestions_document, token_document
from search.passages.highlight import Passage
from search.query import Sort


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--page", type=click.IntRange(1), default=1, help="The page of results, from 1.")
@click.option("--per-page", type=click.IntRange(1, 100), default=10, help="Results of a page.")
@click.option("--sort", type=click.Choice([order.value for order in Sort]), default=Sort.RELEVANCE.value)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.AUTO.value)
@command
def search(  # noqa: PLR0913, PLR0917 - options
    terminal: Console, query: tuple[str, ...], page: int, per_page: int, sort: str, mode: str
) -> None:
    """Search the live index, as the service does."""
    question = Question(text=" ".join(query), page=page, per_page=per_page, sort=Sort(sort), mode=Mode(mode))
    answers = Answers(live_index(terminal), highlighting(terminal))
    answer = answers.search(question)
    answers.live.close()
    terminal.show(answer_document(answer), _answer_text(answer))


@click.command()
@click.argument("beginning", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 20), default=8, help="Suggestions at most.")
@command
def suggest(terminal: Console, beginning: tuple[str, ...], limit: int) -> None:
    """Show what is offered to a reader who has typed BEGINNING: words and titles of the live index."""
    typed = " ".join(beginning)
    answers = Answers(live_index(terminal), highlighting(terminal))
    found = answers.suggest(typed, limit)
    answers.live.close()
    table = Table("kind", "articles", "suggestion", box=None, header_style="bold")
    for one in found:
        table.add_row(one.kind.value, f"{one.count:,}", _marked(one.marked))
    terminal.show(suggestions_document(typed, found), _rendered(table))


@click.command()
@click.argument("text", nargs=-1, required=True)
@command
def analyze(terminal: Console, text: tuple[str, ...]) -> None:
    """Show how TEXT is read: its words, their places, their stems, and what each step did and why."""
    whole = " ".join(text)
    explained = terminal.analyzer.explain(whole)
    table = Table("place", "word", "exact", "stems", "why", box=None, header_style="bold")
    for token, _, steps in explained:
        surface = escape(whole[token.start : token.end])
        why = "; ".join(f"{step.name} {step.result} ({step.reason})" for step in steps)
        stems = f"[green]{escape(', '.join(token.stems))}[/]"
        table.add_row(str(token.position), surface, token.exact, stems, f"[dim]{escape(why)}[/]")
    terminal.show({"tokens": [token_document(found, whole) for found in explained]}, _rendered(table))


def _answer_text(answer: Answer) -> str:
    out = Terminal(highlight=False)
    with out.capture() as captured:
        out.print(f"{answer.page.total:,} articles, {answer.took_ms:.1f} ms", style="dim")
        if answer.is_corrected:
            asked = escape(answer.question.text)
            out.print(f"Nothing matches {asked}; these are for: {escape(str(answer.corrected))}", style="yellow")
        elif answer.corrected:
            out.print(f"Did you mean: {escape(answer.corrected)}", style="yellow")
        if answer.relaxed:
            words = escape(", ".join(answer.relaxed))
            out.print(f"Few articles hold all of the words. Some results may lack: {words}.", style="yellow")
        if answer.dropped:
            out.print(f"Too many words; {len(answer.dropped)} were not looked for.", style="yellow")
        if answer.cut:
            words = escape(", ".join(answer.cut))
            out.print(f"Too wide; only the commonest words were looked for of: {words}.", style="yellow")
        first = (answer.question.page - 1) * answer.question.per_page + 1
        for number, shown in enumerate(answer.hits, first):
            article = shown.hit.article
            out.print(f"\n{number}. [bold]{_marked(shown.title)}[/]")
            facts = (article.source, article.author, article.url, article.id)
            out.print(escape(" · ".join(fact for fact in facts if fact)), style="dim")
            for passage in shown.body:
                out.print(f"   {_marked(passage)}")
    return captured.get().rstrip()


def _marked(passage: Passage | None) -> str:
    """Return *passage* in the mark-up of the terminal."""
    if passage is None:
        return ""
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
