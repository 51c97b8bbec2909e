"""The files that editors write: a line for each entry; one that begins with # is a comment, as is an empty one."""

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

_MOST_BYTES = 64_000_000
_CUT = 60  # characters of a value that are repeated
_BOM = b"\xef\xbb\xbf"

Value = TypeVar("Value")

Stamp = tuple[int, int, int] | None
"""By what it is seen that a file was changed; None where there is none that can be read."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, or a part of it, that is passed over: its *value*, what is *wrong* with it, and a *remedy*."""

    file: Path
    line: int
    value: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        """Return all of it as a sentence."""
        value = self.value if len(self.value) <= _CUT else f"{self.value[:_CUT]}…"
        return f"{self.file}, line {self.line}: {value!r} {self.wrong}: {self.remedy}"


class Line(NamedTuple):
    """A line that says something, and its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Listed(Generic[Value]):
    """
    What a list says: its *value*, how many *entries* count, and the lines that are *wrong*.

    *digest* is of its bytes. *trouble* says why it could not be read, and that what was read before counts.
    """

    file: Path
    value: Value
    entries: int = 0
    wrong: tuple[BadLine, ...] = ()
    digest: str = ""
    stamp: Stamp = None
    trouble: str = ""


class Draft:
    """A list while it is read: its lines, and what is found wrong with them."""

    def __init__(self, file: Path, content: bytes) -> None:
        """Read the *content* of *file*."""
        self.wrong: list[BadLine] = []
        self.entries = 0
        self._file = file
        self._content = content.removeprefix(_BOM)

    def lines(self) -> Iterator[Line]:
        """Yield the lines that say something, and note those that are no text."""
        for number, raw in enumerate(self._content.splitlines(), 1):
            try:
                text = raw.decode().strip()
            except UnicodeDecodeError:
                self.refuse(number, raw.decode(errors="replace").strip(), "is not UTF-8", "save the file as UTF-8")
                continue
            if text and not text.startswith("#"):
                yield Line(number, text)

    def refuse(self, line: int, value: str, wrong: str, remedy: str) -> None:
        """Note what is *wrong* with *value* in a *line*."""
        self.wrong.append(BadLine(self._file, line, value, wrong, remedy))


def read_list(file: Path, before: Listed[Value], read: Callable[[Draft], Value]) -> Listed[Value]:
    """
    Return what *file* says, as *read* reads it, or *before* if it is that still.

    Where it cannot be read it says what it said before, and why.
    """
    stamp = stamp_of(file)
    if stamp is not None and (file, stamp) == (before.file, before.stamp):
        return before
    try:
        content = _content(file)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        trouble = (
            f"{file} cannot be read ({reason}): correct its path in [lists], or the file; what it said before counts"
        )
        return Listed(file, before.value, before.entries, before.wrong, before.digest, stamp, trouble)
    draft = Draft(file, content)
    value = read(draft)
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Listed(file, value, draft.entries, tuple(draft.wrong), digest, stamp)


def stamp_of(file: Path) -> Stamp:
    """Return by what it is seen that *file* was changed."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ctime_ns, status.st_size, status.st_ino  # the time tells of new rights too


def _content(file: Path) -> bytes:
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):  # to open a pipe would take until somebody writes into it
        raise OSError("it is no file")
    if status.st_size > _MOST_BYTES:
        raise OSError(f"it has more than {_MOST_BYTES:,} bytes")
    return file.read_bytes()
