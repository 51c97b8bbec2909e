"""Evaluates query trees over one segment, array by array."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.whoosh.codec.reading import OpenSegment
from search.deadline import checkpoint
from search.engines.whoosh import compiled
from search.engines.whoosh.cache import RecentlyUsed
from search.engines.whoosh.combining import adding, all_of, any_of, highest_of, preferring, scores_at, without
from search.engines.whoosh.expanding import Expansion, documents_of, expansion
from search.engines.whoosh.frequent import FREQUENT, FrequentWord
from search.engines.whoosh.leaves import TermScorer
from search.engines.whoosh.matches import UNIT, Matches, SparseMatches, matches_of, nothing
from search.engines.whoosh.nearness import Standing, standing
from search.engines.whoosh.phrases import PlaceMap, following
from search.engines.whoosh.statistics import Statistics
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Node,
    Nothing,
    Pattern,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
    Word,
    plain_words,
    word_of,
)
from search.ranking import AlikeWeights, alike_weights, telling
from search.tuning import Ranking

_WHOLE = 1 << 20  # bytes of what whole queries match: it is asked for again at once, and hardly ever after that

_OFTEN = 4
"""A word with so many times the documents of a rarer one is only looked for in these."""


class SegmentSearcher:
    """
    One segment, ready for queries; safe to share between threads.

    Deleted documents are found too, so that what is remembered stays true when more of them are deleted.
    """

    def __init__(self, segment: OpenSegment, statistics: Statistics, ranking: Ranking, cache: RecentlyUsed) -> None:
        """Search *segment*; what is read of single words, and found of them, is kept in *cache*."""
        self.segment = segment
        self.newest: Array = segment.columns.newest.whole()
        self._statistics, self._ranking = statistics, ranking
        self.terms = TermScorer(segment, statistics, ranking)
        self._map = PlaceMap(segment)
        self._cache = cache
        self._wholes = RecentlyUsed(_WHOLE)
        self._own = object()  # of whom a value is; with the searcher itself for that its segment would stay open

    @cached_property
    def latest(self) -> int:
        """The latest moment of publication, in seconds since 1970."""
        return int(self.segment.columns.published.whole().max(initial=MISSING_DATE))

    def matches(self, node: Node, boost: float = 1.0) -> Matches:
        """
        Return the documents that *node* matches, with their scores times *boost*.

        Raises:
            DeadlinePassed: there is no time left for another leaf.
        """
        checkpoint()
        match node:
            case (
                Prefer(Term(schema.STEM), Term(schema.EXACT))
                | Term()
                | Prefix()
                | Wildcard()
                | Fuzzy()
                | Range()
                | Phrase()
                | Alike()
                | Everything()
            ):
                return self._cache.get((self._own, node, boost), lambda: self._read(node, boost))
            case All(nodes):
                return self._all_of(nodes, boost)
            case AnyOf(nodes):
                return any_of([self.matches(child, boost) for child in nodes])
            case Prefer(child, bonus, weight):
                return preferring(self.matches(child, boost), self.matches(bonus, boost * weight))
            case Except(child, excluded):
                return without(self.matches(child, boost), self.matches(excluded))
            case Nothing():
                return nothing(self.segment.articles)

    def whole(self, node: Node) -> Matches:
        """Return the matches of a whole query: they are asked for twice where articles of one release are left out."""
        if isinstance(node, All | Except | Prefer):
            return self._wholes.get(node, lambda: self.matches(node))
        return self.matches(node)

    def holds(self, node: Node, documents: Array) -> Array:
        """Return for each of *documents*, which are ascending, whether *node* matches it; few words are read whole."""
        checkpoint()
        word = word_of(node)
        if isinstance(node, Alike):
            held: Array = np.logical_or.reduce([self.holds(one, documents) for one in (node.node, *node.others)])
            return held
        if word is None or self._cache.known((self._own, node, 1.0)):
            return self.matches(node).at(documents) > 0
        found: Array = self.terms.scores_at(word.stem, 1.0, documents) > 0
        return found

    def most(self, node: Node, least: int) -> int:
        """Return how many documents *node* can match at most, by its plain words; below *least* it is not looked on."""
        words = (
            [(word.stem, child) for child in node.nodes if (word := word_of(child))] if isinstance(node, All) else []
        )
        if len(words) < 2:  # noqa: PLR2004 - one word says no more than how many documents hold it
            return self.segment.articles
        words.sort(key=lambda word: self._holding(word[0].field, word[0].text))
        documents = self.matches(words[0][1]).documents
        for _, child in words[1:]:
            if len(documents) < least:
                break
            documents = documents[self.holds(child, documents)]
        return len(documents)

    def frequent(self, node: Node, boost: float = 1.0) -> FrequentWord | None:
        """Return the frequent word that *node* is, or None."""
        word = word_of(node)
        if word is None or self._holding(schema.STEM, word.stem.text) * FREQUENT < self.segment.articles:
            return None
        known = self.matches(node, boost) if self._cache.known((self._own, node, boost)) else None
        bound = known.bound if known else self.terms.bound(word, boost)
        return FrequentWord(self.segment, self.terms, word, boost, lambda: self.matches(node, boost), known, bound)

    def standing(self, node: Node, documents: Array) -> Standing | None:
        """
        Return what *documents*, which are ascending, gain by how the words of *node* stand in them.

        None where there are not two words, or no documents.
        """
        stems = tuple(dict.fromkeys(word.stem for word in plain_words(node)))
        if len(stems) < 2 or not len(documents):  # noqa: PLR2004 - one stands near nothing
            return None
        return self._cache.get((self._own, stems, documents.tobytes()), lambda: self._standing(stems, documents))

    def _standing(self, stems: Sequence[Term], documents: Array) -> Standing:
        rarity = np.array([self._statistics.rarity(stem) for stem in stems])
        words = [stem.text.encode() for stem in stems]
        found = compiled.standing(self.segment, words, rarity, documents)
        return Standing(*found) if found else standing(self._map, words, rarity, documents)

    def _all_of(self, nodes: Sequence[Node], boost: float) -> Matches:
        """Return the documents that all *nodes* match; frequent words are looked up for those of the others."""
        frequent = [self.frequent(child, boost) for child in nodes]
        lists = [self.matches(child, boost) for child, word in zip(nodes, frequent, strict=True) if word is None]
        words = sorted(
            (word for word in frequent if word), key=lambda word: self._holding(schema.STEM, word.word.stem.text)
        )
        found = all_of(lists) if lists else words.pop(0).read()
        for word in words:
            if found.count * _OFTEN < self._holding(schema.STEM, word.word.stem.text):
                found = adding(found, word.at(found.documents))
            else:
                found = all_of([found, word.read()])
        return found

    def _read(self, node: Node, boost: float) -> Matches:
        """Return the matches of a leaf, a word or everything."""
        match node:
            case Term():
                return self.terms.matches(node, boost)
            case Prefer(Term(schema.STEM) as stem, Term(schema.EXACT) as exact, weight):
                word = self.terms.word(Word(stem, exact, weight), boost)
                if word is not None:
                    return word
                return preferring(self._read(stem, boost), self.terms.matches(exact, boost * weight, like=stem))
            case Phrase(field, terms, slop):
                return self._phrase(field, terms, slop, boost)
            case Alike():
                weights = self.alike_weights(node)
                return highest_of([self.matches(node.node, boost * weights.node), *self.alike(node, weights, boost)])
            case Prefix() | Wildcard() | Fuzzy() | Range():
                return self._constant(documents_of(self.segment, node, self._expansion(node).numbers), boost)
        return self._constant(np.arange(self.segment.articles), boost)

    def is_cut(self, leaf: Pattern) -> bool:
        """Say whether *leaf* stands for more terms than it is looked for as."""
        return self._expansion(leaf).is_cut

    def _expansion(self, leaf: Pattern) -> Expansion:
        return self._cache.get((self._own, leaf), lambda: expansion(self.segment, leaf))

    def _phrase(self, field: str, terms: Sequence[str], slop: int, boost: float) -> Matches:
        if slop:
            documents = self._map.documents(field, following(self._words(field, terms), slop))
        else:
            documents, _ = self._row(field, terms)
        scores = np.zeros(len(documents), np.int32)
        for term in terms:
            scores += self._scores_at(Term(field, term), boost, documents)
        return SparseMatches(self.segment.articles, documents, scores)

    def _row(self, field: str, terms: Sequence[str]) -> tuple[Array, Array]:
        """Return the documents in which *terms* stand one right after the other, and how often (float32)."""
        found = self._map.row(field, [term.encode() for term in terms])
        return found or self._map.counted(field, following(self._words(field, terms), 0))

    def alike_weights(self, node: Alike) -> AlikeWeights:
        """Return what counts of *node* and of what means the same."""
        return alike_weights(node, self._statistics.rarity, self._ranking)

    def alike(self, node: Alike, weights: AlikeWeights, boost: float) -> list[Matches]:
        """Return the matches of each of the others of *node*, which mean the same, by the *weights* of it."""
        return [self._alike(other, boost * weights.others, weights.most) for other in node.others]

    def _alike(self, leaf: Term | Phrase, boost: float, most: float) -> Matches:
        """Return the matches of *leaf* as one word of its frequency that tells *most* at most."""
        words = leaf.terms if isinstance(leaf, Phrase) else (leaf.text,)
        documents, counts = self._row(leaf.field, words)
        told = boost * min(most, telling(leaf, self._statistics.rarity))
        return matches_of(self.segment.articles, documents, self.terms.alike(leaf.field, documents, counts, told))

    def _scores_at(self, term: Term, boost: float, documents: Array) -> Array:
        if len(documents) * _OFTEN < self._holding(term.field, term.text) and not self._cache.known(
            (self._own, term, boost)
        ):
            return self.terms.scores_at(term, boost, documents)
        return scores_at(self.matches(term, boost), documents)

    def _words(self, field: str, terms: Sequence[str]) -> list[Array]:
        """Return the places of each of *terms*; those of frequent ones within the documents of the rarest alone."""
        rarest, *others = sorted(set(terms), key=lambda term: self._holding(field, term))
        found = {rarest: self._places(field, rarest)}
        documents = self._map.documents(field, found[rarest])
        for term in others:
            if self._holding(field, term) < _OFTEN * len(documents) or self._cache.known((self._own, field, term)):
                found[term] = self._places(field, term)
            else:
                found[term] = self._map.places_within(field, term.encode(), documents)
        return [found[term] for term in terms]

    def _places(self, field: str, term: str) -> Array:
        return self._cache.get((self._own, field, term), lambda: self._map.places(field, term.encode())).places

    def _holding(self, field: str, term: str) -> int:
        return self._statistics.holding(field, term.encode())

    def _constant(self, documents: Array, boost: float) -> Matches:
        scores = np.full(len(documents), max(1, round(boost * UNIT)))
        return matches_of(self.segment.articles, documents, scores)
