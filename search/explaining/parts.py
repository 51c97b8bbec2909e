"""The parts of a score, with how often what each of them is about stands in the article."""

from collections.abc import Iterable
from typing import NamedTuple

from indexer import schema
from indexer.analysis import Analyzer, Token
from indexer.article import Article
from search.passages.marks import occurrences
from search.query import Leaf, Node, leaves
from search.results import Contribution, Reason

_IN_BODIES = frozenset({schema.STEM, schema.EXACT})
_IN_TITLES = _IN_BODIES | {schema.TITLE}
_OF_SEVERAL = frozenset({Reason.NEAR, Reason.ORDER, Reason.EARLY, Reason.DATE, Reason.ALL, Reason.PIN})
"""Reasons that are about no single word."""


class Part(NamedTuple):
    """What adds to a score, and how often it is in the title and in the body; None where that cannot be said."""

    contribution: Contribution
    in_title: int | None = None
    in_body: int | None = None


class Counter:
    """Counts what the tree of a query asks for in one article."""

    def __init__(self, tree: Node, article: Article, analyzer: Analyzer) -> None:
        """Count the leaves of *tree* in *article*, which *analyzer* reads."""
        self._leaves = {(leaf.field, leaf.text): leaf for leaf in leaves(tree)}
        self._title, self._body = analyzer.analyze(article.title), analyzer.analyze(article.body)

    def parts(self, contributions: Iterable[Contribution]) -> tuple[Part, ...]:
        """Return *contributions* with how often what they are about is in the article."""
        return tuple(self._part(contribution) for contribution in contributions)

    def _part(self, found: Contribution) -> Part:
        leaf = self._leaves.get((found.field, found.text))
        if leaf is None or found.reason in _OF_SEVERAL:
            return Part(found)
        return Part(found, _count(leaf, self._title, _IN_TITLES), _count(leaf, self._body, _IN_BODIES))


def _count(leaf: Leaf, tokens: list[Token], fields: frozenset[str]) -> int | None:
    return occurrences(leaf, tokens) if leaf.field in fields else None


def pin_of(is_pinned: bool) -> tuple[Contribution, ...]:  # noqa: FBT001 - what it is about
    """Return that an article comes first as it *is_pinned*, if it is; that is no part of a score."""
    return (Contribution("", "", Reason.PIN, 0.0),) if is_pinned else ()
