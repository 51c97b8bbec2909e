"""The formula, article by article and word by word: what the arrays must come to."""

from collections.abc import Iterable
from itertools import pairwise

from indexer import schema
from indexer.article import WIB
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Meaning,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
    plain_words,
    word_of,
)
from search.query.matching import is_near, wildcard_pattern
from search.ranking import EARLY, NEXT, WINDOW, idf, saturated, telling


class Naive:
    """Scores every article of an index for a query; only the statistics of the whole come from Whoosh's reader."""

    def __init__(self, articles, analyzer, searcher, ranking) -> None:
        self._articles = articles
        self._postings = {given.id: schema.postings(given, analyzer) for given in articles}
        self._searcher, self._ranking = searcher, ranking

    def scores(self, query) -> dict[str, float]:
        """Return the score of each article that matches, all of them being looked at for how the words stand."""
        found = {
            given.id: (given, self._score(query.tree, given, 1.0))
            for given in self._articles
            if _passes(given, query.filters)
        }
        return {
            name: score * _by_date(given, query.timeliness) + self._standing(query.tree, given)
            for name, (given, score) in found.items()
            if score is not None
        }

    def _standing(self, tree, given) -> float:
        """Return what the words of *tree* add by how they stand in an article."""
        stems = list(dict.fromkeys(word.stem for word in plain_words(tree)))
        if len(stems) < 2:
            return 0.0
        told = [self._rarity(stem) for stem in stems]
        at = [sorted(self._positions(schema.STEM, stem.text, given)) for stem in stems]
        return (
            self._ranking.near_weight * _near(at, told)
            + self._ranking.order_weight * _ordered(at, told)
            + self._ranking.early_weight * _early(at, told)
        )

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
            case Prefer(child, _, _):
                own = self._score(child, given, boost)
                return None if own is None else own + self._bonus(node, given, boost)
            case Alike(child, _, _):
                told = telling(child, self._rarity)
                most = self._most(node, told)
                scores = [self._score(child, given, boost * (most / told)), *self._others(node, given, boost, most)]
                return max((score for score in scores if score is not None), default=None)
            case Except(child, excluded):
                return None if self._score(excluded, given, boost) is not None else self._score(child, given, boost)
            case Nothing():
                return None
        return (
            boost
            if isinstance(node, Everything) or any(_stands_for(node, text) for text in self._texts(node.field, given))
            else None
        )

    def _bonus(self, prefer, given, boost) -> float:
        if word := word_of(prefer):
            return self._term(schema.EXACT, word.exact.text, given, boost * word.weight, like=word.stem) or 0
        return self._score(prefer.bonus, given, boost * prefer.weight) or 0

    def _most(self, node, told) -> float:
        """Return what each part of *node*, which tells *told*, tells at most."""
        return min(told, telling(node.others[0], self._rarity)) if node.is_unusual else told

    def _others(self, node, given, boost, most) -> list[float | None]:
        weight = node.weight * (1 + self._ranking.exact_weight * (node.meaning is Meaning.SPELLING))
        return [self._alike(other, given, boost * weight, most) for other in node.others]

    def _alike(self, leaf, given, boost, most) -> float | None:
        """Return the score of *leaf* as one word of its frequency that tells *most* at most."""
        words = leaf.terms if isinstance(leaf, Phrase) else (leaf.text,)
        places = [set(self._positions(leaf.field, word, given)) for word in words]
        count = sum(all(first + n in own for n, own in enumerate(places)) for first in places[0])
        told = min(most, telling(leaf, self._rarity))
        return boost * told * self._saturated(leaf.field, count, given) if count else None

    def _rarity(self, term) -> float:
        index = self._searcher
        return idf(index.doc_count_all(), index.doc_frequency(term.field, term.text))

    def _saturated(self, field, weight, given) -> float:
        length = len({(p.position, p.term) for p in self._postings[given.id][_lengths_of(field)]})
        return saturated(weight, length, self._searcher.avg_field_length(field), self._ranking)

    def _term(self, field, text, given, boost, like=None) -> float | None:
        weight = sum(posting.weight for posting in self._postings[given.id][field] if posting.term == text)
        if not weight:
            return None
        factor = self._ranking.exact_weight if field == schema.EXACT else 1.0
        return boost * factor * self._rarity(like or Term(field, text)) * self._saturated(field, weight, given)

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


def _near(at, told) -> float:
    """Return what the words of the best window tell beside the one that tells most."""
    ends = {place for own in at for place in own}
    windows = [
        sum(t for own, t in zip(at, told, strict=True) if any(end - WINDOW < place <= end for place in own))
        for end in ends
    ]
    return max(windows) - max(t for own, t in zip(at, told, strict=True) if own) if ends else 0.0


def _ordered(at, told) -> float:
    """Return what the pairs tell of which the second word comes next after the first, no other word between them."""
    places = sorted({(place, word) for word, own in enumerate(at) for place in own})
    pairs = {
        word
        for (place, word), (later, following) in pairwise(places)
        if following == word + 1 and later - place <= NEXT
    }
    return sum(max(told[word], told[word + 1]) for word in pairs)


def _early(at, told) -> float:
    """Return what the words tell, the less the later the body first has them."""
    body = [[place - schema.BODY_GAP for place in own if place >= schema.BODY_GAP] for own in at]
    return sum(t * EARLY / (EARLY + min(own)) for own, t in zip(body, told, strict=True) if own)
