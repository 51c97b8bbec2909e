"""The query tree: what engines evaluate and the highlighter reads. Fields and terms are those of `indexer.schema`."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from indexer import schema


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


class Meaning(StrEnum):
    """Why something means the same: it is another way to write it, its short or long form, or a synonym."""

    SPELLING = "spelling"
    SHORT_FORM = "short_form"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class Alike:
    """
    Articles that *node* matches, or one of *others*, which mean the same; the highest of the scores counts.

    Each of *others* counts as one word of its frequency that tells no more than *node* does, times *weight*. Other ways
    to write *node* are that word; *is_unusual* says that the index writes it more often as the first of them: see
    `search.ranking.alike_weights`.
    """

    node: "Node"
    others: tuple["Term | Phrase", ...]
    weight: float = 1.0
    meaning: Meaning = Meaning.SPELLING
    is_unusual: bool = False


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
