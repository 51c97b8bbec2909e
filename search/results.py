"""What an engine answers: a page of hits, or their ids alone, the total, counts by field, and what it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from indexer import schema
from indexer.article import Article
from search.query.tree import Fuzzy, Leaf, Phrase, Term


@dataclass(frozen=True, slots=True)
class Hit:
    """
    An article that matched, or that is pinned to the query.

    *score* is comparable within one answer only, and 0 where hits are sorted by date. *duplicates* counts the other
    articles of the index that are the same release.
    """

    article: Article
    score: float
    duplicates: int = 0
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of all matching articles have *value* in a key field."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """
    A stretch of the ranked hits, and whether *more* follow.

    *total* counts all that match, as groups, *facets* has the highest counts first.
    """

    total: int
    hits: tuple[Hit, ...]
    more: bool = False
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)


class Reason(StrEnum):
    """
    Why something adds to a score: what is like the query, from the most alike on; then how words stand, and the date.

    The last two add nothing: that an article is pinned, and that it lacks a word.
    """

    EXACT = "exact"
    STEM = "stem"
    SPELLING = "spelling"
    SHORT_FORM = "short_form"
    SYNONYM = "synonym"
    CORRECTION = "correction"
    PHRASE = "phrase"
    PATTERN = "pattern"
    FIELD = "field"
    NEAR = "near"
    ORDER = "order"
    EARLY = "early"
    DATE = "date"
    ALL = "all"
    PIN = "pin"
    LACKING = "lacking"


def reason_of(leaf: Leaf) -> Reason:
    """Return why *leaf* adds to a score where it stands for itself."""
    match leaf:
        case Term(schema.STEM, _):
            return Reason.STEM
        case Term(schema.EXACT, _):
            return Reason.EXACT
        case Term():
            return Reason.FIELD
        case Phrase():
            return Reason.PHRASE
        case Fuzzy():
            return Reason.CORRECTION
    return Reason.PATTERN


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids alone of a stretch of the ranked hits; *total* counts all that match."""

    total: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """
    What a part of a query adds to the score of an article: its *field* and *text*, and for which *reason*.

    *typed* is that part as it was typed; empty where it is no word.
    """

    field: str
    text: str
    reason: Reason
    score: float
    typed: str = ""


class Known(NamedTuple):
    """A word, a phrase or a title that an index has, and how many articles hold it."""

    text: str
    articles: int
