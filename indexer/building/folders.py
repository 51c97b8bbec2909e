"""
Builds: generations that are not complete yet. One is made at a time; what was left of others is swept away.

    lock                        held while an index is built, with the holder's process id in it
    generations/NAME/parts/     what another run can go on from, see `indexer.building.checkpoints`
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from indexer import generations
from indexer.durable import named
from indexer.errors import ReindexFailed
from indexer.generations import ENGINE_FOLDER, PARTS, complete_names, is_complete

_DRAFTS_LAST = 3600  # seconds after which nobody will finish the draft of a file


def _never(_folder: Path) -> bool:
    return False


@contextmanager
def build(root: Path, goes_on: Callable[[Path], bool] = _never) -> Iterator[Path]:
    """
    Give out the folder of a new generation, or of the unfinished one that *goes_on*; all others are swept away.

    What is not complete in the end is removed, unless it has a checkpoint that another run can go on from. If the disk
    was at fault it is removed all the same, as it may be what fills it.

    Raises:
        ReindexFailed: another build holds the lock, or the folder cannot be made.
    """
    before = generations.current_name(root)
    try:
        (root / "generations").mkdir(parents=True, exist_ok=True)
        with _locked(root):
            folder = _begun(root, goes_on)
            try:
                yield folder
            except OSError:
                shutil.rmtree(folder / PARTS, ignore_errors=True)
                with suppress(OSError):
                    generations.give_up(root, folder.name)
                raise
            finally:
                if not is_complete(folder) and not any((folder / PARTS).glob("[0-9]*.json")):
                    shutil.rmtree(folder, ignore_errors=True)
    except OSError as exc:
        raise ReindexFailed(f"{exc.filename or root}: {exc.strerror}; {_outcome(root, before)}") from exc


def _outcome(root: Path, before: str | None) -> str:
    now = generations.current_name(root)
    return "the live index is as it was" if now == before else f"the new index, {now}, is live all the same"


def unfinished(root: Path) -> list[Path]:
    """Return the folders of the builds at *root* that are not complete, the newest first."""
    folders = (path for path in (root / "generations").iterdir() if not is_complete(path))
    return sorted(folders, reverse=True)


def stale_drafts(root: Path) -> list[Path]:
    """Return the drafts of files at *root* that nobody will finish any more."""
    return [path for path in root.glob("*.new") if time.time() - path.stat().st_mtime > _DRAFTS_LAST]


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    with (root / "lock").open("a+", encoding="utf-8") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise ReindexFailed(
                f"another build is running at {root} (process {holder}): wait for it, or end it and try again"
            ) from None
        lock.truncate(0)
        with named(root / "lock"):
            lock.write(str(os.getpid()))
            lock.flush()
        yield


def _begun(root: Path, goes_on: Callable[[Path], bool]) -> Path:
    """Return the folder to build in; what else was left unfinished is removed: the caller holds the lock."""
    left = unfinished(root)
    folder = next(filter(goes_on, left), root / "generations" / _new_name())
    for old in left:
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    for name in complete_names(root):
        shutil.rmtree(root / "generations" / name / PARTS, ignore_errors=True)
    for draft in stale_drafts(root):
        draft.unlink(missing_ok=True)
    shutil.rmtree(folder / ENGINE_FOLDER, ignore_errors=True)
    (folder / ENGINE_FOLDER).mkdir(parents=True)
    return folder


def _new_name() -> str:
    """Return a name that sorts after all earlier ones."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{time.time_ns() % 1_000_000_000:09}"
