"""What an engine answers: a page of hits, or their ids alone, the total, and counts by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.article import Article
from search.query import Leaf, Timeliness


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched; *score* is comparable within one answer only, and 0 where hits are sorted by date."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of all matching articles have *value* in a key field."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the ranked hits; *total* counts all matching articles, *facets* has the highest counts first."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids alone of a stretch of the ranked hits; *total* counts all matching articles."""

    total: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one term, prefix or phrase of a query adds to the score of an article, or its date."""

    leaf: Leaf | Timeliness
    score: float
