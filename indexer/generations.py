"""
Generations: complete builds of the index side by side, one of them live.

    live.json              names the live generation; replaced in one step, which is what publishing means
    lock                   held while an index is built, with the holder's process id in it
    generations/NAME/      one build: the engine's files, the ledger, and the manifest, written last

A generation without manifest is an unfinished build: no reader opens it, the next build sweeps it away.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import blake2b
from pathlib import Path

from indexer import acronyms, durable
from indexer.durable import named
from indexer.errors import IndexOutdated, IndexUnavailable, ReindexFailed

ENGINE_FOLDER = "engine"
"""Where in a generation the engine keeps its files."""

LEDGER = "rejects.jsonl"
"""The file of a generation that lists the rejected records."""

_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    What a generation is: who wrote it, how many articles it holds, and the size and checksum of each file.

    *files* maps a path within the generation to its bytes and its BLAKE2b checksum.
    """

    fingerprint: str
    engine: str
    articles: int
    rejected: int
    duplicates: int
    seconds: float
    created: str
    files: dict[str, tuple[int, str]]

    @property
    def bytes(self) -> int:
        """The size on disk."""
        return sum(size for size, _ in self.files.values())


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete build."""

    name: str
    path: Path
    manifest: Manifest

    def acronyms(self) -> list[tuple[str, str]]:
        """Return the short and long forms that the articles themselves define."""
        return acronyms.load(self.path)

    @property
    def engine_folder(self) -> Path:
        """Where the engine's files are."""
        return self.path / ENGINE_FOLDER


def live(root: Path, fingerprint: str) -> Generation:
    """
    Return the live generation of the index at *root*, for a program whose analysis has this *fingerprint*.

    Raises:
        IndexUnavailable: there is none, or its files are damaged.
        IndexOutdated: it was written by another format or analyzer.
    """
    generation = _open(root, live_name(root))
    written = generation.manifest.fingerprint
    if written != fingerprint:
        raise IndexOutdated(
            f"the index at {root} was written with the analysis {written}, this program has {fingerprint}: "
            "run `telusur reindex` with this program, or go back to the program that wrote it"
        )
    return generation


def pointer(root: Path) -> Path:
    """Return the path of the file that names the live generation; whoever wants to notice a new one watches it."""
    return root / "live.json"


def live_name(root: Path) -> str:
    """
    Return the name of the live generation; reads one small file.

    Raises:
        IndexUnavailable: no generation was ever published here, or the pointer is damaged.
    """
    try:
        return str(json.loads(pointer(root).read_text(encoding="utf-8"))["generation"])
    except FileNotFoundError:
        raise IndexUnavailable(f"there is no index at {root}: run `telusur reindex SOURCE…` first") from None
    except (OSError, ValueError, LookupError, TypeError) as exc:
        raise IndexUnavailable(f"{pointer(root)} cannot be read ({exc}): run `telusur reindex SOURCE…`") from exc


def complete(root: Path) -> list[Generation]:
    """Return the complete generations at *root*, the oldest first."""
    names = sorted(path.parent.name for path in (root / "generations").glob(f"*/{_MANIFEST}"))
    return [_open(root, name) for name in names]


@contextmanager
def build(root: Path) -> Iterator[Path]:
    """
    Give out the folder of a new generation, and take it away again unless it was published.

    Raises:
        ReindexFailed: another build holds the lock, or the folder cannot be made.
    """
    try:
        (root / "generations").mkdir(parents=True, exist_ok=True)
        with _locked(root):
            _sweep(root)
            folder = root / "generations" / _new_name()
            (folder / ENGINE_FOLDER).mkdir(parents=True)
            try:
                yield folder
            finally:
                if not (folder / _MANIFEST).exists():
                    shutil.rmtree(folder, ignore_errors=True)
    except OSError as exc:
        raise ReindexFailed(f"{exc.filename or root}: {exc.strerror}; the live index is as it was") from exc


def publish(root: Path, folder: Path, manifest: Manifest) -> Generation:
    """
    Make the build in *folder* the live generation, in one step that a crash can only precede or follow.

    Everything is on disk before the pointer moves: the files, their folders, the manifest, then the pointer.
    """
    for path in [*folder.rglob("*"), folder]:
        durable.sync(path)
    durable.write_json(folder / _MANIFEST, asdict(manifest))
    durable.sync(folder.parent)
    durable.write_json(pointer(root), {"generation": folder.name})
    return Generation(folder.name, folder, manifest)


def prune(root: Path, keep: int) -> list[str]:
    """Remove all complete generations but the last *keep* and the live one; return the names of those removed."""
    current = live_name(root)
    removed = [old for old in complete(root)[:-keep] if old.name != current]
    for old in removed:
        (old.path / _MANIFEST).unlink()  # from here on it is an unfinished build, whatever happens
        shutil.rmtree(old.path, ignore_errors=True)
    return [old.name for old in removed]


def inventory(folder: Path) -> dict[str, tuple[int, str]]:
    """Return the size in bytes and the checksum of every file below *folder*, by its path within."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_size, _checksum(path)) for path in files}


def now() -> str:
    """Return this moment in UTC as manifests write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment(created: str) -> datetime:
    """Return the moment that a manifest wrote by `now`."""
    return datetime.fromisoformat(created)


def _open(root: Path, name: str) -> Generation:
    path = root / "generations" / name
    try:
        fields = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        fields["files"] = {file: tuple(facts) for file, facts in fields["files"].items()}
        return Generation(name, path, Manifest(**fields))
    except (OSError, ValueError, LookupError, TypeError) as exc:
        raise IndexUnavailable(
            f"{path / _MANIFEST} cannot be read ({exc}): restore the folder, or run `telusur reindex SOURCE…`"
        ) from exc


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


def _sweep(root: Path) -> None:
    """Remove what unfinished builds left behind; the caller holds the lock, so none of them is alive."""
    for folder in (root / "generations").iterdir():
        if not (folder / _MANIFEST).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _new_name() -> str:
    """Return a name that sorts after all earlier ones."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{time.time_ns() % 1_000_000_000:09}"


def _checksum(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
