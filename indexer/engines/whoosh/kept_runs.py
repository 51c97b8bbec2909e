"""Runs that outlive the process that wrote them: a run and what is known of its file, as JSON, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zlib import crc32

from indexer import durable
from indexer.engines.whoosh.spill import Run, RunField, Section

_BLOCK = 1 << 20  # bytes that are read at a time


def kept_run(run: Run) -> dict[str, object]:
    """Bring *run* to disk, and return what `found_run` finds it by."""
    durable.sync(run.path)
    durable.sync(run.path.parent)
    facts = asdict(run)
    return {**facts, "path": run.path.name, "size": run.path.stat().st_size, "checksum": _checksum(run.path)}


def found_run(folder: Path, facts: Mapping[str, Any]) -> Run | None:
    """Return the run of which `kept_run` gave the *facts*; None if it is not in *folder*, whole, any more."""
    path = folder / facts["path"]
    try:
        if path.stat().st_size != facts["size"] or _checksum(path) != facts["checksum"]:
            return None
    except OSError:
        return None
    fields = {
        name: RunField(**{part: Section(**where) for part, where in field.items()})
        for name, field in facts["fields"].items()
    }
    sections = (Section(**facts[name]) for name in ("columns", "signatures", "contents"))
    return Run(path, facts["articles"], facts["last_position"], fields, *sections)


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = crc32(block, checksum)
    return checksum
