"""What a source yields: a record with the place it was found at, or the reason why there is none."""

from dataclasses import dataclass, field

from indexer.article import Record


@dataclass(frozen=True, slots=True)
class Found:
    """
    A record, unchecked; *place* names the file, and the line where it has lines.

    *remark* says what of it could not be read and was left out, if anything. *read* is how many bytes of the file were
    read by then, where the reader knows.
    """

    place: str
    record: Record
    remark: str = ""
    read: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a record should be, and why none can be read there."""

    place: str
    reason: str
