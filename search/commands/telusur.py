"""The command ``telusur``: the commands that read, and those of the indexer."""

import logging
from dataclasses import replace
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

import click
from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from indexer import __version__, settings
from indexer.building.reindex import reindex
from indexer.commands import changes, console, keys, upkeep
from indexer.commands.console import Console
from indexer.commands.progress import shown
from indexer.errors import IndexerError, SourceUnavailable
from indexer.keys import Keys
from search.answers import Answer, Answers, Mode, Question
from search.commands import reindexing
from search.documents import answer_document, token_document
from search.errors import SearchError
from search.live import LiveIndex
from search.passages.highlight import Passage
from search.query import Sort
from search.reviewing.query_log import QueryLog
from search.service.app import create_app
from search.service.server import serve as run_server
from search.settings import Highlighting, Ranking, Service
from search.writing import Writing

_DEMO_INDEX = Path("data/demo")
_command = partial(console.command, expected=(IndexerError, SearchError))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="telusur")
def main() -> None:
    """Full-text search for Indonesian article portals."""


for own in (reindexing.reindex, reindexing.diff):
    main.add_command(own)
for own in (changes.add, changes.delete, upkeep.status, upkeep.verify, upkeep.rollback, keys.keys):
    main.add_command(own)


@main.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--page", type=click.IntRange(1), default=1, help="The page of results, from 1.")
@click.option("--per-page", type=click.IntRange(1, 100), default=10, help="Results of a page.")
@click.option("--sort", type=click.Choice([order.value for order in Sort]), default=Sort.RELEVANCE.value)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.AUTO.value)
@_command
def search(  # noqa: PLR0913, PLR0917 - options
    terminal: Console, query: tuple[str, ...], page: int, per_page: int, sort: str, mode: str
) -> None:
    """Search the live index, as the service does."""
    question = Question(text=" ".join(query), page=page, per_page=per_page, sort=Sort(sort), mode=Mode(mode))
    answers = _answers(terminal)
    answer = answers.search(question)
    answers.live.close()
    terminal.show(answer_document(answer), _answer_text(answer))


@main.command()
@click.argument("text", nargs=-1, required=True)
@_command
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


@main.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@_command
def serve(terminal: Console, host: str | None, port: int | None) -> None:
    """Answer queries over HTTP until the process is told to end."""
    _serve(terminal, host, port)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@_command
def demo(terminal: Console, port: int | None) -> None:
    """Index the articles that come with the program into data/demo, and serve them."""
    terminal.document["index"]["path"] = str(_DEMO_INDEX)  # type: ignore[index]  # the one place that sets a setting
    with as_file(files("indexer") / "samples") as folder, shown() as display:
        if not folder.is_dir():
            raise SourceUnavailable(f"the sample articles are missing at {folder}: install the program again")
        outcome = reindex([str(folder)], terminal.index, terminal.analyzer, display.progress)
    click.echo(f"{outcome.generation.manifest.articles} articles are indexed in {_DEMO_INDEX}.")
    _serve(terminal, None, port)


def _answers(terminal: Console) -> Answers:
    return Answers(_live(terminal), settings.section(terminal.document, "highlight", Highlighting))


def _live(terminal: Console) -> LiveIndex:
    ranking = settings.section(terminal.document, "ranking", Ranking)
    return LiveIndex(terminal.index.path, ranking, terminal.analyzer)


def _serve(terminal: Console, host: str | None, port: int | None) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    service = settings.section(terminal.document, "service", Service)
    service = replace(service, host=host or service.host, port=service.port if port is None else port)
    live, log = _live(terminal), QueryLog(terminal.index.path, service.query_log)
    answers = Answers(live, settings.section(terminal.document, "highlight", Highlighting), log)
    writing = Writing(terminal.index.path, live)
    app = create_app(answers, writing, Keys(terminal.index.path), service)
    try:
        writing.resume()
        run_server(app, service, lambda address: click.echo(f"Telusur answers at {address}"))
    except (OSError, ValueError) as exc:
        raise click.ClickException(
            f"{service.host}:{service.port} cannot be listened on ({exc}): "
            "end what uses the port, or give another with --port"
        ) from exc
    finally:
        writing.close()
        answers.live.close()


def _answer_text(answer: Answer) -> str:
    out = Terminal(highlight=False)
    with out.capture() as captured:
        out.print(f"{answer.page.total:,} articles, {answer.took_ms:.1f} ms", style="dim")
        if answer.relaxed:
            out.print("No article holds all of the words; these hold some.", style="yellow")
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
