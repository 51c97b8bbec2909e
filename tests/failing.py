"""
Runs an action in children of which one call of the C library fails, another in each: a disk that is full, or broken.

The calls are those that touch files below a folder, SQLite's among them; `failing.c` stands before the C library. As it
must be loaded before Python is, this is run as a program of its own, which forks a child for each failure.
"""

import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_suffix(".c")
_HEAD = struct.Struct("4I")
_SIZE = _HEAD.size + 1024


@dataclass(frozen=True, slots=True)
class Failure:
    """Which call fails, with the first or the second of its errors, and whether the disk is full from there on."""

    at: int
    variant: int
    full: bool


class Control:
    """What the library before the C library is told, through a file that is mapped."""

    def __init__(self, path: Path, folder: Path) -> None:
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self._map[_HEAD.size : _HEAD.size + 1024] = os.fsencode(folder.resolve()).ljust(1024, b"\0")

    @property
    def calls(self) -> int:
        return int(_HEAD.unpack(self._map[: _HEAD.size])[0])

    def set(self, failure: Failure) -> None:
        """Begin to count, and let *failure* happen."""
        self._map[: _HEAD.size] = _HEAD.pack(0, failure.at, failure.full, failure.variant)

    def enlarge(self) -> None:
        """Have room again."""
        calls, at, _, variant = _HEAD.unpack(self._map[: _HEAD.size])
        self._map[: _HEAD.size] = _HEAD.pack(calls, at, 0, variant)


NONE = Failure(0, 0, full=False)


def compiled(folder: Path) -> Path:
    """Return the library, compiled into *folder*."""
    library = folder / "failing.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, _SOURCE, "-ldl"], check=True)  # noqa: S607 - found in the path
    return library


def has_compiler() -> bool:
    return shutil.which("cc") is not None


def run(program: str, folder: Path, *arguments: str) -> list[dict[str, object]]:
    """Run the Python file *program* with the library before the C library; return the lines of JSON that it prints."""
    control = folder / "control"
    control.write_bytes(bytes(_SIZE))
    environment = {"LD_PRELOAD": str(compiled(folder)), "FAILING_CONTROL": str(control)}
    result = subprocess.run(
        [sys.executable, "-m", program, folder, *arguments],
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def in_child(action: Callable[[], None]) -> str:
    """Do *action* in a child; return what went wrong, empty if nothing did."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            action()
            said = ""
        except BaseException:  # noqa: BLE001 - the child must not go on as a second driver
            said = traceback.format_exc()
        os.write(writing, said.encode()[-8_000:])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return said or ("" if status == 0 else f"ended with {status}")


def failures(calls: int, every: int) -> Iterator[Failure]:
    """
    Yield failures of one call of *every* so many, 0 for all calls in each of three ways.

    These are its first error, its second one, and a disk that is full from there on; of calls that fail once, they are
    taken in turn.
    """
    kinds = [(0, False), (1, False), (0, True)]
    for at in range(1, calls + 1, every or 1):
        for variant, full in kinds if not every else [kinds[at // every % 3]]:
            yield Failure(at, variant, full)
