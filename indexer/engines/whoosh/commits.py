"""
Commits: which segments make up an index, and which of their documents are deleted.

A commit is one small file in JSON with a checksum, replaced in one step once all that it names is on disk; see
`committing`.
"""

import json
import os
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from zlib import crc32, decompress
from zlib import error as ZlibError  # noqa: N812 - named like every other exception

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.files import damaged
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.errors import IndexUnavailable

FORMAT = 2
"""Raised when a commit written before can no longer be read."""

FILE = "commit.json"
"""The file of the commit that is valid."""

TALLIES = 1 << 64
"""Tallies are counted modulo this."""


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
        if facts.pop("checksum") != checksum_of(facts):
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


def _unpacked(text: str) -> tuple[int, ...]:
    if not text:
        return ()
    marks = np.unpackbits(np.frombuffer(decompress(b64decode(text)), np.uint8))
    return tuple(np.flatnonzero(marks).tolist())


def checksum_of(facts: dict[str, object]) -> int:
    """Return the checksum of the *facts* of a commit."""
    return crc32(json.dumps(facts, sort_keys=True).encode())
