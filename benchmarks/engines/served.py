"""
Serves a peer over HTTP, behind the Falcon and the waitress that Telusur stands behind, workers and lanes included.

    served ENGINE FOLDER WORKERS

It is asked as ``/v1/search?q=TEXT&kind=KIND``, where any kind that is none of `KINDS` is text as a reader types it, and
answers ten hits with their titles and a passage, both marked, and how many there are in all.
"""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import local
from typing import Protocol, TypedDict

from falcon import App, Request, Response

from benchmarks.engines import any_word
from benchmarks.questions import KINDS, Question
from indexer import settings
from search.service.server.board import Seat
from search.service.server.workers import Opened, serve
from search.settings import Serving

_HITS = 10


class Hit(TypedDict):
    """A hit: its id, and the HTML of its title and of a passage of its body."""

    id: str
    title: str
    body: str


class Page(TypedDict):
    """An answer: how many articles there are in all, and the best of them."""

    total: int
    hits: list[Hit]


class Marking(Protocol):
    """A peer that marks what it finds by means of its own."""

    def page(self, question: Question, limit: int) -> Page:
        """Return the best *limit* articles for *question*."""


class _SearchResource:
    """Answers questions, each thread with an index of its own: a connection to SQLite is one thread's."""

    def __init__(self, open_index: Callable[[], Marking]) -> None:
        self._open_index = open_index
        self._held = local()

    def on_get(self, req: Request, resp: Response) -> None:
        if not hasattr(self._held, "index"):
            self._held.index = self._open_index()
        asked = Question(req.get_param("kind", required=True), req.get_param("q", required=True))
        question = asked if asked.kind in KINDS else any_word(asked)
        resp.text = json.dumps(self._held.index.page(question, _HITS), ensure_ascii=False)


def main() -> None:
    """Serve until the process is told to end."""
    name, folder, workers = sys.argv[1:]
    module = importlib.import_module(f"benchmarks.engines.{name}")
    serving = Serving.of(settings.load(environment={}))
    serving = replace(serving, service=replace(serving.service, port=0, workers=int(workers)))

    @contextmanager
    def opened(_: Seat) -> Iterator[Opened]:
        app = App()
        app.add_route("/v1/search", _SearchResource(lambda: module.Opened(Path(folder))))
        yield Opened(app, serving)

    serve(opened, serving, lambda address: print(f"{name} answers at {address}", flush=True))


if __name__ == "__main__":
    main()
