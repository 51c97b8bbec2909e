"""
Commits: which segments make up an index, and which of their documents are deleted.

A commit is one small file in JSON with a checksum, replaced in one step once all that it names is on disk. Beside it
stands Whoosh's own table of contents, which says the same for Whoosh; as that is a pickle, we write it and never
read it.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from zlib import compress, crc32, decompress
from zlib import error as ZlibError  # noqa: N812 - named like every other exception

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer import durable
from indexer.durable import named
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.files import Array, damaged
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.segment import ArraySegment
from indexer.engines.whoosh.schema import whoosh_schema
from indexer.errors import CommitOvertaken, IndexUnavailable

FORMAT = 2
"""Raised when a commit written before can no longer be read."""

FILE = "commit.json"
"""The file of the commit that is valid."""

TALLIES = 1 << 64
"""Tallies are counted modulo this."""

INDEX = "MAIN"
"""What the names of all segments begin with."""


@dataclass(frozen=True, slots=True)
class Listed:
    """
    A segment of a commit: its name, its documents, and the numbers of those that are deleted, ascending.

    *checksum* is that of its manifest, so that another segment of the same name is told from it.
    """

    name: str
    articles: int
    checksum: int
    deleted: tuple[int, ...] = ()

    @property
    def live(self) -> Array | None:
        """For each document whether it is not deleted; None where none is."""
        if not self.deleted:
            return None
        live = np.ones(self.articles, bool)
        live[list(self.deleted)] = False
        return live


@dataclass(frozen=True, slots=True)
class Reach:
    """
    Which changes (see `indexer.changes`) an index holds: those after number *since* and up to number *through*.

    What it was built from counts as holding the ones before. *moment* is when it got so far, in seconds since 1970.
    """

    since: int = 0
    through: int = 0
    moment: float = 0


@dataclass(frozen=True, slots=True)
class Commit:
    """
    The state of an index: its *segments*, a *number* that grows with every commit, and the changes that it holds.

    *tally* is the `tally` of the ids of its articles. It is kept up with what comes and goes, not counted from the
    segments, so that an article that one of them has lost is missed.
    """

    number: int
    segments: tuple[Listed, ...]
    tally: int
    reach: Reach = Reach()

    @property
    def articles(self) -> int:
        """The articles that are not deleted."""
        return sum(listed.articles - len(listed.deleted) for listed in self.segments)


def tally(ids: Iterable[str]) -> int:
    """Return a sum over *ids* that another set, or one in which an id is doubled, has with a chance of 2**-64."""
    return sum(int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) for name in ids) % TALLIES


def load(folder: Path) -> Commit:
    """
    Return the commit that is valid in *folder*.

    Raises:
        IndexUnavailable: there is none, it is damaged, or of another format.
    """
    path = folder / FILE
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts.pop("checksum") != _checksum(facts):
            raise damaged(path, "its content is not what was written")
        if facts["format"] != FORMAT:
            raise IndexUnavailable(
                f"{path} is of the format {facts['format']}, this program reads {FORMAT}: use the program that wrote "
                "it, or run `telusur reindex SOURCE…`"
            )
        segments = (Listed(s["name"], s["articles"], s["checksum"], _unpacked(s["deleted"])) for s in facts["segments"])
        return Commit(facts["number"], tuple(segments), facts["tally"], Reach(**facts["reach"]))
    except FileNotFoundError:
        raise damaged(path, "it is missing") from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ZlibError) as exc:
        raise damaged(path, f"it cannot be read: {exc}") from exc


def stamp(folder: Path) -> tuple[int, int]:
    """Return what differs after each commit; takes a microsecond. Zeros where there is none."""
    try:
        status = os.stat(folder / FILE)  # noqa: PTH116 - twice as fast as Path.stat, and asked at every query
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_ino


def opened(folder: Path, listed: Listed) -> OpenSegment:
    """
    Return the segment *listed* in a commit of *folder*, open.

    Raises:
        IndexUnavailable: it is missing or damaged, or another than the commit speaks of.
    """
    if manifests.checksum(folder, listed.name) != listed.checksum:
        raise damaged(manifests.path_of(folder, listed.name, manifests.ENDING), f"it is not the one that {FILE} lists")
    return OpenSegment(folder, listed.name)


def save(folder: Path, commit: Commit, over: Commit | None = None) -> None:
    """
    Make *commit* the valid one of *folder*, once the files of its segments and this step are on disk.

    It takes the place of the commit *over*, or of none. The caller keeps others from it, by the lock under which it
    read that one; that they were kept from it is seen to once more.

    Raises:
        CommitOvertaken: another commit is valid by now; *commit* is not saved.
    """
    _require(folder, over)
    for listed in commit.segments:
        for path in folder.glob(f"{listed.name}.*"):
            durable.sync(path)
    _save_contents(folder, commit)
    facts = {
        "format": FORMAT,
        "number": commit.number,
        "tally": commit.tally,
        "reach": asdict(commit.reach),
        "segments": [
            {**asdict(listed), "deleted": _packed(listed)}  # with its name, articles and checksum
            for listed in commit.segments
        ],
    }
    durable.write_json(folder / FILE, {**facts, "checksum": _checksum(facts)}, indent=None)


def new_name() -> str:
    """Return a name for a segment that no other has."""
    return str(ArraySegment(INDEX).segment_id())


def _require(folder: Path, valid: Commit | None) -> None:
    found = load(folder) if (folder / FILE).exists() else None
    if found != valid:
        raise CommitOvertaken(
            f"{folder / FILE} was replaced by another process while a change was worked out; nothing was saved over "
            "it: try again"
        )


def _save_contents(folder: Path, commit: Commit) -> None:
    """Write Whoosh's table of contents."""
    segments = [_as_whoosh(listed) for listed in commit.segments]
    (folder / f"_{INDEX}_{commit.number}.toc").unlink(missing_ok=True)  # of a commit that was interrupted
    with named(folder / f"_{INDEX}_{commit.number}.toc"):
        TOC(whoosh_schema(), segments, commit.number).write(FileStorage(str(folder)), INDEX)
    for path in folder.glob(f"_{INDEX}_*.toc"):
        if path.name == f"_{INDEX}_{commit.number}.toc":
            durable.sync(path)


def _as_whoosh(listed: Listed) -> ArraySegment:
    segment = ArraySegment(INDEX)
    segment.set_doc_count(listed.articles)
    segment.segid = listed.name.removeprefix(f"{INDEX}_")
    for document in listed.deleted:
        segment.delete_document(document)
    return segment


def _packed(listed: Listed) -> str:
    marks = np.zeros(listed.articles, bool)
    marks[list(listed.deleted)] = True
    return b64encode(compress(np.packbits(marks).tobytes())).decode() if listed.deleted else ""


def _unpacked(text: str) -> tuple[int, ...]:
    if not text:
        return ()
    marks = np.unpackbits(np.frombuffer(decompress(b64decode(text)), np.uint8))
    return tuple(np.flatnonzero(marks).tolist())


def _checksum(facts: dict[str, object]) -> int:
    return crc32(json.dumps(facts, sort_keys=True).encode())
