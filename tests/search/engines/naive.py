"""The formula, article by article and word by word: what the arrays must come to."""

from collections.abc import Iterable

from indexer import schema
from indexer.article import WIB
from search.query import (
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
)
from search.query.matching import is_near, wildcard_pattern
from search.ranking import idf, saturated


class Naive:
    """Scores every article of an index for a query; only the statistics of the whole come from Whoosh's reader."""

    def __init__(self, articles, analyzer, searcher, ranking) -> None:
        self._articles = articles
        self._postings = {given.id: schema.postings(given, analyzer) for given in articles}
        self._searcher, self._ranking = searcher, ranking

    def scores(self, query) -> dict[str, float]:
        """Return the score of each article that matches."""
        found = {
            given.id: (given, self._score(query.tree, given, 1.0))
            for given in self._articles
            if _passes(given, query.filters)
        }
        return {
            name: score * _by_date(given, query.timeliness)
            for name, (given, score) in found.items()
            if score is not None
        }

    def _score(self, node, given, boost) -> float | None:
        match node:
            case Term(field, text):
                return self._term(field, text, given, boost)
            case Phrase(field, terms, slop):
                if not self._stands(field, terms, slop, given):
                    return None
                return sum(self._term(field, term, given, boost) for term in terms)
            case All(nodes):
                parts = [self._score(child, given, boost) for child in nodes]
                return None if None in parts else sum(parts)
            case AnyOf(nodes):
                parts = [part for child in nodes if (part := self._score(child, given, boost)) is not None]
                return sum(parts) if parts else None
            case Prefer(child, bonus, weight):
                own = self._score(child, given, boost)
                return None if own is None else own + (self._score(bonus, given, boost * weight) or 0)
            case Except(child, excluded):
                return None if self._score(excluded, given, boost) is not None else self._score(child, given, boost)
            case Everything():
                return boost
            case Nothing():
                return None
        return boost if any(_stands_for(node, text) for text in self._texts(node.field, given)) else None

    def _term(self, field, text, given, boost) -> float | None:
        weight = sum(posting.weight for posting in self._postings[given.id][field] if posting.term == text)
        if not weight:
            return None
        index = self._searcher
        length = len({(p.position, p.term) for p in self._postings[given.id][_lengths_of(field)]})
        factor = self._ranking.exact_weight if field == schema.EXACT else 1.0
        rarity = idf(index.doc_count_all(), index.doc_frequency(field, text))
        return boost * factor * rarity * saturated(weight, length, index.avg_field_length(field), self._ranking)

    def _stands(self, field, terms, slop, given) -> bool:
        ends = set(self._positions(field, terms[0], given))
        for term in terms[1:]:
            ends = {p for p in self._positions(field, term, given) if any(p - n in ends for n in range(1, slop + 2))}
        return bool(ends)

    def _positions(self, field, term, given) -> Iterable[int]:
        return [posting.position for posting in self._postings[given.id][field] if posting.term == term]

    def _texts(self, field, given) -> Iterable[str]:
        if field in schema.WORD_FIELDS:
            return {posting.term for posting in self._postings[given.id][field]}
        return [value for value in (schema.keys(given)[field],) if value]


def _by_date(given, timeliness) -> float:
    if timeliness is None:
        return 1.0
    published = int(given.published.timestamp()) if given.published else None
    return 1 + timeliness.weight * timeliness.share(published)


def _lengths_of(field) -> str:
    """Return the field in which each word of *field* stands once: a word has several stems, but one exact form."""
    return schema.EXACT if field == schema.STEM else field


def _stands_for(node, text) -> bool:
    match node:
        case Prefix(_, prefix):
            return text.startswith(prefix)
        case Wildcard(_, pattern):
            return wildcard_pattern(pattern).fullmatch(text) is not None
        case Fuzzy(_, word, distance):
            return is_near(word, text, distance)
        case Range(_, low, high):
            return low.encode() <= text.encode() and (not high or text.encode() <= high.encode())
    raise AssertionError(node)


def _passes(given, filters) -> bool:
    keys = schema.keys(given)
    day = given.published.astimezone(WIB).date() if given.published else None
    return (
        all(keys[field] in values for field, values in filters.values.items())
        and (not filters.since or (day is not None and filters.since <= day))
        and (not filters.until or (day is not None and day <= filters.until))
    )
