"""What an operator sees at a glance: how the live index stands, which builds there are, and what readers asked."""

import logging
from dataclasses import dataclass

from indexer import generations
from indexer.errors import IndexUnavailable
from indexer.generations import Generation
from search.readiness import Readiness
from search.reviewing.reports import Asked, Reports
from search.writing import Writing

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overview:
    """
    How an index stands and what was asked of it.

    *standing* is None where no index can be opened. *builds* are the complete generations, the latest first.
    """

    standing: Readiness | None
    builds: tuple[Generation, ...]
    asked: Asked


def overview(writing: Writing, reports: Reports, days: int) -> Overview:
    """Return how the index that *writing* changes stands, and what *reports* tell of the last *days*."""
    try:
        standing = writing.readiness()
    except IndexUnavailable as exc:
        _log.warning("no index for the dashboard: %s", exc)
        standing = None
    builds = tuple(reversed(generations.complete(writing.root)))
    return Overview(standing, builds, reports.latest(days))
