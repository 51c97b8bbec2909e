"""
The arithmetic of the ranking: BM25 as Lucene defines it, over the one combined field of `indexer.schema`.

The weights of title and body are added up before this saturates them, which makes it BM25F.

A date adds a share of that score (`search.query.times.Timeliness`), to every article that matches.

The best articles by both are looked at once more: what several words of the query tell counts again, in part, where
they stand within `WINDOW` places (all of them but the one that tells most), where a word follows the one before it
within `NEXT` places, as in the query (the one of both that tells more, each pair once), and by how early the body has
each (`EARLY` / (`EARLY` + place)).
"""

from collections.abc import Callable
from math import log
from typing import NamedTuple

from search.query import Alike, All, AnyOf, Meaning, Node, Phrase, Prefer, Term
from search.tuning import Ranking

WINDOW = 15
"""Words within so many places are near each other: a clause or a short sentence."""

NEXT = 2
"""A word follows another where it comes so many places later at most: a function word may stand between."""

EARLY = 30
"""A word that the body has at this place first counts half as early as its very first word; a lead has 30 words."""


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


def telling(node: Node, rarity: Callable[[Term], float]) -> float:
    """
    Return what *node* tells as a whole: of words that are joined the sum, of a phrase what its rarest word does.

    *rarity* says what a single term tells; what stands for many terms tells 1.
    """
    match node:
        case Term():
            return rarity(node)
        case Phrase(field, terms):
            return max(rarity(Term(field, term)) for term in terms)
        case All(nodes) | AnyOf(nodes):
            return sum(telling(child, rarity) for child in nodes)
        case Prefer(child, _) | Alike(child, _):
            return telling(child, rarity)
    return 1.0


class AlikeWeights(NamedTuple):
    """
    What counts of things that mean the same.

    How many times the score of the *node* counts; what each of the *others* tells at *most*, and how many times that
    counts.
    """

    node: float
    most: float
    others: float


def alike_weights(alike: Alike, rarity: Callable[[Term], float], ranking: Ranking) -> AlikeWeights:
    """
    Return what counts of *alike*.

    Other ways to write a word count as if they had been typed. Where the index mostly writes it so, it tells no more
    than that: "ibukota", which is rarer than "ibu kota", would outweigh it, and all other words of the query.
    """
    told = most = telling(alike.node, rarity)
    if alike.meaning is not Meaning.SPELLING:
        return AlikeWeights(1.0, told, alike.weight)
    if alike.is_unusual:
        most = min(told, telling(alike.others[0], rarity))
    return AlikeWeights(most / told if told else 1.0, most, alike.weight * (1 + ranking.exact_weight))
