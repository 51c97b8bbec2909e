"""What an operator sees at a glance: how the live index stands, which builds there are, and what readers asked."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from indexer import generations
from indexer.analysis import Analyzer
from indexer.errors import IndexUnavailable
from indexer.generations import Generation
from search.errors import DeadlinePassed, QueryLogUnavailable
from search.query_log.database import FILE
from search.readiness import Readiness
from search.reviewing.report import Report, report
from search.writing import Writing

_MOST = 20  # rows of a list
_log = logging.getLogger(__name__)


class Untold(StrEnum):
    """Why nothing is told of what readers asked."""

    NOTHING = "nothing"
    LATE = "late"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Overview:
    """
    How an index stands and what was asked of it.

    *standing* is None where no index can be opened. *builds* are the complete generations, the latest first. In the
    place of a report stands why there is none.
    """

    standing: Readiness | None
    builds: tuple[Generation, ...]
    asked: Report | Untold


def overview(writing: Writing, analyzer: Analyzer, days: int) -> Overview:
    """Return how the index that *writing* changes stands, and what was asked in the last *days*."""
    try:
        standing = writing.readiness()
    except IndexUnavailable as exc:
        _log.warning("no index for the dashboard: %s", exc)
        standing = None
    builds = tuple(reversed(generations.complete(writing.root)))
    return Overview(standing, builds, _asked(writing, analyzer, days))


def _asked(writing: Writing, analyzer: Analyzer, days: int) -> Report | Untold:
    if not (writing.root / FILE).exists():
        return Untold.NOTHING
    try:
        return report(
            writing.root,
            days=days,
            most=_MOST,
            is_known=lambda word: analyzer.is_known(word) or analyzer.is_name(word),
        )
    except DeadlinePassed:
        return Untold.LATE
    except QueryLogUnavailable as exc:
        _log.warning("no report for the dashboard: %s", exc)
        return Untold.UNREADABLE
