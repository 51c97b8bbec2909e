"""
What else there is to read on what an article tells of: the articles that have the words which tell most of it.

A word tells the more, the fewer articles hold it and the more often this one says it, in its title above all. Some of
these words are looked for, any of them; who shares more of them comes first. The same text on another portal has them
all: what is the same release is left out, and what repeats much of the article, or of one that is shown before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import islice

from indexer import schema
from indexer.analysis import Analyzer, function_words
from indexer.article import Article
from search.engines import Engine
from search.query import AnyOf, Query, Term
from search.ranking import idf
from search.results import Hit

WORDS = 16
"""Words that are looked for."""

_SATURATION = 4
"""A word that an article says so often tells half of what it would if it said it without end."""

READ = 2_000
"""Characters of a body that are read: news tells in its first paragraphs what it is about."""

_COMPARED = 4_000
"""Characters of a body that are compared with others."""

_OFTEN, _FEW = 20, 100
"""A word that more than one in so many articles hold, and more than so few, tells little, and is dear to look for."""

_SPARE = 3
"""Hits that are looked at beside those that are wanted, as some may be the same text."""

_LOOKS = 6
"""How often so many hits are looked at, where too many of those before were the same text."""

_SHINGLE = 4
"""Words that follow each other are the same text where so many do."""

_SAME = 0.5
"""
Two articles that share more of the shorter one's text are the same. Those on one event that quote the same statement
share up to .46, of 50 pairs of news that were looked at.
"""

_LEAST = 0.2
"""The share of the score of the article itself that a hit must have to be about the same."""


def similar(article: Article, engine: Engine, analyzer: Analyzer, limit: int) -> list[Hit]:
    """Return the articles that are most like *article*, *limit* at most, the most alike first."""
    words = telling_words(article, engine, analyzer)
    if not words:
        return []
    return list(islice(_different(article, _alike(article, Query(AnyOf(words)), engine, limit + _SPARE)), limit))


def _alike(article: Article, query: Query, engine: Engine, count: int) -> Iterator[Hit]:
    """Yield the hits of *query* that are about the same as *article* and not the same release, *count* at a time."""
    own = {article.id, *(hit.article.id for hit in engine.duplicates(article.id, limit=1).hits)}
    best = 0.0
    for look in range(_LOOKS):
        page = engine.search(query, offset=look * count, limit=count)
        if not page.hits:
            return
        best = best or max((hit.score for hit in page.hits if hit.article.id in own), default=page.hits[0].score)
        for hit in page.hits:
            if hit.score < _LEAST * best:
                return
            if hit.article.id not in own:
                yield hit
        if not page.more:
            return


def telling_words(article: Article, engine: Engine, analyzer: Analyzer) -> tuple[Term, ...]:
    """Return the words of *article* that tell most of it and that others hold too, the most telling first."""
    told, most = [], max(_FEW, engine.articles // _OFTEN)
    for stem, weight in _weights(article, analyzer).items():
        term = Term(schema.STEM, stem)
        holding = engine.holding(term)
        if 1 < holding <= most:
            told.append((idf(engine.articles, holding) * weight / (weight + _SATURATION), stem, term))
    return tuple(term for _, _, term in nlargest(WORDS, told))


def _weights(article: Article, analyzer: Analyzer) -> dict[str, float]:
    """Return how often *article* has each word, those of its title counting more; function words tell nothing."""
    weights: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((article.title, schema.TITLE_WEIGHT), (article.body[:READ], 1.0)):
        for token in analyzer.analyze(text):
            if token.exact not in function_words() and any(map(str.isalpha, token.exact)):
                for stem in token.stems:
                    weights[stem] += weight
    return weights


def _different(article: Article, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield those of *hits* that are another text than *article* and those before them."""
    known = [_shingles(article.body)]
    for hit in hits:
        own = _shingles(hit.article.body)
        if not any(_is_same(own, other) for other in known):
            known.append(own)
            yield hit


def _shingles(text: str) -> frozenset[int]:
    """Return the hashes of the words of *text*, so many that follow each other, from each on."""
    words = text[:_COMPARED].lower().split()
    return frozenset(map(hash, zip(*(words[n:] for n in range(_SHINGLE)), strict=False)))


def _is_same(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) > _SAME * min(len(one), len(other))
