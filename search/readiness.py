"""Whether a service can answer, and whether what it answers from is what it should be."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import generations
from indexer.changes import lock
from indexer.changes.queue import ChangeQueue, Waiting
from indexer.errors import QueueUnavailable
from search.live import LiveIndex

_WHY = "the log of the service and `telusur status` say why"
_BEHIND = f"what is live on disk cannot be opened, and what was before answers: {_WHY}"
_HANGING = f"changes are queued and safe, but cannot be applied now: {_WHY}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """
    How the live index stands: its *generation*, *articles*, when it was *created* and how old it is in seconds.

    *behind* says that an older one answers than the disk says. *waiting* are the changes that are not applied yet,
    None where the queue cannot be read; *hanging* says why they do not get on. *through* is the last change that is
    applied, *through_age* the seconds since.
    """

    generation: str
    articles: int
    created: str
    age: float
    behind: bool
    waiting: Waiting | None
    hanging: bool
    through: int
    through_age: float

    def is_ready(self, longest: int) -> bool:
        """Say whether no change has waited for more than *longest* seconds; 0 lets them wait as long as they like."""
        return not longest or (self.waiting is not None and self.waiting.seconds <= longest)


def readiness(root: Path, live: LiveIndex) -> Readiness:
    """
    Return how the index at *root* stands, which answers through *live*.

    Raises:
        IndexUnavailable: there is none that can be opened.
    """
    now = time.time()
    with live.open() as index:
        engine, generation = index.engine, index.generation
        waiting, holder = _waiting(root, engine.through), lock.holder(root)
        return Readiness(
            generation=generation.name,
            articles=engine.articles,
            created=generation.manifest.created,
            age=now - generations.moment(generation.manifest.created).timestamp(),
            behind=bool(live.trouble()),
            waiting=waiting,
            hanging=waiting is None or bool(waiting.count and holder and holder.trouble),
            through=engine.through,
            through_age=now - engine.moment,
        )


def readiness_document(found: Readiness) -> dict[str, Any]:
    """Return what ``/readyz`` says of an index that answers."""
    waiting = found.waiting
    return {
        "generation": found.generation,
        "articles": found.articles,
        "created": found.created,
        "age_seconds": round(found.age),
        "behind": _BEHIND if found.behind else None,
        "changes": {
            "through": found.through,
            "through_age_seconds": round(found.through_age),
            "waiting": waiting.count if waiting else None,
            "waiting_seconds": round(waiting.seconds) if waiting else None,
            "hanging": _HANGING if found.hanging else None,
        },
    }


def _waiting(root: Path, through: int) -> Waiting | None:
    try:
        return ChangeQueue(root).waiting(through)
    except QueueUnavailable:
        return None
