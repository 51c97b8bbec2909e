"""The engines that write an index: what one must do, and the one place where it is chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.errors import SettingsError

Part = Any
"""Some articles of an index, written and on disk; what it is only its engine knows. It can be sent to a process."""


class PartWriter(Protocol):
    """Writes parts of an index, one after the other, each of as many articles as fit into memory."""

    def add(self, article: Article) -> None:
        """Take *article* in."""

    def write(self, name: str) -> Part:
        """Write the articles taken in as a part, which no other of the index has the *name* of, and begin anew."""


class IndexWriter(Protocol):
    """Writes one new index into an empty folder."""

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""

    def take(self, part: Part) -> int:
        """Take in the articles of *part*, which come after those before; return how many replace an earlier one."""

    def finish(self) -> int:
        """Complete the index, open it again, and return how many articles it holds."""

    def abort(self) -> None:
        """Give up and close all files."""


def open_writer(engine: str, folder: Path, analyzer: Analyzer) -> IndexWriter:
    """
    Return the writer of *engine* for the empty *folder*.

    Raises:
        SettingsError: there is no such engine.
    """
    return _engine(engine).index(folder, analyzer)


def open_part_writer(engine: str, folder: Path, analyzer: Analyzer) -> PartWriter:
    """
    Return what writes parts of the index of *engine* that is being written in *folder*, in whichever process.

    Raises:
        SettingsError: there is no such engine.
    """
    return _engine(engine).part(folder, analyzer)


@dataclass(frozen=True, slots=True)
class _Engine:
    index: Callable[[Path, Analyzer], IndexWriter]
    part: Callable[[Path, Analyzer], PartWriter]


def _engine(name: str) -> _Engine:
    if name not in _ENGINES:
        raise SettingsError(f"index.engine is {name!r}; there are {', '.join(_ENGINES)}")
    return _ENGINES[name]()


def _whoosh() -> _Engine:
    from indexer.engines.whoosh.runs import RunWriter  # noqa: PLC0415 - an engine loads when it is chosen
    from indexer.engines.whoosh.writer import WhooshWriter  # noqa: PLC0415 - as above

    return _Engine(WhooshWriter, RunWriter)


_ENGINES: dict[str, Callable[[], _Engine]] = {"whoosh": _whoosh}
