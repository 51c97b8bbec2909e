"""
Generations: complete builds of the index side by side, one of them live.

    live.json              names the live generation; replaced in one step, which is what publishing means
    generations/NAME/      one build: the engine's files, the ledger, and the manifest, written last

A generation without manifest is an unfinished build: no reader opens it, the next build goes on with it or sweeps it
away. One that was refused is complete, but was never live; it is kept until the next build, to be looked at.
"""

import json
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from stat import S_IWOTH

from indexer import acronyms, durable, ready, schema
from indexer.acronyms import Acronym, Defined
from indexer.analysis import Analyzer
from indexer.errors import IndexOutdated, IndexUnavailable
from indexer.ready import LEXICON, Ready

ENGINE_FOLDER = "engine"
"""Where in a generation the engine keeps its files."""

PARTS = "parts"
"""Where in an unfinished build its checkpoint is."""

LEDGER = "rejects.jsonl"
"""The file of a generation that lists the rejected records."""

_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    What a generation is: who wrote it, how many articles it holds, and the size and checksum of each file.

    *files* maps a path within the generation to its bytes and its BLAKE2b checksum; those of the engine change with
    later updates. *refused* says why it was not published; empty if it was. *elsewhere* are the bytes of an index that
    is not in its folder.
    """

    fingerprint: str
    engine: str
    articles: int
    rejected: int
    duplicates: int
    seconds: float
    created: str
    files: dict[str, tuple[int, str]]
    refused: tuple[str, ...] = ()
    elsewhere: int = 0

    @property
    def bytes(self) -> int:
        """The size on disk."""
        return sum(size for size, _ in self.files.values()) + self.elsewhere


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete build."""

    name: str
    path: Path
    manifest: Manifest

    def acronyms(self) -> list[Acronym]:
        """Return the short and long forms that the articles themselves define."""
        return acronyms.load(self.path)

    def defined(self, analyzer: Analyzer) -> list[Defined]:
        """Return the short forms that the articles define as *analyzer* reads them, the commonest first."""
        return acronyms.load_read(self.path, analyzer, is_ready=self._is_read_by(analyzer))

    def ready_short_forms(self, analyzer: Analyzer) -> Ready:
        """Return those short forms of the written lists that are kept as *analyzer* reads them."""
        return ready.load_short_forms(self.path) if self._is_read_by(analyzer) else {}

    def _is_read_by(self, analyzer: Analyzer) -> bool:
        return self.manifest.fingerprint == schema.fingerprint(analyzer)

    @property
    def engine_folder(self) -> Path:
        """Where the engine's files are."""
        return self.path / ENGINE_FOLDER


def live(root: Path, fingerprint: str) -> Generation:
    """
    Return the live generation of the index at *root*, for a program whose analysis has this *fingerprint*.

    Raises:
        IndexUnavailable: there is none, its files are damaged, or anybody may change them.
        IndexOutdated: it was written by another format or analyzer.
    """
    generation = _open(root, live_name(root))
    for folder in (root, generation.path.parent, generation.path, generation.engine_folder):
        _check_closed(folder)
    written = generation.manifest.fingerprint
    if written != fingerprint:
        raise IndexOutdated(
            f"the index at {root} was written with the analysis {written}, this program has {fingerprint}: "
            "run `telusur reindex` with this program, or go back to the program that wrote it"
        )
    return generation


def _check_closed(folder: Path) -> None:
    """Refuse a *folder* that anybody may write: what stands in it could come from anybody."""
    try:
        mode = folder.stat().st_mode
    except OSError as exc:
        raise IndexUnavailable(f"{folder} cannot be read ({exc.strerror}): run `telusur reindex SOURCE…`") from exc
    if mode & S_IWOTH:
        raise IndexUnavailable(f"{folder} may be written by anybody: take that right away (chmod o-w), and reindex")


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


def current_name(root: Path) -> str | None:
    """Return the name of the live generation, None where there is none or the pointer is damaged."""
    try:
        return live_name(root)
    except IndexUnavailable:
        return None


def lexicon(root: Path) -> Path | None:
    """Return where the live generation keeps its lexicon, if it does; None where there is none."""
    name = current_name(root)
    return root / "generations" / name / LEXICON if name else None


def complete(root: Path) -> list[Generation]:
    """Return the complete generations at *root* whose manifests can be read, the oldest first."""
    found = []
    for name in complete_names(root):
        with suppress(IndexUnavailable):  # `telusur verify` names it
            found.append(_open(root, name))
    return found


def complete_names(root: Path) -> list[str]:
    """Return the names of the complete generations at *root*, the oldest first."""
    return sorted(path.parent.name for path in (root / "generations").glob(f"*/{_MANIFEST}"))


def is_complete(folder: Path) -> bool:
    """Say whether the build in *folder* is complete."""
    return (folder / _MANIFEST).exists()


def find(root: Path, name: str) -> Generation:
    """
    Return the complete generation *name* of the index at *root*, whoever wrote it.

    Raises:
        IndexUnavailable: there is none of this name, or its manifest is damaged.
    """
    return _open(root, name)


def publish(root: Path, folder: Path, manifest: Manifest) -> Generation:
    """
    Make the build in *folder* the live generation, in one step that a crash can only precede or follow.

    Everything is on disk before the pointer moves: the files, their folders, the manifest, then the pointer.
    """
    generation = complete_build(folder, manifest)
    point_to(root, generation)
    return generation


def complete_build(folder: Path, manifest: Manifest) -> Generation:
    """Make the build in *folder* a complete generation, which is not live yet."""
    for path in [*folder.rglob("*"), folder]:
        if PARTS not in path.relative_to(folder).parts:
            durable.sync(path)
    durable.write_json(folder / _MANIFEST, asdict(manifest))
    durable.sync(folder.parent)
    shutil.rmtree(folder / PARTS, ignore_errors=True)
    return Generation(folder.name, folder, manifest)


def point_to(root: Path, generation: Generation) -> None:
    """Make *generation*, which is complete, the live one."""
    durable.write_json(pointer(root), {"generation": generation.name})


def prune(root: Path, keep: int, before: str | None = None) -> list[str]:
    """
    Remove all complete generations but *keep*; return the names of those removed.

    Kept are the live one, the one that was live *before*, and the latest others that were published. Whatever was
    refused is older than what is live now, and goes; what cannot be read at this moment stays until it can.
    """
    current = live_name(root)
    published, out_of_reach = [], []
    names = complete_names(root)
    for name in names:
        try:
            if not _open(root, name).manifest.refused:
                published.append(name)
        except IndexUnavailable as exc:
            if isinstance(exc.__cause__, OSError):
                out_of_reach.append(name)
    ranked = sorted(published, key=lambda name: (name == current, name == before, name), reverse=True)
    kept = {current, *ranked[:keep], *out_of_reach}
    removed = [name for name in names if name not in kept]
    for name in removed:
        remove(root, name)
    return removed


def give_up(root: Path, name: str) -> None:
    """Make the generation *name*, which could not be made live, an unfinished build again; nothing if it is live."""
    if current_name(root) != name:
        (root / "generations" / name / _MANIFEST).unlink(missing_ok=True)


def remove(root: Path, name: str) -> None:
    """Remove the generation *name*, which must not be the live one."""
    folder = root / "generations" / name
    (folder / _MANIFEST).unlink()  # from here on it is an unfinished build, whatever happens
    shutil.rmtree(folder, ignore_errors=True)


def inventory(folder: Path, but: Collection[str] = (PARTS,)) -> dict[str, tuple[int, str]]:
    """Return the size and the checksum of every file below *folder* by its path, those in the folders *but* not."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in but)
    return {str(path.relative_to(folder)): (path.stat().st_size, _checksum(path)) for path in sorted(files)}


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
        fields["refused"] = tuple(fields.get("refused", ()))
        return Generation(name, path, Manifest(**fields))
    except (OSError, ValueError, LookupError, TypeError) as exc:
        raise IndexUnavailable(
            f"{path / _MANIFEST} cannot be read ({exc}): restore the folder, or run `telusur reindex SOURCE…`"
        ) from exc


def _checksum(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
