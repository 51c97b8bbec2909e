"""
Documents on disk, between the processes that make them and the connections that send them.

    N.part   the documents of a batch, a line each, compressed; the ids are told with it

They are read by many processes, which is what takes time, and sent in the order of the sources: so a later article
takes the place of an earlier one of its id, and a build that was interrupted need not read again what is here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import zstandard

from indexer import durable
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.opensearch.documents import Documents, encode

_AT_ONCE = 100  # articles made into documents together
_LEVEL = -3  # of compression: two thirds of the time of level 1 for a third more bytes, which are read once, soon


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """The file *path* with the documents of the articles *ids*, in their order."""

    path: Path
    ids: list[str]

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """Yield the id and the document of each article."""
        lines = zstandard.ZstdDecompressor().decompress(self.path.read_bytes()).split(b"\n")
        yield from zip(self.ids, lines, strict=True)


class DocumentWriter:
    """Implements `indexer.engines.PartWriter`."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """Write parts into *folder*, of articles read by *analyzer*."""
        self._folder, self._made = folder, Documents(analyzer)
        self._ids: list[str] = []
        self._waiting: list[Article] = []
        self._documents: list[bytes] = []

    def add(self, article: Article) -> None:
        """Take *article* in."""
        self._ids.append(article.id)
        self._waiting.append(article)
        if len(self._waiting) == _AT_ONCE:
            self._make()

    def write(self, name: str) -> DocumentPart:
        """Write the articles taken in into the file *name*, and begin anew."""
        self._make()
        path = self._folder / name
        with durable.named(path):
            path.write_bytes(zstandard.ZstdCompressor(level=_LEVEL).compress(b"\n".join(self._documents)))
        part = DocumentPart(path, self._ids)
        self._ids, self._documents = [], []
        return part

    def _make(self) -> None:
        self._documents += map(encode, self._made.of_all(self._waiting))
        self._waiting.clear()


def kept_part(part: DocumentPart) -> dict[str, object]:
    """Bring *part* to disk, and return what `found_part` finds it by."""
    durable.sync(part.path)
    durable.sync(part.path.parent)
    return {**asdict(part), "path": part.path.name, "checksum": crc32(part.path.read_bytes())}


def found_part(folder: Path, facts: Mapping[str, Any]) -> DocumentPart | None:
    """Return the part of which `kept_part` gave the *facts*; None if it is not in *folder*, whole, any more."""
    path = folder / facts["path"]
    try:
        is_whole = crc32(path.read_bytes()) == facts["checksum"]
    except OSError:
        return None
    return DocumentPart(path, facts["ids"]) if is_whole else None
