"""The manifest of a segment: which format, how many articles, what each field holds, where each array lies."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from indexer.durable import named
from indexer.engines.whoosh.codec.files import FileFacts, Region, damaged
from indexer.errors import IndexUnavailable

FORMAT = 7
"""Raised when a segment written before can no longer be read."""

FILES = ("terms", "forms", "postings", "columns", "stored", "words", "titles")
"""The files of a segment, by the end of their names."""

ENDING = "manifest"
"""The end of the manifest's own name."""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """
    A field of a segment: its terms are those from *first* to before *last*; its *length* counts all its words.

    *shortest* and *longest* are the words that an article has in it. A field of whole values has no length.
    """

    first: int
    last: int
    length: int = 0
    shortest: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a segment is. *wide* says that positions take four bytes, not two."""

    articles: int
    wide: bool
    fields: dict[str, FieldFacts]
    files: dict[str, FileFacts]


def path_of(folder: Path, segment: str, ending: str) -> Path:
    """Return the path of a file of *segment*."""
    return folder / f"{segment}.{ending}"


def save(manifest: Manifest, folder: Path, segment: str) -> None:
    """Write the manifest of *segment*, with a checksum of its own."""
    facts = {"format": FORMAT, "segment": segment, **asdict(manifest)}
    text = json.dumps({**facts, "checksum": _checksum(facts)}, sort_keys=True)
    path = path_of(folder, segment, ENDING)
    with named(path):
        path.write_text(text, encoding="utf-8")


def checksum(folder: Path, segment: str) -> int:
    """
    Return the checksum of the manifest of *segment*, and so of all of it: it has the checksums of the other files.

    Raises:
        IndexUnavailable: it is missing, or cannot be read.
    """
    path = path_of(folder, segment, ENDING)
    try:
        return crc32(path.read_bytes())
    except FileNotFoundError:
        raise damaged(path, "it is missing") from None
    except OSError as exc:
        raise damaged(path, f"it cannot be read: {exc}") from exc


def load(folder: Path, segment: str) -> Manifest:
    """
    Return the manifest of *segment*.

    Raises:
        IndexUnavailable: it is missing, damaged, or of another format.
    """
    path = path_of(folder, segment, ENDING)
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        own = facts.pop("checksum")
        written = facts["format"]
    except FileNotFoundError:
        raise damaged(path, "it is missing") from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as exc:
        raise damaged(path, f"it cannot be read: {exc}") from exc
    if own != _checksum(facts):
        raise damaged(path, "its content is not what was written")
    if written != FORMAT:
        raise IndexUnavailable(
            f"{path} is of the format {written}, this program reads {FORMAT}: use the program that wrote it, "
            "or run `telusur reindex SOURCE…`"
        )
    if facts["segment"] != segment:
        raise damaged(path, f"it is that of the segment {facts['segment']}")
    return _manifest(facts)


def _manifest(facts: Mapping[str, Any]) -> Manifest:
    return Manifest(
        articles=facts["articles"],
        wide=facts["wide"],
        fields={name: FieldFacts(**field) for name, field in facts["fields"].items()},
        files={
            name: FileFacts(
                file["size"],
                file["checksum"],
                {region: Region(**where) for region, where in file["regions"].items()},
            )
            for name, file in facts["files"].items()
        },
    )


def _checksum(facts: Mapping[str, Any]) -> int:
    return crc32(json.dumps(facts, sort_keys=True).encode())
