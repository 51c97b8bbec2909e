"""The commands that answer over HTTP: serve, and demo, which indexes the sample articles first."""

import logging
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import click

from indexer import settings
from indexer.building.reindex import reindex
from indexer.commands.console import Console
from indexer.commands.progress import shown
from indexer.errors import SourceUnavailable
from indexer.keys import Keys
from search.answers import Answers
from search.commands.opening import command, highlighting, live_index
from search.reviewing.query_log import QueryLog
from search.service.app import create_app
from search.service.server import serve as run_server
from search.settings import Service
from search.writing import Writing

_DEMO_INDEX = Path("data/demo")


@click.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@command
def serve(terminal: Console, host: str | None, port: int | None) -> None:
    """Answer queries over HTTP until the process is told to end."""
    _serve(terminal, host, port)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@command
def demo(terminal: Console, port: int | None) -> None:
    """Index the articles that come with the program into data/demo, and serve them."""
    terminal.document["index"]["path"] = str(_DEMO_INDEX)  # type: ignore[index]  # the one place that sets a setting
    with as_file(files("indexer") / "samples") as folder, shown() as display:
        if not folder.is_dir():
            raise SourceUnavailable(f"the sample articles are missing at {folder}: install the program again")
        outcome = reindex([str(folder)], terminal.index, terminal.analyzer, display.progress)
    click.echo(f"{outcome.generation.manifest.articles} articles are indexed in {_DEMO_INDEX}.")
    _serve(terminal, None, port)


def _serve(terminal: Console, host: str | None, port: int | None) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    service = settings.section(terminal.document, "service", Service)
    service = replace(service, host=host or service.host, port=service.port if port is None else port)
    live, log = live_index(terminal), QueryLog(terminal.index.path, service.query_log)
    answers = Answers(live, highlighting(terminal), log.add)
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
