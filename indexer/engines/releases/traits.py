"""What tells copies of articles: their signatures, and who printed them under which title, and when."""

from dataclasses import dataclass
from zlib import crc32

from indexer.engines.arrays import Array

UNKNOWN = 0
"""The mark of a portal or a title that is not known, and equal to no other."""


@dataclass(frozen=True, slots=True)
class Traits:
    """
    What tells copies, of each document: *signatures* (a row for each), the *words* of title and body, the moment.

    *portals* and *titles* are marks (`mark`) of the portal and the title, *published* seconds since 1970.
    """

    signatures: Array
    words: Array
    portals: Array
    titles: Array
    published: Array

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.signatures)


def mark(text: str) -> int:
    """Return the mark of *text*: equal texts have equal ones, and others hardly ever (32 bits)."""
    return crc32(text.encode()) or 1 if text else UNKNOWN
