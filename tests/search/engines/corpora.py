"""Random corpora and query trees from a seed, the same at each run, for whatever engine is asked."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from indexer import schema
from indexer.article import Article
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Filters,
    Fuzzy,
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
)
from tests.building import article

WORDS = (
    "tani petani pertanian bertani padi sawah tanam menanam penanaman air pengairan di yang dan COVID-19 24,5".split()
)
STEMS = ("tani", "padi", "sawah", "tanam", "air", "di", "yang", "covid19", "19", "24", "tidak-ada")
FORMS = ("petani", "pertanian", "padi", "menanam", "pengairan", "di", "covid19", "covid", "24.5", "tidak-ada")
SOURCES = ("Kabar", "Warta", "")
DAY = datetime(2026, 8, 1, tzinfo=UTC)

_DEEP = 3  # joints of a tree at most, one within the other


def corpus(random: Random, size: int) -> list[Article]:
    """Return *size* articles of few words, so that every query finds some; some have no date or no source."""
    return [_article(random, str(number)) for number in range(size)]


def queries(random: Random, size: int) -> list[Query]:
    """Return *size* queries; every kind of node, limit and order is among them."""
    orders = list(Sort)
    return [
        Query(tree(random), _filters(random), random.choice(orders), ("source_key",), collapse=False)
        for _ in range(size)
    ]


def worded(random: Random, size: int) -> list[Query]:
    """Return *size* queries of one to three plain words, any of which may be found."""
    return [Query(AnyOf(tuple(_plain(random) for _ in range(random.randint(1, 3))))) for _ in range(size)]


def tree(random: Random, deep: int = _DEEP) -> Node:
    """Return a tree with joints *deep* at most."""
    return random.choice(_LEAVES if not deep or random.random() < 0.3 else _JOINTS)(random, deep - 1)


def _article(random: Random, name: str) -> Article:
    published = (DAY + timedelta(days=random.randrange(5))).isoformat() if random.random() < 0.8 else None
    title, body = (" ".join(random.choices(WORDS, k=random.randint(1, most))) for most in (6, 25))
    return article(name, title, body, source=random.choice(SOURCES), published=published)


def _filters(random: Random) -> Filters:
    if random.random() < 0.6:
        return Filters()
    if random.random() < 0.5:
        return Filters({"source_key": tuple(random.sample(SOURCES[:2], random.randint(1, 2)))})
    first = DAY.date() + timedelta(random.randint(-1, 3))
    return Filters(since=first, until=first + timedelta(random.randint(0, 3)))


def _word(random: Random) -> Term:
    field = random.choice([schema.STEM, schema.TITLE, schema.EXACT])
    return Term(field, random.choice(FORMS if field == schema.EXACT else STEMS))


def _plain(random: Random) -> Node:
    return Prefer(Term(schema.STEM, random.choice(STEMS)), Term(schema.EXACT, random.choice(FORMS)))


def _phrase(random: Random, *, slop: int) -> Phrase:
    field, words = random.choice([(schema.EXACT, FORMS), (schema.STEM, STEMS)])
    return Phrase(field, tuple(random.choices(words, k=random.randint(2, 3))), slop)


def _children(random: Random, deep: int) -> tuple[Node, ...]:
    return tuple(tree(random, deep) for _ in range(random.randint(1, 3)))


_Made = Callable[[Random, int], Node]
_LEAVES: Sequence[_Made] = (
    lambda random, _: _word(random),
    lambda random, _: _plain(random),
    lambda random, _: Prefix(schema.EXACT, random.choice(["pe", "pen", "t", "s", "zz", "24"])),
    lambda random, _: Prefix(schema.TITLE, random.choice(["ta", "a", "zz"])),
    lambda random, _: Wildcard(schema.EXACT, random.choice(["*an", "p?di", "pe*n", "*", "t?n*"])),
    lambda random, _: Fuzzy(
        schema.EXACT, random.choice(["padu", "petaniii", "sawa", "ai", "pdai"]), random.randint(1, 2)
    ),
    lambda random, _: Range(schema.STEM, random.choice(["a", "padi", "q"]), random.choice(["", "sawah", "tan"])),
    lambda random, _: Range("year_key", random.choice(["2025", "2026"]), random.choice(["2026", "2030"])),
    lambda random, _: _phrase(random, slop=random.randint(0, 3)),
    lambda random, _: _phrase(random, slop=0),
    lambda _random, _: Everything(),
    lambda _random, _: Nothing(),
)
_JOINTS: Sequence[_Made] = (
    lambda random, deep: All(_children(random, deep)),
    lambda random, deep: AnyOf(_children(random, deep)),
    lambda random, deep: Prefer(tree(random, deep), tree(random, deep), random.choice([1.0, 0.2])),
    lambda random, deep: Alike(tree(random, deep), (_word(random), _phrase(random, slop=0)), 0.5),
    lambda random, deep: Except(tree(random, deep), tree(random, deep)),
)
