"""
What else there is to read on what an article tells of: the articles that have the words which tell most of it.

A word tells the more, the fewer articles hold it and the more often this one says it, in its title above all. Some of
these words are looked for, any of them; who shares more of them comes first. The same text on another portal has them
all: what repeats the sentences of the article, or of one that is shown before it, is left out.
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
from search.ranking import idf, saturated
from search.results import Hit
from search.tuning import Ranking

WORDS = 16
"""Words that are looked for."""

READ = 6_000
"""Characters of a body that are read: news tells in its first paragraphs what it is about."""

_OFTEN, _FEW = 20, 100
"""A word that more than one in so many articles hold, and more than so few, tells little, and is dear to look for."""

_SPARE = 12
"""Hits that are looked at beside those that are wanted, as some of them are the same text."""

_SHINGLE = 4
"""Words that follow each other are the same text where so many do."""

_SAME = 0.3
"""Two articles that share so much of the shorter one's text are the same: edited releases share .4 and more."""

_LEAST = 0.12
"""The share of the score of the article itself that a hit must have to be about the same."""


def similar(article: Article, engine: Engine, analyzer: Analyzer, ranking: Ranking, limit: int) -> list[Hit]:
    """Return the articles that are most like *article*, *limit* at most, the most alike first."""
    words = telling_words(article, engine, analyzer, ranking)
    if not words:
        return []
    page = engine.search(Query(AnyOf(words)), offset=0, limit=limit + _SPARE)
    own = next((hit.score for hit in page.hits if hit.article.id == article.id), page.hits[0].score)
    alike = [hit for hit in page.hits if hit.article.id != article.id and hit.score >= _LEAST * own]
    return list(islice(_different(article, alike), limit))


def telling_words(article: Article, engine: Engine, analyzer: Analyzer, ranking: Ranking) -> tuple[Term, ...]:
    """Return the words of *article* that tell most of it and that others hold too, the most telling first."""
    told, most = [], max(_FEW, engine.articles // _OFTEN)
    for stem, weight in _weights(article, analyzer).items():
        term = Term(schema.STEM, stem)
        holding = engine.holding(term)
        if 1 < holding <= most:
            told.append((idf(engine.articles, holding) * saturated(weight, 1, 1, ranking), stem, term))
    return tuple(term for _, _, term in nlargest(WORDS, told))


def _weights(article: Article, analyzer: Analyzer) -> dict[str, float]:
    """Return how often *article* has each word, those of its title counting more; function words tell nothing."""
    weights: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((article.title, schema.TITLE_WEIGHT), (article.body[:READ], 1.0)):
        for token in analyzer.analyze(text):
            for stem in token.stems if token.exact not in function_words() else ():
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
    words = text[:READ].lower().split()
    return frozenset(map(hash, zip(*(words[n:] for n in range(_SHINGLE)), strict=False)))


def _is_same(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) > _SAME * min(len(one), len(other))
