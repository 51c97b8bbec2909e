"""The query language: what a reader types -> a tree of terms that any engine can evaluate."""

from search.query.expansion import Expansions
from search.query.parser import parse
from search.query.tree import (
    NO_FILTERS,
    All,
    AnyOf,
    Everything,
    Except,
    Filters,
    Fuzzy,
    Leaf,
    Node,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Range,
    Sort,
    Term,
    Wildcard,
    leaves,
)

__all__ = [
    "NO_FILTERS",
    "All",
    "AnyOf",
    "Everything",
    "Except",
    "Expansions",
    "Filters",
    "Fuzzy",
    "Leaf",
    "Node",
    "Nothing",
    "Phrase",
    "Prefer",
    "Prefix",
    "Query",
    "Range",
    "Sort",
    "Term",
    "Wildcard",
    "leaves",
    "parse",
]
