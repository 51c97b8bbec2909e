"""All that an engine is asked: a tree, and to what its hits are limited, how they are sorted, where they begin."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from search.query.times import Timeliness
from search.query.tree import Node


class Sort(StrEnum):
    """The order of the hits; articles without a date come last, equal ones by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What hits are limited to.

    *values* maps a key field to the values of which one must be the article's. *since* and *until* are days in
    Western Indonesian Time, both included.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Say whether anything is filtered."""
        return bool(self.values or self.since or self.until)

    def without(self, field: str) -> "Filters":
        """Return these filters without that of the key field *field*, if there is one."""
        return replace(self, values={name: values for name, values in self.values.items() if name != field})


NO_FILTERS = Filters()


class Place(NamedTuple):
    """Where in the order of the hits one is: its score, when it was *published* in seconds since 1970, and its id."""

    score: float
    published: int | None
    id: str


@dataclass(frozen=True, slots=True)
class Query:
    """
    All that an engine needs to know: the tree, the limits, the order, and the key fields to count by.

    *timeliness* is what dates add to scores; it counts only where hits are sorted by relevance. *collapse*: whether of
    the articles that are one release only one is a hit. Where there is a place *after* which hits are wanted, only
    those are given; all of them are counted. The articles of the ids *pinned* are found too, if the limits let them
    through; there they come first, in this order.
    """

    tree: Node
    filters: Filters = NO_FILTERS
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = ()
    timeliness: Timeliness | None = None
    collapse: bool = True
    after: Place | None = None
    pinned: tuple[str, ...] = ()
