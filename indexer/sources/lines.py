"""The lines of a file, of which those that turn out to be no part of a row can be given back."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Self

from indexer.sources.decoding import decoded

LONGEST_LINE = 16 << 20
"""Characters of a line at most; a longer one is passed over without being held in memory."""

_CHUNK = 1 << 16
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_TOO_LONG = "\0 too long \0"  # in the place of a line that is not held


class Lines:
    """
    The lines of a file, of which some can be given back; *number* counts those that were taken.

    *begun* is the number of the first line of those that are being *used* for one row.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Read *file* from where it is."""
        self._file = file
        self._coming = self._split()
        self._waiting: deque[str] = deque()
        self.number = 0
        self.begun = 0
        self.used: list[str] = []

    @property
    def read(self) -> int:
        """How many bytes of the file were read by now."""
        return self._file.tell()

    def __iter__(self) -> Self:
        """Return the lines themselves."""
        return self

    def __next__(self) -> str:
        """Return the next line, with its end."""
        line = self._waiting.popleft() if self._waiting else next(self._coming)
        self.number += 1
        return line

    def taken(self) -> Iterator[str]:
        """
        Yield lines for one row, as many as it takes.

        Raises:
            csv.Error: one of them is too long.
        """
        self.used, self.begun = [], self.number + 1
        return self._use()

    def give_back(self, lines: Sequence[str]) -> None:
        """Let *lines*, the last that were taken, be taken again."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)

    def _use(self) -> Iterator[str]:
        for line in self:
            self.used.append(line)
            if line is _TOO_LONG:
                raise csv.Error(f"a line has more than {LONGEST_LINE:,} characters")
            yield line

    def _split(self) -> Iterator[str]:
        rest, is_too_long = "", False
        for text in decoded(iter(lambda: self._file.read(_CHUNK), b"")):
            rest, cursor = rest + text, 0
            for found in _LINE.finditer(rest, 0, len(rest) - rest.endswith("\r")):
                cursor = found.end()
                yield _TOO_LONG if is_too_long or len(found[0]) > LONGEST_LINE else found[0]
                is_too_long = False
            rest = rest[cursor:]
            if len(rest) > LONGEST_LINE:
                rest, is_too_long = "", True
        if rest or is_too_long:
            yield _TOO_LONG if is_too_long else rest
