"""The engines that write an index: what one must do, and the one place where it is chosen."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.errors import SettingsError


class IndexWriter(Protocol):
    """Writes one new index into an empty folder."""

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""

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
    if engine not in _ENGINES:
        raise SettingsError(f"index.engine is {engine!r}; there are {', '.join(_ENGINES)}")
    return _ENGINES[engine](folder, analyzer)


def _whoosh(folder: Path, analyzer: Analyzer) -> IndexWriter:
    from indexer.engines.whoosh.writer import WhooshWriter  # noqa: PLC0415 - an engine loads when it is chosen

    return WhooshWriter(folder, analyzer)


_ENGINES: dict[str, Callable[[Path, Analyzer], IndexWriter]] = {"whoosh": _whoosh}
