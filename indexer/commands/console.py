"""What all commands share: the options, the settings they read, and how results and errors are shown."""

import functools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from indexer import clusters, schema, settings
from indexer.analysis import Analyzer
from indexer.errors import IndexerError, SettingsError, SourceUnavailable
from indexer.settings import AnalysisSettings, ClusterSettings, Document, FetchSettings, IndexSettings

FAILED, WRONG_USAGE, SOME_REJECTED = 1, 2, 3
"""Exit codes; 0 is done."""


@dataclass(frozen=True)
class Console:
    """The terminal of one command, and the settings it runs with."""

    document: Document
    as_json: bool
    load: Callable[[], Document] = settings.load
    """Reads the settings anew, as this command was told to."""

    @property
    def index(self) -> IndexSettings:
        """The section ``[index]``."""
        return settings.section(self.document, "index", IndexSettings)

    @property
    def fetch(self) -> FetchSettings:
        """The section ``[fetch]``."""
        return settings.section(self.document, "fetch", FetchSettings)

    @functools.cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer that the section ``[analysis]`` asks for."""
        return schema.open_analyzer(settings.section(self.document, "analysis", AnalysisSettings))

    def show(self, document: Mapping[str, Any], text: str | Callable[[], str]) -> None:
        """Print *document* where ``--json`` was given, else *text* or what it returns, on standard output."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            click.echo(text if isinstance(text, str) else text())

    def say(self, text: str) -> None:
        """Print what an operator wants to know meanwhile, on standard error."""
        note = json.dumps({"event": "note", "text": text}, ensure_ascii=False) if self.as_json else f"telusur: {text}"
        click.echo(note, err=True)


def command(
    function: Callable[..., None], expected: tuple[type[Exception], ...] = (IndexerError,)
) -> Callable[..., None]:
    """
    Give *function* the options of every command, and a `Console` as its first argument.

    Errors of the *expected* kinds come out as one line on standard error and the exit code that they ask for.
    """

    @click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="A settings file (TOML).")
    @click.option("--index", "index_path", type=click.Path(path_type=Path), help="The folder of the index.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
    @functools.wraps(function)
    def run(config: Path | None, index_path: Path | None, *, as_json: bool, **arguments: Any) -> None:
        with _errors_reported(expected):
            load = functools.partial(_load, config, index_path)
            function(Console(load(), as_json, load), **arguments)

    return run


def _load(config: Path | None, index_path: Path | None) -> Document:
    document = {name: dict(values) for name, values in settings.load(config).items()}
    if index_path:
        document["index"]["path"] = str(index_path)
    index = settings.section(document, "index", IndexSettings)
    clusters.keep(index.path, settings.section(document, "opensearch", ClusterSettings))
    return document


@contextmanager
def _errors_reported(expected: tuple[type[Exception], ...]) -> Iterator[None]:
    try:
        yield
    except (SettingsError, SourceUnavailable) as exc:
        _fail(str(exc), WRONG_USAGE)
    except expected as exc:
        _fail(str(exc), FAILED)
    except KeyboardInterrupt:
        _fail("interrupted; the live index is as it was", FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)


def _fail(message: str, code: int) -> None:
    click.echo(f"telusur: {message}", err=True)
    sys.exit(code)
