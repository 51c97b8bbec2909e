"""
The lock of the applier: whoever holds it applies the changes of an index, alone, for as long as it lives.

The lock goes with the process, however it ends. What stands in the file says who holds it and what keeps it; it is
written in place, so that a full disk does not hinder it.
"""

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path
from typing import Self

from indexer.errors import AnotherApplies

FILE = "applier.lock"
"""Where in the folder of an index the lock is."""

_ROOM = 4096  # bytes, all of them written at once
_LONGEST = 500  # characters of a trouble
_TRIES, _PAUSE = 3, 0.01  # whoever only looks holds the lock for some microseconds


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: a *process*, since when, and why it does not get on, if it does not; seconds since 1970."""

    process: int
    since: float
    trouble: str = ""


class ApplierLock:
    """The lock of the index at *root*, to be taken by one process at a time."""

    def __init__(self, root: Path) -> None:
        """Take nothing yet."""
        self._path = root / FILE
        self._file: int | None = None
        self._holder = Holder(os.getpid(), time.time())

    def __enter__(self) -> Self:
        """Return the lock, taken."""
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        self.release()

    def take(self) -> None:
        """
        Take the lock, if this does not hold it already.

        Raises:
            AnotherApplies: another process holds it.
        """
        if self._file is not None:
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _locked(file)
        except OSError as exc:
            os.close(file)
            if isinstance(exc, BlockingIOError):
                raise AnotherApplies(_who(holder(self._path.parent))) from None
            raise
        self._file = file
        self._holder = Holder(os.getpid(), time.time())
        self._write()

    def tell(self, trouble: str) -> None:
        """Say why the holder does not get on; an empty *trouble* says that it does."""
        if self._file is not None and trouble != self._holder.trouble:
            self._holder = Holder(self._holder.process, self._holder.since, trouble)
            self._write()

    def release(self) -> None:
        """Let the lock go, if this holds it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self) -> None:
        text = json.dumps(asdict(self._holder) | {"trouble": self._holder.trouble[:_LONGEST]})
        with suppress(OSError):  # who holds it is for operators alone
            os.pwrite(self._file or 0, text.encode().ljust(_ROOM), 0)


def holder(root: Path) -> Holder | None:
    """Return who holds the lock of the index at *root*, None if nobody does."""
    try:
        with (root / FILE).open("rb") as file:
            try:
                flock(file, LOCK_SH | LOCK_NB)
            except BlockingIOError:
                return Holder(**json.loads(file.read()))
    except (OSError, ValueError, TypeError):
        return None
    return None


def _locked(file: int) -> None:
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            flock(file, LOCK_EX | LOCK_NB)
            return
        time.sleep(_PAUSE)
    flock(file, LOCK_EX | LOCK_NB)


def _who(found: Holder | None) -> str:
    if found is None:
        return "another process applies changes"
    trouble = f" and says: {found.trouble}" if found.trouble else ""
    return f"process {found.process} applies changes{trouble}"
