"""What a source yields: a record with the place it was found at, or the reason why there is none."""

from dataclasses import dataclass

from indexer.article import Record


@dataclass(frozen=True, slots=True)
class Found:
    """
    A record, unchecked; *place* names the file, and the line where it has lines.

    *remark* says what of it could not be read and was left out, if anything.
    """

    place: str
    record: Record
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a record should be, and why none can be read there."""

    place: str
    reason: str
