"""The processes that apply changes, found among all of this machine."""

from collections.abc import Iterable
from pathlib import Path


def appliers(ancestors: Iterable[int]) -> list[int]:
    """Return the processes below those of *ancestors* that apply changes."""
    own = set(ancestors)
    found = []
    for path in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            parent = int(path.read_text(encoding="utf-8").rpartition(") ")[2].split()[1])
            command = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent in own:
            own.add(int(path.parent.name))
            found += [int(path.parent.name)] if b"indexer.changes.draining" in command else []
    return found
