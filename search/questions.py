"""What somebody wants to know, and how: the values that a request or a command is read into."""

from dataclasses import dataclass, replace
from enum import StrEnum

from search.cursors import Cursor, digest
from search.query import NO_FILTERS, Filters, Moment, Sort

SHOWN_FIELDS = ("title", "body")
"""What of an article may be shown with marks."""

MOST_FRAGMENTS = 10
"""Passages of one article that a request may ask for."""

FACETS = {
    "source": "source_key",
    "author": "author_key",
    "category": "category_key",
    "tag": "tag_key",
    "language": "language_key",
    "year": "year_key",
    "month": "month_key",
}
"""The names by which a question filters and counts, and the key fields behind them."""


class Mode(StrEnum):
    """Which of the words must be found: all; any; or all, and any where few articles hold all."""

    AUTO = "auto"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What somebody wants to know.

    *page* counts from 1. *facets* are names of `FACETS`. *fields* are what is shown with marks, *fragments* how many
    passages in the place of the setting. *explain* asks what each term adds to the scores, of the first ten hits of the
    page. *correct*: whether a query without hits is answered as it may have been meant. *collapse*: whether of the
    articles that are one release only one is a hit. It is asked at *moment*, or now; with *cursor* it goes on where a
    page ended.
    """

    text: str
    page: int
    per_page: int
    mode: Mode = Mode.AUTO
    sort: Sort = Sort.RELEVANCE
    filters: Filters = NO_FILTERS
    facets: tuple[str, ...] = ()
    highlight: bool = True
    fields: tuple[str, ...] = SHOWN_FIELDS
    fragments: int | None = None
    explain: bool = False
    correct: bool = True
    collapse: bool = True
    moment: Moment | None = None
    cursor: Cursor | None = None

    @property
    def asked(self) -> bytes:
        """What a question must have in common with one that it goes on with."""
        filters = self.filters
        values = sorted((name, sorted(values)) for name, values in filters.values.items())
        limits = values, filters.since, filters.until
        return digest(self.text, self.mode, self.sort, limits, self.correct, self.collapse)

    def continued(self, cursor: Cursor) -> "Question":
        """Return this question, asked at the moment of *cursor*, from its place on."""
        return replace(self, page=cursor.page, moment=cursor.moment, cursor=cursor)
