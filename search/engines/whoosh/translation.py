"""Our query tree as Whoosh's query classes."""

from datetime import date, datetime, time, timedelta

from whoosh import query as whoosh

from indexer import schema
from indexer.article import WIB
from search.query import (
    All,
    AnyOf,
    Everything,
    Except,
    Filters,
    Node,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Term,
)


def translated(node: Node, boost: float = 1.0) -> whoosh.Query:
    """Return *node* as a query of Whoosh, its scores times *boost*."""
    match node:
        case Term(field, text):
            return whoosh.Term(field, text, boost=boost)
        case Prefix(field, text):
            return whoosh.Prefix(field, text, boost=boost)
        case Phrase(field, terms):
            return whoosh.Phrase(field, list(terms), boost=boost)
        case All(nodes):
            return whoosh.And([translated(child, boost) for child in nodes])
        case AnyOf(nodes):
            return whoosh.Or([translated(child, boost) for child in nodes])
        case Prefer(child, bonus, weight):
            return whoosh.AndMaybe(translated(child, boost), translated(bonus, boost * weight))
        case Except(child, excluded):
            return whoosh.AndNot(translated(child, boost), translated(excluded))
        case Everything():
            return whoosh.Every()
        case Nothing():
            return whoosh.NullQuery


def translated_filters(filters: Filters) -> whoosh.Query | None:
    """Return *filters* as a query of Whoosh, or None where there are none."""
    parts = [
        whoosh.Or([whoosh.Term(field, schema.key(value)) for value in values])
        for field, values in filters.values.items()
    ]
    if filters.since or filters.until:
        first = _midnight(filters.since or date.min + timedelta(days=1))
        after = _midnight(filters.until + timedelta(days=1)) if filters.until and filters.until < date.max else None
        parts.append(whoosh.NumericRange(schema.PUBLISHED, first, after, endexcl=True))
    return whoosh.And(parts) if parts else None


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=WIB).timestamp())
