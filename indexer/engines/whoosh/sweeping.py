"""
Sweeping: which files of an index nobody needs any more.

A segment stays while a commit has it, or while a process that lives has announced that it writes it: a merge does so
beside the changes, under no lock but that of its announcement. That lock goes with the process, however it ends, and so
a sweep knows what nobody will finish.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from itertools import chain
from pathlib import Path

from indexer.engines.whoosh.commits import Commit
from indexer.engines.whoosh.committing import INDEX


class Announcement:
    """Says, until it is withdrawn or the process ends, that a segment is being written."""

    def __init__(self, folder: Path, segment: str) -> None:
        """Announce *segment* of *folder*; the caller keeps others from sweeping meanwhile."""
        self._path = _path(folder, segment)
        self._file = self._path.open("wb")
        try:
            flock(self._file, LOCK_EX | LOCK_NB)
        except OSError:
            self._file.close()
            raise

    def withdraw(self) -> None:
        """Say it no longer; a second time does nothing."""
        self._file.close()
        with suppress(OSError):  # an announcement that nobody holds says nothing; the next sweep removes it
            self._path.unlink()


def sweep(folder: Path, commits: Sequence[Commit]) -> None:
    """
    Remove the files of all segments that none of *commits* has, runs that were given up, and older tables of contents.

    One of *commits* is the valid one, and the caller keeps others from saving another meanwhile. What is announced
    stays. What cannot be removed is left to the next sweep.
    """
    names = {listed.name for commit in commits for listed in commit.segments}
    numbers = {str(commit.number) for commit in commits}
    segments: defaultdict[str, list[Path]] = defaultdict(list)
    for path in folder.glob(f"{INDEX}_*.*"):
        segments[path.name.partition(".")[0]].append(path)
    gone = [name for name in segments if name not in names and not _is_announced(folder, name)]
    contents = (path for path in folder.glob(f"_{INDEX}_*.toc") if path.stem.rpartition("_")[2] not in numbers)
    for path in (*chain.from_iterable(map(segments.__getitem__, gone)), *contents, *folder.glob("*.run")):
        with suppress(OSError):
            path.unlink()


def _is_announced(folder: Path, segment: str) -> bool:
    try:
        with _path(folder, segment).open("rb") as file:
            flock(file, LOCK_SH | LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:  # it is locked, or cannot be looked at: it stays
        return True
    return False


def _path(folder: Path, segment: str) -> Path:
    return folder / f"{segment}.writing"
