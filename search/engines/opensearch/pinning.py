"""Hits that are pinned to a query: before all others, and passed over by a page that goes on after them."""

from collections.abc import Sequence
from dataclasses import replace

from search.query import Query
from search.results import Hit


def after_pinned(pinned: Sequence[Hit], query: Query) -> tuple[Sequence[Hit], Query]:
    """Return those of *pinned* that come after the place from which *query* goes on, and how it goes on after these."""
    if query.after is None or not pinned:
        return pinned, query
    ids = [hit.article.id for hit in pinned]
    if query.after.id not in ids:  # a page after the last of them
        return [], query
    return pinned[ids.index(query.after.id) + 1 :], replace(query, after=None)
