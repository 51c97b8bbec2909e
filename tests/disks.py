"""Small disks of their own, that tests fill; to mount one takes root's rights."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mounted(*options: object) -> bool:
    """Mount as *options* say; return whether that worked."""
    command = ["mount", *map(str, options)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of *size*, such as 2m, at *folder*, which is made for it."""
    folder.mkdir()
    if os.geteuid() or not mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder):
        pytest.skip("to mount a small file system takes root's rights")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607 - found in the path, as any program


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill the *disk* to its last byte."""
    with (disk / "filling").open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass
    yield
    (disk / "filling").unlink()
