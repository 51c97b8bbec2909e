"""How an index stands: its generations, what is live, what waits."""

from dataclasses import dataclass
from pathlib import Path

from indexer import generations
from indexer.building import folders
from indexer.changes import lock
from indexer.changes.lock import Holder
from indexer.changes.queue import FILE as QUEUE
from indexer.changes.queue import ChangeQueue, Waiting
from indexer.engines import open_inspector
from indexer.errors import IndexUnavailable, QueueUnavailable
from indexer.generations import Generation

_COUNTED = {"languages": "language_key", "sources": "source_key"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """
    A generation as it is now, later changes included: *articles*, *bytes* on disk, the last change it goes *through*.

    *moment* is when it came to hold that change, in seconds since 1970, 0 where that cannot be said.

    *trouble* says why it cannot be opened; it is then as it was written. *counts* has the articles of each language
    and of each source.
    """

    generation: Generation
    articles: int
    bytes: int
    through: int
    moment: float
    counts: dict[str, dict[str, int]]
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    How an index stands.

    *trouble* says why this program cannot answer from it, if it cannot. *waiting* are the changes that are queued and
    not yet applied to the live generation, None where the queue cannot be read; *applier* is the process that has the
    right to apply them, None where there is none. *unfinished* are builds that were interrupted.
    """

    root: Path
    live: str
    states: tuple[State, ...]
    waiting: Waiting | None
    applier: Holder | None
    unfinished: tuple[str, ...]
    trouble: str

    @property
    def current(self) -> State | None:
        """The live generation."""
        return next((state for state in self.states if state.generation.name == self.live), None)


def standing(root: Path, fingerprint: str) -> Standing:
    """
    Return how the index at *root* stands, for a program whose analysis has this *fingerprint*.

    Raises:
        IndexUnavailable: there is none.
    """
    live = generations.live_name(root)
    states = tuple(_state(generation) for generation in generations.complete(root))
    through = next((state.through for state in states if state.generation.name == live), 0)
    return Standing(
        root=root,
        live=live,
        states=states,
        waiting=_waiting(root, through),
        applier=lock.holder(root),
        unfinished=tuple(path.name for path in folders.unfinished(root)),
        trouble=_trouble(root, fingerprint),
    )


def _state(generation: Generation) -> State:
    manifest = generation.manifest
    try:
        found = open_inspector(manifest.engine, generation.engine_folder)
        counts = {name: found.counts(field) for name, field in _COUNTED.items()}
        return State(
            generation=generation,
            articles=found.articles,
            bytes=found.size(),
            through=found.through,
            moment=found.moment,
            counts=counts,
        )
    except IndexUnavailable as exc:
        return State(
            generation=generation,
            articles=manifest.articles,
            bytes=manifest.bytes,
            through=0,
            moment=0,
            counts={name: {} for name in _COUNTED},
            trouble=str(exc),
        )


def _waiting(root: Path, through: int) -> Waiting | None:
    if not (root / QUEUE).exists():
        return Waiting(0)
    try:
        return ChangeQueue(root).waiting(through)
    except QueueUnavailable:
        return None


def _trouble(root: Path, fingerprint: str) -> str:
    try:
        generations.live(root, fingerprint)
    except IndexUnavailable as exc:
        return str(exc)
    return ""
