"""What was asked of an engine for a question, and what it found."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from search.query import Query
from search.results import Ids, Page

Hits = TypeVar("Hits", Page, Ids)
"""What an engine's `search` and `ids` return."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine is asked, and which words it is not asked."""

    query: Query
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Hits]):
    """
    What was *asked* and found; *is_relaxed* says that any of its words were enough.

    *corrected* is what may have been meant; where *is_corrected*, that was asked.
    """

    asked: Asked
    page: Hits
    is_relaxed: bool = False
    corrected: str | None = None
    is_corrected: bool = False
