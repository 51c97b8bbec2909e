"""
The engines that write an index: what one must do (`contract`), and the one place where it is chosen.

In come articles, in parts that several processes may write, or as changes. Out comes a complete index in a folder, and
what can be said of it: how much it holds, whether it is whole. Whichever engine holds it, texts are read alike, each
distinct piece once (`pieces`), and what is one text, as several portals printed it, is told alike (`releases`,
`moments`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.analysis import Analyzer
from indexer.engines.contract import Finding, IndexInspector, IndexUpdater, IndexWriter, Merge, Part, PartWriter
from indexer.errors import SettingsError

__all__ = [
    "Finding",
    "IndexInspector",
    "IndexUpdater",
    "IndexWriter",
    "Merge",
    "Part",
    "PartWriter",
    "announce",
    "found_part",
    "kept_part",
    "open_inspector",
    "open_part_writer",
    "open_updater",
    "open_writer",
    "size_elsewhere",
    "sweep",
]


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


def open_part_writer(engine: str, folder: Path, analyzer: Analyzer) -> PartWriter:
    """
    Return what writes parts of the index of *engine* that is being written in *folder*, in whichever process.

    The same articles make the same part, whoever writes it.

    Raises:
        SettingsError: there is no such engine.
    """
    return _engine(engine).part(folder, analyzer)


def open_inspector(engine: str, folder: Path) -> IndexInspector:
    """
    Return what looks at the complete index of *engine* in *folder*.

    Raises:
        SettingsError: there is no such engine.
        IndexUnavailable: there is no such index, or what lists its parts is damaged.
    """
    return _INSPECTORS[_known(engine)](folder)


def kept_part(engine: str, part: Part) -> Mapping[str, object]:
    """Bring *part* to disk, and return what `found_part` finds it by, as JSON has it."""
    return _engine(engine).kept(part)


def found_part(engine: str, folder: Path, facts: Mapping[str, Any]) -> Part | None:
    """Return the part of which `kept_part` gave the *facts*; None if it is not in *folder*, whole, any more."""
    return _engine(engine).found(folder, facts)


def announce(engine: str, folder: Path) -> None:
    """
    Tell what *engine* keeps elsewhere that the index in *folder*, which is complete, is about to be the live one.

    Raises:
        IndexUnavailable: that cannot be told; nothing was changed.
    """
    _engine(engine).announce(folder)


def sweep(engine: str, generations: Path) -> None:
    """
    Remove what *engine* keeps elsewhere for indexes that are not in the folder *generations* any more.

    Raises:
        IndexUnavailable: it cannot be reached; another call does it later.
    """
    _engine(engine).sweep(generations)


def size_elsewhere(engine: str, folder: Path) -> int:
    """
    Return the bytes that *engine* keeps elsewhere for the complete index in *folder*.

    Raises:
        IndexUnavailable: it cannot be reached.
    """
    return _engine(engine).size_elsewhere(folder)


def _nothing_elsewhere(_folder: Path) -> int:
    """Do nothing, for an engine that keeps all in the folder."""
    return 0


@dataclass(frozen=True, slots=True)
class _Engine:
    index: Callable[[Path, Analyzer, int], IndexWriter]
    part: Callable[[Path, Analyzer], PartWriter]
    updater: Callable[[Path, Analyzer], IndexUpdater]
    kept: Callable[[Part], Mapping[str, object]]
    found: Callable[[Path, Mapping[str, Any]], Part | None]
    announce: Callable[[Path], object] = _nothing_elsewhere
    sweep: Callable[[Path], object] = _nothing_elsewhere
    size_elsewhere: Callable[[Path], int] = _nothing_elsewhere


def _engine(name: str) -> _Engine:
    return _ENGINES[_known(name)]()


def _known(name: str) -> str:
    if name not in _ENGINES:
        raise SettingsError(f"index.engine is {name!r}; there are {', '.join(_ENGINES)}")
    return name


def _whoosh() -> _Engine:
    from indexer.engines.whoosh.kept_runs import found_run, kept_run  # noqa: PLC0415 - as below
    from indexer.engines.whoosh.runs import RunWriter  # noqa: PLC0415 - an engine loads when it is chosen
    from indexer.engines.whoosh.updater import WhooshUpdater  # noqa: PLC0415 - as above
    from indexer.engines.whoosh.writer import WhooshWriter  # noqa: PLC0415 - as above

    return _Engine(WhooshWriter, RunWriter, WhooshUpdater, kept_run, found_run)


def _whoosh_inspector(folder: Path) -> IndexInspector:
    from indexer.engines.whoosh.inspector import WhooshInspector  # noqa: PLC0415 - alone: to look needs no writer

    return WhooshInspector(folder)


def _opensearch() -> _Engine:
    with _installed():
        from indexer.engines.opensearch.indexes import announce, sweep  # noqa: PLC0415 - as above
        from indexer.engines.opensearch.parts import DocumentWriter, found_part, kept_part  # noqa: PLC0415 - as above
        from indexer.engines.opensearch.place import place_of  # noqa: PLC0415 - as above
        from indexer.engines.opensearch.updater import OpenSearchUpdater  # noqa: PLC0415 - as above
        from indexer.engines.opensearch.writer import OpenSearchWriter  # noqa: PLC0415 - as above

    def size(folder: Path) -> int:
        return place_of(folder).size()

    return _Engine(OpenSearchWriter, DocumentWriter, OpenSearchUpdater, kept_part, found_part, announce, sweep, size)


def _opensearch_inspector(folder: Path) -> IndexInspector:
    with _installed():
        from indexer.engines.opensearch.inspector import OpenSearchInspector  # noqa: PLC0415 - as above

    return OpenSearchInspector(folder)


@contextmanager
def _installed() -> Iterator[None]:
    """Say how an engine is installed whose library is not there."""
    try:
        yield
    except ModuleNotFoundError as exc:
        raise SettingsError(f"{exc.name} is not installed: run `pip install 'telusur[opensearch]'`") from exc


_ENGINES: dict[str, Callable[[], _Engine]] = {"whoosh": _whoosh, "opensearch": _opensearch}
_INSPECTORS: dict[str, Callable[[Path], IndexInspector]] = {
    "whoosh": _whoosh_inspector,
    "opensearch": _opensearch_inspector,
}
