"""A service over articles whose editors' lists may be written anew."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import enumerate as threads

import pytest
from falcon.testing import TestClient

from indexer.keys import Keys
from search.answers import Answers
from search.curating.following import LiveCuration
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.tuning import Lists
from search.writing import Writing


@dataclass
class Editor:
    """Writes the lists, and lets time pass so that they are looked at."""

    folder: Path
    analyzer: object
    now: float = 0.0
    curations: list[LiveCuration] = field(default_factory=list)

    @property
    def lists(self) -> Lists:
        return Lists(*(str(self.folder / f"{name}.txt") for name in ("synonyms", "pins", "hidden")))

    def writes(self, **lists: str | bytes) -> None:
        for name, content in lists.items():
            written = content if isinstance(content, bytes) else content.encode()
            (self.folder / f"{name}.txt").write_bytes(written)
        self.waits()

    def waits(self, seconds: float = 1.0) -> None:
        """Let *seconds* pass, and the lists be read that were changed."""
        self.now += seconds
        for curation in self.curations:
            curation.current()
        for thread in threads():
            if thread.name == "lists":
                thread.join()

    def follows(self) -> LiveCuration:
        self.curations.append(LiveCuration(self.lists, self.analyzer, lambda: self.now))
        return self.curations[-1]


@pytest.fixture
def editor(tmp_path, analyzer) -> Editor:
    editor = Editor(tmp_path, analyzer)
    editor.writes(synonyms="", pins="", hidden="")
    return editor


@pytest.fixture
def client_of(answers_over, editor, index, serving, highlighting) -> Callable[..., TestClient]:
    """Publish articles, and give out a client of the service that follows the editor's lists."""
    opened = []

    def over(*articles, **lists) -> TestClient:
        editor.writes(**lists)
        live = answers_over(*articles).live
        opened.append(Writing(index.path, live))
        answers = Answers(live, highlighting, curation=editor.follows().current)
        return TestClient(create_app(Backend(answers, opened[-1], Keys(index.path)), serving, Shared.alone()))

    yield over
    for writing in opened:
        writing.close()
