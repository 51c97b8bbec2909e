"""The oracle: Whoosh's own searcher over the same index, asked the same by Whoosh's own query classes."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from whoosh import matching, scoring
from whoosh import query as whoosh

from indexer import schema
from indexer.article import WIB
from search.query import (
    Alike,
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
    Range,
    Term,
    Wildcard,
)
from search.ranking import idf, saturated
from search.tuning import Ranking


def translated(node: Node, boost: float = 1.0) -> whoosh.Query:
    """Return *node* as a query of Whoosh, its scores times *boost*."""
    match node:
        case All(nodes):
            return whoosh.And([translated(child, boost) for child in nodes])
        case AnyOf(nodes):
            return whoosh.Or([translated(child, boost) for child in nodes])
        case Prefer(child, bonus, weight):
            return whoosh.AndMaybe(translated(child, boost), translated(bonus, boost * weight))
        case Alike(child, others, weight):
            return whoosh.Or([translated(child, boost), *(translated(other, boost * weight) for other in others)])
        case Except(child, excluded):
            return Without(translated(child, boost), translated(excluded))
        case Everything():
            return whoosh.Every()
        case Nothing():
            return whoosh.NullQuery
    return _leaf(node, boost)


def _leaf(leaf: Leaf, boost: float) -> whoosh.Query:
    match leaf:
        case Term(field, text):
            return whoosh.Term(field, text, boost=boost)
        case Prefix(field, text):
            return whoosh.Prefix(field, text, boost=boost)
        case Wildcard(field, text):
            return whoosh.Wildcard(field, text, boost=boost)
        case Fuzzy(field, text, distance):
            return whoosh.FuzzyTerm(field, text, boost=boost, maxdist=distance, prefixlength=1)
        case Range(field, low, high):
            return whoosh.TermRange(field, low, high or None, boost=boost)
        case Phrase(field, terms, slop):
            return whoosh.Phrase(field, list(terms), slop=slop + 1, boost=boost)


class Without(whoosh.AndNot):
    """
    As `AndNot`, by way of sets.

    The matcher of Whoosh's own lets the first document pass if the excluded ones begin before it, and reads on where
    nothing is left (all three distributions).
    """

    def matcher(self, searcher, context=None) -> matching.Matcher:
        """Return a matcher of what is left."""
        found = set(self.a.matcher(searcher, context).all_ids()) - set(self.b.matcher(searcher, context).all_ids())
        return matching.ListMatcher(sorted(found), [1.0] * len(found))


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


class Bm25f(scoring.WeightingModel):
    """Scores the fields of words by `search.ranking`; a match in any other field counts nothing."""

    def __init__(self, ranking: Ranking) -> None:
        """Score with the knobs of *ranking*."""
        self._ranking = ranking
        self._factors: Mapping[str, float] = {schema.EXACT: ranking.exact_weight}

    def scorer(self, searcher, fieldname: str, text: bytes, qf: float = 1) -> scoring.BaseScorer:
        """Return the scorer of one term in one segment, with the statistics of the whole index."""
        if fieldname not in schema.WORD_FIELDS:
            return scoring.WeightScorer(0.0)
        index = searcher.get_parent()
        factor = (
            qf * self._factors.get(fieldname, 1.0) * idf(index.doc_count_all(), index.doc_frequency(fieldname, text))
        )
        return _TermScorer(searcher, fieldname, factor, index.avg_field_length(fieldname), self._ranking)


class _TermScorer(scoring.BaseScorer):
    """Scores the occurrences of one term in the articles of one segment."""

    def __init__(self, searcher, field: str, factor: float, average: float, ranking: Ranking) -> None:
        self._searcher = searcher
        self._field = field
        self._factor = factor
        self._average = average
        self._ranking = ranking

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher) -> float:
        length = self._searcher.doc_field_length(matcher.id(), self._field, 1)
        return self._factor * saturated(matcher.weight(), length, self._average, self._ranking)

    def max_quality(self) -> float:
        return self._factor
