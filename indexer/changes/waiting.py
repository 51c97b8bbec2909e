"""Waiting until changes are applied: by whoever has the right to, or, where nobody has, by this process itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer import generations
from indexer.analysis import Analyzer
from indexer.changes import lock
from indexer.changes.applying import Applier
from indexer.engines import open_inspector
from indexer.errors import AnotherApplies, ChangesHang, IndexUnavailable

_POLL = 0.02  # seconds between two looks at the index

Say = Callable[[str], None]
"""Is told, a sentence at a time, what whoever waits wants to know."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds without any progress after which a word is said, and after which it is no longer waited."""

    word: float = 5
    end: float = 60


def applied(root: Path, analyzer: Analyzer, through: int, say: Say, patience: Patience = Patience()) -> None:
    """
    Return once the live index at *root* holds the changes up to number *through*.

    Raises:
        IndexUnavailable: it cannot be opened, and nobody else applies changes.
        ChangesHang: whoever applies changes does not get on; they are safe in the queue, and applied once it does.
    """
    watch = _Watch(root, through, say, patience)
    with Applier(root, analyzer) as applier:
        while not watch.is_over():
            try:
                applier.apply()
                applier.tidy()
            except AnotherApplies:
                time.sleep(_POLL)


class _Watch:
    """Looks how far the live index is."""

    def __init__(self, root: Path, through: int, say: Say, patience: Patience) -> None:
        self._root, self._through, self._say, self._patience = root, through, say, patience
        self._seen, self._since, self._said = 0, time.monotonic(), False

    def is_over(self) -> bool:
        """Say whether all is applied; where it is not, complain if it takes too long."""
        reached = _reached(self._root)
        now = time.monotonic()
        if reached > self._seen:
            self._seen, self._since = reached, now
        idle = now - self._since
        if reached >= self._through:
            return True
        if idle > self._patience.end:
            raise ChangesHang(
                f"{self._state()}; no longer waited for. End that process, or see to what keeps it: the changes are "
                "on disk, and are applied as soon as one can"
            )
        if idle > self._patience.word and not self._said:
            self._said = True
            self._say(f"{self._state()}.")
        return False

    def _state(self) -> str:
        count = self._through - max(self._seen, 0)
        found = lock.holder(self._root)
        who = f"process {found.process}, which applies changes" if found else "whoever applies changes"
        trouble = f" ({found.trouble})" if found and found.trouble else ""
        idle = time.monotonic() - self._since
        return f"{count:,} changes are queued; {who}, has not got on for {idle:.0f} s{trouble}"


def _reached(root: Path) -> int:
    """Return through which change the live index goes, 0 where it cannot be said."""
    try:
        live = generations.find(root, generations.live_name(root))
        return open_inspector(live.manifest.engine, live.engine_folder).through
    except IndexUnavailable:
        return 0
