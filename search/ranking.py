"""
The arithmetic of the ranking: BM25 as Lucene defines it, over the one combined field of `indexer.schema`.

The weights of title and body are added up before this saturates them, which makes it BM25F.
"""

from math import log

from search.settings import Ranking


def idf(articles: int, holding: int) -> float:
    """
    Return what a term tells that *holding* of *articles* hold; always positive.

    >>> round(idf(1000, 1), 3), round(idf(1000, 1000), 6)
    (6.503, 0.0005)
    """
    return log(1 + (articles - holding + 0.5) / (holding + 0.5))


def saturated(weight: float, length: float, average: float, ranking: Ranking) -> float:
    """
    Return how much a term of *weight* (its weighted occurrences) counts in an article of *length* terms, below 1.

    *average* is the mean length of the articles in the index.
    """
    norm = 1 - ranking.b + ranking.b * length / average if average else 1.0
    return weight / (weight + ranking.k1 * norm) if weight else 0.0
