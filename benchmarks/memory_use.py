"""How much memory processes take, as Linux says in /proc."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.05  # seconds between two looks


@dataclass(slots=True)
class Peak:
    """The most bytes that a process and all below it had at one moment: all of them, and those that are private."""

    resident: int = 0
    private: int = 0


def private_bytes(pid: int) -> int:
    """Return the bytes of a process and all below it that belong to no file, those that several share counted once."""
    return sum(_share(one) for one in family(pid))


def resident_bytes(pid: int) -> int:
    """Return the bytes that a process and all below it have in memory, pages of files counted in each that has them."""
    return sum(_status(one).get("VmRSS", 0) for one in family(pid))


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Give out the peak of the process *pid* and all that it starts, which grows while the block runs."""
    peak, done = Peak(), Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            statuses = [_status(one) for one in family(pid)]
            peak.resident = max(peak.resident, sum(status.get("VmRSS", 0) for status in statuses))
            peak.private = max(peak.private, sum(status.get("RssAnon", 0) for status in statuses))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def family(pid: int) -> Iterator[int]:
    """Yield *pid* and all processes that it has started, or they have."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def _share(pid: int) -> int:
    """Return the bytes of a process alone that belong to no file (Pss_Anon); nothing of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss_Anon:"))


def _status(pid: int) -> dict[str, int]:
    """Return the lines of /proc/PID/status that are in kB, as bytes; nothing of a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {name.rstrip(":"): int(value) * 1024 for name, value in _in_kilobytes(lines)}


def _in_kilobytes(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        match line.split():
            case [name, value, "kB"]:
                yield name, value
