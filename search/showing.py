"""A hit -> what is shown of it: the title and the best passages, marked, and what makes up its score."""

from dataclasses import dataclass

from indexer.analysis import Analyzer
from search.deadline import checkpoint
from search.engines import Engine
from search.passages.highlight import Highlighter, Passage
from search.query import Query
from search.results import Contribution, Hit, Page
from search.tuning import Highlighting

EXPLAINED = 10
"""Hits of a page whose scores are explained."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as shown: with its title and the best passages of its body, marked, and what makes up its score."""

    hit: Hit
    title: Passage | None = None
    body: tuple[Passage, ...] = ()
    explanation: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """How hits are shown: read by *analyzer*, marked as *highlighting* says if *marked*, scores *explained* or not."""

    analyzer: Analyzer
    highlighting: Highlighting
    marked: bool
    explained: bool

    def of(self, page: Page, query: Query, engine: Engine) -> tuple[Shown, ...]:
        """Return what is shown of the hits of *page*, which *engine* found for *query*."""
        highlighter = Highlighter(query.tree, self.analyzer)
        ids = [hit.article.id for hit in page.hits[:EXPLAINED]] if self.explained else []
        explanations = dict(zip(ids, engine.explain(query, ids), strict=True)) if ids else {}
        return tuple(self._shown(hit, highlighter, explanations.get(hit.article.id, ())) for hit in page.hits)

    def _shown(self, hit: Hit, highlighter: Highlighter, explanation: tuple[Contribution, ...]) -> Shown:
        checkpoint()
        if not self.marked:
            return Shown(hit, explanation=explanation)
        own = self.highlighting
        passages = highlighter.passages(hit.article.body, count=own.fragments, length=own.fragment_length)
        return Shown(hit, highlighter.title(hit.article.title), tuple(passages), explanation)
