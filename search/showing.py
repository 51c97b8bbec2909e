"""What is shown of the hits of a page: titles and passages with marks, and what makes up their scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.analysis import Analyzer
from search.deadline import checkpoint
from search.engines import Engine
from search.explaining.parts import Counter, Part, pin_of
from search.passages.highlight import Highlighter, Passage
from search.query import Query, Term
from search.ranking import idf
from search.results import Hit

EXPLAINED = 10
"""Hits of a page whose scores are explained."""


class Showing(NamedTuple):
    """
    What is shown: some of the fields, of a body so many *fragments* of so many characters at most.

    *explains* says whether it is said what makes up the scores.
    """

    fields: Sequence[str]
    fragments: int
    length: int
    explains: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A hit as shown: with its title and the best passages of its body, marked, and what makes up its score.

    Of both the *fields* are there that were asked for.
    """

    hit: Hit
    title: Passage | None = None
    body: tuple[Passage, ...] = ()
    explanation: tuple[Part, ...] = ()
    fields: Sequence[str] = ()


def shown_by(
    query: Query, hits: Sequence[Hit], engine: Engine, analyzer: Analyzer, showing: Showing
) -> Callable[[Hit], Shown]:
    """Return what makes each of *hits*, which *engine* found for *query*, into what is shown of it."""
    highlighter = Highlighter(query.tree, analyzer, _rarity_in(engine))
    explained = [hit.article.id for hit in hits[:EXPLAINED]] if showing.explains else []
    explanations = dict(zip(explained, engine.explain(query, explained), strict=True)) if explained else {}

    def shown(hit: Hit) -> Shown:
        checkpoint()
        article, fields = hit.article, showing.fields
        title = highlighter.title(article.title) if "title" in fields else None
        count = showing.fragments if "body" in fields else 0
        passages = highlighter.passages(article.body, count=count, length=showing.length)
        contributions = explanations.get(article.id)
        explanation = (
            ()
            if contributions is None
            else Counter(query.tree, article, analyzer).parts((*pin_of(hit.is_pinned), *contributions))
        )
        return Shown(hit, title, tuple(passages), explanation, fields)

    return shown


def _rarity_in(engine: Engine) -> Callable[[Term], float]:
    articles = engine.articles
    return lambda term: idf(articles, min(articles, engine.holding(term)))
