"""The query tree: what engines evaluate and the highlighter reads. Fields and terms are those of `indexer.schema`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from indexer import schema
from search.query.times import Timeliness


@dataclass(frozen=True, slots=True)
class Term:
    """Articles that hold the term *text* in *field*."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles that hold a term in *field* that begins with *text*."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Articles that hold a term in *field* like *text*, in which ``*`` is any letters, or none, and ``?`` is one."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """
    Articles that hold a term in *field* that *distance* changes of a letter, or fewer, make of *text*.

    A change puts a letter in, takes one out, or exchanges one (Levenshtein); the first letter must be the same.
    """

    field: str
    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Range:
    """Articles that hold a term in *field* from *low* to *high*, both included, in the order of their bytes."""

    field: str
    low: str
    high: str

    @property
    def text(self) -> str:
        """The range as it is written."""
        return f"{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles that hold *terms* in *field* in this order, with *slop* other words at most between two of them."""

    field: str
    terms: tuple[str, ...]
    slop: int = 0

    @property
    def text(self) -> str:
        """The terms as one text."""
        return " ".join(self.terms)


@dataclass(frozen=True, slots=True)
class All:
    """Articles that each of *nodes* matches; the scores add up."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that one of *nodes* matches; the scores add up."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Prefer:
    """Articles that *node* matches; where *bonus* matches too its score is added, times *weight*."""

    node: "Node"
    bonus: "Node"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Alike:
    """
    Articles that *node* matches, or one of *others*, which mean the same; the highest of the scores counts.

    Each of *others* counts as one word of its frequency that tells no more than *node* does, times *weight*.
    """

    node: "Node"
    others: tuple["Term | Phrase", ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Except:
    """Articles that *node* matches and *excluded* does not."""

    node: "Node"
    excluded: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles, with the same score."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


Pattern = Prefix | Wildcard | Fuzzy | Range
"""What stands for many terms of an index."""

Leaf = Term | Pattern | Phrase
Node = Leaf | All | AnyOf | Prefer | Alike | Except | Everything | Nothing


class Sort(StrEnum):
    """The order of the hits; articles without a date come last, equal ones by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What hits are limited to.

    *values* maps a key field to the values of which one must be the article's. *since* and *until* are days in
    Western Indonesian Time, both included.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Say whether anything is filtered."""
        return bool(self.values or self.since or self.until)

    def without(self, field: str) -> "Filters":
        """Return these filters without that of the key field *field*, if there is one."""
        return replace(self, values={name: values for name, values in self.values.items() if name != field})


NO_FILTERS = Filters()


class Place(NamedTuple):
    """Where in the order of the hits one is: its score, when it was *published* in seconds since 1970, and its id."""

    score: float
    published: int | None
    id: str


@dataclass(frozen=True, slots=True)
class Query:
    """
    All that an engine needs to know: the tree, the limits, the order, and the key fields to count by.

    *timeliness* is what dates add to scores; it counts only where hits are sorted by relevance. *collapse*: whether of
    the articles that are one release only one is a hit. Where there is a place *after* which hits are wanted, only
    those are given; all of them are counted.
    """

    tree: Node
    filters: Filters = NO_FILTERS
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = ()
    timeliness: Timeliness | None = None
    collapse: bool = True
    after: Place | None = None


def leaves(node: Node, *, bonus: bool = True) -> Iterator[Leaf]:
    """
    Yield the leaves for which a hit can have been found, in the order of the query.

    *bonus*: whether those count that only add to the score.
    """
    match node:
        case Term() | Prefix() | Wildcard() | Fuzzy() | Range() | Phrase():
            yield node
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from leaves(child, bonus=bonus)
        case Prefer(child, extra):
            yield from leaves(child, bonus=bonus)
            yield from leaves(extra) if bonus else ()
        case Alike(child, others):
            yield from leaves(child, bonus=bonus)
            yield from others
        case Except(child, _):
            yield from leaves(child, bonus=bonus)
        case Everything() | Nothing():
            pass


def parts_of(node: Node) -> Iterator[Node]:
    """Yield the words and leaves of *node*, excluded ones too."""
    if word_of(node):
        yield node
        return
    match node:
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from parts_of(child)
        case Prefer(child, other) | Except(child, other):
            yield from parts_of(child)
            yield from parts_of(other)
        case Alike(child, others):
            yield from parts_of(child)
            yield from others
        case Term() | Prefix() | Wildcard() | Fuzzy() | Range() | Phrase():
            yield node


def patterns(node: Node) -> Iterator[Pattern]:
    """Yield the patterns of *node*, excluded ones too."""
    return (part for part in parts_of(node) if isinstance(part, Pattern))


class Word(NamedTuple):
    """A plain word of a query: its stem, and its exact form, which is preferred with *weight*."""

    stem: Term
    exact: Term
    weight: float


def word_of(node: Node) -> Word | None:
    """Return the plain word that *node* is, or None."""
    match node:
        case Prefer(Term(schema.STEM) as stem, Term(schema.EXACT) as exact, weight):
            return Word(stem, exact, weight)
    return None


def plain_words(node: Node) -> Iterator[Word]:
    """Yield the plain words that add to the score of a hit, in the order of the query, those that only add last."""
    if word := word_of(node):
        yield word
        return
    match node:
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from plain_words(child)
        case Prefer(child, bonus):
            yield from plain_words(child)
            yield from plain_words(bonus)
        case Alike(child, _) | Except(child, _):
            yield from plain_words(child)


def typed(node: Node) -> str:
    """Return *node* as a reader types it, without what else it means."""
    if word := word_of(node):
        return word.exact.text
    match node:
        case All(nodes) | AnyOf(nodes):
            return " ".join(map(typed, nodes))
        case Prefer(child, _) | Alike(child, _):
            return typed(child)
        case Prefix(_, text):
            return f"{text}*"
        case Fuzzy(_, text, distance):
            return f"{text}~{distance if distance > 1 else ''}"
    return next((leaf.text for leaf in leaves(node)), "")
