"""Files that are either as they were or as they are to be, whenever the power goes."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_json(path: Path, document: object, *, indent: int | None = 1, mode: int = 0o666) -> None:
    """Write *document* as JSON to *path*, in one step and on disk on return; *mode* says who may read it."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)  # one that was given up may let others read
    draft.touch(mode, exist_ok=False)
    with named(draft):
        draft.write_text(json.dumps(document, indent=indent), encoding="utf-8")
    sync(draft)
    draft.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Return when the file or folder at *path* is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with named(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Name *path* in errors that name no file: a disk that is full says so when it is written to, but not where."""
    try:
        yield
    except OSError as exc:
        if exc.filename is None:
            exc.filename = str(path)
        raise
