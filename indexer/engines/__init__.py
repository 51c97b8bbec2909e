"""The engines that write an index: what one must do, and the one place where it is chosen."""

from collections.abc import Callable, Collection, Sequence
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

    def finish(self, through: int = 0) -> int:
        """
        Complete the index, open it again, and return how many articles it holds.

        *through* is the number of the last change that counts as being in it.
        """

    def abort(self) -> None:
        """Give up and close all files."""


class Merge(Protocol):
    """Parts of an index that are to be made one."""

    def run(self) -> None:
        """Write the whole; takes long, and changes may be applied meanwhile."""

    def finish(self) -> None:
        """Put the whole in the place of its parts, with what was changed of these meanwhile."""


class IndexUpdater(Protocol):
    """Changes one complete index; there is one at a time."""

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""

    @property
    def articles(self) -> int:
        """The articles that it holds."""

    def apply(self, put: Sequence[Article], gone: Collection[str], through: int) -> None:
        """
        Put articles in, each in the place of the one of its id, and take those with the ids *gone* out.

        On return this is on disk, together with *through*, the number of the last change that it does.
        """

    def begin_merge(self) -> "Merge | None":
        """Return what is to be merged to keep the index fast, None if nothing is."""


def open_updater(engine: str, folder: Path, analyzer: Analyzer) -> IndexUpdater:
    """
    Return what changes the complete index of *engine* in *folder*.

    Raises:
        SettingsError: there is no such engine.
        IndexUnavailable: there is no such index, or its files are damaged.
    """
    return _engine(engine).updater(folder, analyzer)


def open_writer(engine: str, folder: Path, analyzer: Analyzer, jobs: int = 1) -> IndexWriter:
    """
    Return the writer of *engine* for the empty *folder*, which may use as many processes as *jobs* says to finish.

    Raises:
        SettingsError: there is no such engine.
    """
    return _engine(engine).index(folder, analyzer, jobs)


def open_part_writer(engine: str, folder: Path, analyzer: Analyzer, sample: Sequence[Article]) -> PartWriter:
    """
    Return what writes parts of the index of *engine* that is being written in *folder*, in whichever process.

    The same articles make the same part wherever the same *sample* of all is given.

    Raises:
        SettingsError: there is no such engine.
    """
    return _engine(engine).part(folder, analyzer, sample)


@dataclass(frozen=True, slots=True)
class _Engine:
    index: Callable[[Path, Analyzer, int], IndexWriter]
    part: Callable[[Path, Analyzer, Sequence[Article]], PartWriter]
    updater: Callable[[Path, Analyzer], IndexUpdater]


def _engine(name: str) -> _Engine:
    if name not in _ENGINES:
        raise SettingsError(f"index.engine is {name!r}; there are {', '.join(_ENGINES)}")
    return _ENGINES[name]()


def _whoosh() -> _Engine:
    from indexer.engines.whoosh.runs import RunWriter  # noqa: PLC0415 - an engine loads when it is chosen
    from indexer.engines.whoosh.updater import WhooshUpdater  # noqa: PLC0415 - as above
    from indexer.engines.whoosh.writer import WhooshWriter  # noqa: PLC0415 - as above

    return _Engine(WhooshWriter, RunWriter, WhooshUpdater)


_ENGINES: dict[str, Callable[[], _Engine]] = {"whoosh": _whoosh}
