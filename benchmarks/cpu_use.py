"""How much of the processors processes take, by their own clocks, as Linux says in /proc."""

import os
from pathlib import Path

from benchmarks.memory_use import family

_TICKS = os.sysconf("SC_CLK_TCK")
_USED = slice(11, 15)
"""utime, stime, cutime and cstime of /proc/PID/stat, counted from behind the name: of children, those that ended."""


def cpu_seconds(pid: int) -> float:
    """Return the seconds that a process and all below it have worked so far, in steps of a hundredth."""
    return sum(_own(one) for one in family(pid))


def _own(pid: int) -> float:
    """Return the seconds of a process and of its children that have ended; nothing of one that has ended itself."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return sum(map(int, line.rpartition(")")[2].split()[_USED])) / _TICKS
