"""The commands that ask: search; suggest, for who types; and analyze, which says how a text is read."""

import click

from indexer import settings
from indexer.commands.console import Console
from search.commands.answer_text import answer_text
from search.commands.deferred import uncollected
from search.commands.opening import answers, command, reader
from search.documents import answer_document, suggestions_document, token_document
from search.query import Sort
from search.questions import Mode, Question


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--page", type=click.IntRange(1), default=1, help="The page of results, from 1.")
@click.option("--per-page", type=click.IntRange(1, 100), default=10, help="Results of a page.")
@click.option("--sort", type=click.Choice([order.value for order in Sort]), default=Sort.RELEVANCE.value)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.AUTO.value)
@click.option("--all", "every", is_flag=True, help="All articles of a release, not one alone.")
@command
def search(  # noqa: PLR0913, PLR0917 - options
    terminal: Console, query: tuple[str, ...], page: int, per_page: int, sort: str, mode: str, *, every: bool
) -> None:
    """Search the live index, as the service does."""
    order, text = Sort(sort), " ".join(query)
    question = Question(text=text, page=page, per_page=per_page, sort=order, mode=Mode(mode), collapse=not every)
    with uncollected():
        asked = answers(terminal)
        answer = asked.search(question)
    asked.live.close()
    terminal.show(answer_document(answer), lambda: answer_text(answer))


@click.command()
@click.argument("beginning", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 20), default=8, help="Suggestions at most.")
@command
def suggest(terminal: Console, beginning: tuple[str, ...], limit: int) -> None:
    """Show what is offered to a reader who has typed BEGINNING: words, titles, what others asked."""
    from search.commands.tables import suggestions_text  # noqa: PLC0415 - as below
    from search.query_log.popular import PopularQueries  # noqa: PLC0415 - the same: SQLite
    from search.settings import QueryLogging  # noqa: PLC0415 - the same

    typed = " ".join(beginning)
    with uncollected():
        popular = PopularQueries(terminal.index.path, settings.section(terminal.document, "query_log", QueryLogging))
        asked = answers(terminal, popular.current)
        popular.look_up(asked.count)
        found = asked.suggest(typed, limit)
    asked.live.close()
    terminal.show(suggestions_document(typed, found), lambda: suggestions_text(found))


@click.command()
@click.argument("text", nargs=-1, required=True)
@command
def analyze(terminal: Console, text: tuple[str, ...]) -> None:
    """Show how TEXT is read: its words, their places, their stems, and what each step did and why."""
    from search.commands.tables import analysis_text  # noqa: PLC0415 - rich, which a search does without

    whole = " ".join(text)
    explained = reader(terminal.document, terminal.index.path).explain(whole)
    terminal.show(
        {"tokens": [token_document(found, whole) for found in explained]}, lambda: analysis_text(explained, whole)
    )
