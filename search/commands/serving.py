"""The commands that answer over HTTP: serve, and demo, which first indexes the articles that come with the program."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from indexer import clusters, settings
from indexer.building.reindex import reindex
from indexer.commands.console import Console
from indexer.commands.progress import shown
from indexer.errors import IndexUnavailable, SourceUnavailable
from indexer.keys import Keys
from indexer.settings import ClusterSettings, Document, IndexSettings
from search.answers import Answers
from search.commands.opening import command, curation, reader
from search.live import LiveIndex
from search.query_log.database import FILE
from search.query_log.log import QueryLog
from search.query_log.popular import PopularQueries
from search.service import logs
from search.service.app import Backend, create_app
from search.service.server.board import Seat
from search.service.server.callers import Callers
from search.service.server.garbage import let_be
from search.service.server.shared import Counts, Shared
from search.service.server.workers import Opened
from search.service.server.workers import serve as run_workers
from search.settings import QueryLogging, Serving
from search.tuning import Highlighting, Ranking
from search.warming import warm
from search.writing import Writing

_log = logging.getLogger(__name__)

_DEMO_INDEX = Path("data/demo")
_FIGURES = "PROMETHEUS_MULTIPROC_DIR"  # where prometheus-client looks for the folder that processes share


@click.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer.")
@command
def serve(terminal: Console, host: str | None, port: int | None, workers: int | None) -> None:
    """
    Answer queries over HTTP until the process is told to end.

    SIGTERM lets all requests be answered that were taken; SIGHUP reads the settings and word lists anew.
    """
    _serve(terminal.load, {"host": host, "port": port, "workers": workers})


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@command
def demo(terminal: Console, port: int | None) -> None:
    """Index the articles that come with the program into data/demo, and serve them."""
    index = replace(terminal.index, path=_DEMO_INDEX)
    clusters.keep(index.path, settings.section(terminal.document, "opensearch", ClusterSettings))
    with as_file(files("indexer") / "samples") as folder, shown() as display:
        if not folder.is_dir():
            raise SourceUnavailable(f"the sample articles are missing at {folder}: install the program again")
        outcome = reindex([str(folder)], index, terminal.analyzer, display.progress)
    click.echo(f"{outcome.generation.manifest.articles} articles are indexed in {_DEMO_INDEX}.")
    _serve(terminal.load, {"port": port}, _DEMO_INDEX)


def _serve(load: Callable[[], Document], asked: dict[str, str | int | None], root: Path | None = None) -> None:
    """Serve the index at *root*, or at the place that the settings name, as they say but for what is *asked*."""
    serving = _serving(load(), asked)
    logs.set_up(serving.log)
    with TemporaryDirectory(prefix="telusur-") as figures:
        os.environ[_FIGURES] = figures
        counts, callers = Counts(), Callers()

        @contextmanager
        def opened(seat: Seat) -> Iterator[Opened]:
            document = load()
            shared = Shared(seat, counts, Path(figures), callers)
            with _opened(document, root, _serving(document, asked), shared) as service:
                yield service

        try:
            run_workers(opened, serving, lambda address: click.echo(f"Telusur answers at {address}"))
        except (OSError, ValueError) as exc:
            raise click.ClickException(
                f"{serving.service.host}:{serving.service.port} cannot be listened on ({exc}): "
                "end what uses the port, or give another with --port"
            ) from exc


def _serving(document: Document, asked: dict[str, str | int | None]) -> Serving:
    serving = Serving.of(document)
    given = {name: value for name, value in asked.items() if value is not None}
    return replace(serving, service=replace(serving.service, **given))  # type: ignore[arg-type]  # click has checked them


@contextmanager
def _opened(document: Document, root: Path | None, serving: Serving, shared: Shared) -> Iterator[Opened]:
    """Open what one process answers from, and close it in the end."""
    path = root or settings.section(document, "index", IndexSettings).path
    analyzer = reader(document, path)
    highlighting = settings.section(document, "highlight", Highlighting)
    ranking = settings.section(document, "ranking", Ranking)
    prepare = let_be(partial(warm, highlighting=highlighting))
    live = LiveIndex(path, ranking, analyzer, prepare, cache=serving.service.index_cache)
    popular = PopularQueries(path, serving.query_log)
    answers = Answers(live, highlighting, popular.current, curation=curation(document, analyzer))
    writing = Writing(path, live)
    log = _query_log(path, serving.query_log)
    try:
        with suppress(IndexUnavailable), live.open():
            pass  # opened and warm before the first connection is taken
        writing.resume()
        if log:
            popular.keep_up(answers.count)
        yield Opened(create_app(Backend(answers, writing, Keys(path), log, popular.read), serving, shared), serving)
    finally:
        popular.close()
        if log:
            log.close()
        writing.close()
        live.close()


def _query_log(root: Path, settings: QueryLogging) -> QueryLog | None:
    """Return the log of what is asked, None where it is off."""
    if settings.enabled:
        return QueryLog(root, settings)
    if (root / FILE).exists():
        _log.warning(
            "the query log is off, but %s holds what was asked: `telusur report --forget` deletes it", root / FILE
        )
    return None
