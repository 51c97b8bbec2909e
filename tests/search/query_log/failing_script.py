"""A program: batches into the query log, with one failure each time; prints what is wrong with the log, if anything."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from search.query_log.database import LogFile
from tests.asked import BOUNDS, rows, search, texts
from tests.failing import NONE, Control, Failure, failures, in_child

BATCHES, SIZE = 6, 20


def script(root: Path, control: Control, failure: Failure) -> int:
    """Write batches with *failure*, and one after it; see that those that were written are there, and whole."""
    control.set(failure)
    file = LogFile(root, BOUNDS)
    written = [batch for batch in range(BATCHES) if went_well(control, lambda: file.add(made(batch)))]  # noqa: B023 - at once
    went_well(control, file.keep_within_bounds)
    calls = control.calls
    control.set(NONE)
    file.add(made(BATCHES))
    file.close()
    found = texts(root)
    assert rows(root, "pragma integrity_check") == [("ok",)]
    assert {found.count(str(batch)) for batch in range(BATCHES)} <= {0, SIZE}, found
    assert all(found.count(str(batch)) == SIZE for batch in (*written, BATCHES)), (written, found)
    return calls


def made(batch: int) -> list:
    return [search(str(batch)) for _ in range(SIZE)]


def went_well(control: Control, action: Callable[[], object]) -> bool:
    """Do *action*; say whether it went well. From a failure on the disk has room."""
    try:
        action()
    except (sqlite3.Error, OSError):
        control.enlarge()
        return False
    return True


def main(folder: Path) -> None:
    """Run the script once for the number of its calls, and then with each failure of each of them."""
    root = folder / "index"
    root.mkdir()
    control = Control(folder / "control", root)
    for failure in failures(script(root, control, NONE), 0):
        shutil.rmtree(root)
        root.mkdir()
        said = in_child(lambda: script(root, control, failure))  # noqa: B023 - done at once
        sys.stdout.write(json.dumps({**asdict(failure), "said": said}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
