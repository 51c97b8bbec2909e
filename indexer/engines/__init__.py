"""
The engines that write an index: what one must do (`contract`), and the one place where it is chosen.

In come articles, in parts that several processes may write, or as changes. Out comes a complete index in a folder, and
what can be said of it: how much it holds, whether it is whole.
"""

from collections.abc import Callable, Mapping
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
    "found_part",
    "kept_part",
    "open_inspector",
    "open_part_writer",
    "open_updater",
    "open_writer",
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


@dataclass(frozen=True, slots=True)
class _Engine:
    index: Callable[[Path, Analyzer, int], IndexWriter]
    part: Callable[[Path, Analyzer], PartWriter]
    updater: Callable[[Path, Analyzer], IndexUpdater]
    kept: Callable[[Part], Mapping[str, object]]
    found: Callable[[Path, Mapping[str, Any]], Part | None]


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


_ENGINES: dict[str, Callable[[], _Engine]] = {"whoosh": _whoosh}
_INSPECTORS: dict[str, Callable[[Path], IndexInspector]] = {"whoosh": _whoosh_inspector}
