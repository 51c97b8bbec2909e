"""An explanation: why an article is among the results of a question, and in this place, or why it is not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.analysis import Analyzer
from indexer.article import Article
from search.engines import Engine
from search.explaining.parts import Counter, Part, pin_of
from search.found import Found
from search.query import All, AnyOf, Except, Filters, Node, Nothing, Prefer, Query, typed, word_of
from search.results import Contribution, Ids, Reason

_RELEASE = 100  # articles of one release that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """
    Why *article* is found, if it *is_found*, or why not.

    Not, where it *is_hidden* by an editor, is left out by some of the filters (*filtered*), holds words that the query
    excludes (*excluded*), or lacks some (*lacking*) that it must have, unless it *is_pinned*; nor where another article
    of the same release is shown *instead*. Where *is_relaxed*, some words are enough. *place* counts from 1 among
    *total*; it is None beyond those that were looked at. *parts* add up to *score*.
    """

    article: Article
    found: Found[Ids]
    is_found: bool
    is_hidden: bool
    is_pinned: bool
    filtered: tuple[str, ...]
    excluded: tuple[str, ...]
    lacking: tuple[str, ...]
    instead: str | None
    place: int | None
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many articles are found."""
        return self.found.page.total

    @property
    def is_relaxed(self) -> bool:
        """Whether some of the words are enough."""
        return self.found.is_relaxed

    @property
    def score(self) -> float:
        """What the parts add up to."""
        return sum(part.contribution.score for part in self.parts)


def explanation(
    article: Article, found: Found[Ids], engine: Engine, hidden: frozenset[str], analyzer: Analyzer
) -> Explanation:
    """Return why *article* is among what was *found*, or not; *engine* has the articles that are *hidden* too."""
    query = found.asked.query
    words = list(_words(query.tree))
    lacking = engine.lacking(words, [article.id])
    is_pinned, is_hidden = article.id in query.pinned, article.id in hidden
    filtered = tuple(_filtered(query.filters, article.id, engine))
    matches = not engine.lacking([query.tree], [article.id])
    ids = found.page.ids
    same = [hit.article.id for hit in engine.duplicates(article.id, limit=_RELEASE).hits] if query.collapse else []
    instead = next((other for other in same if other in ids), None) if article.id not in ids else None
    contributions = (
        engine.explain(query, [article.id])[0]
        if matches
        else [part for word in words if word not in lacking for part in _unscored(word, article.id, engine)]
    )
    missing = [Contribution("", "", Reason.LACKING, 0.0, typed(word)) for word in lacking]
    return Explanation(
        article=article,
        found=found,
        is_found=not (is_hidden or filtered or instead) and (matches or is_pinned),
        is_hidden=is_hidden,
        is_pinned=is_pinned,
        filtered=filtered,
        excluded=tuple(typed(node) for node in _excluded(query.tree) if not engine.lacking([node], [article.id])),
        lacking=tuple(map(typed, lacking)),
        instead=instead,
        place=ids.index(article.id) + 1 if article.id in ids else None,
        parts=Counter(query.tree, article, analyzer).parts([*pin_of(is_pinned), *contributions, *missing]),
    )


def _words(node: Node) -> Iterator[Node]:
    """Yield the parts of *node* that must be found, or of which some must."""
    match node:
        case Except(child, _):
            yield from _words(child)
        case Prefer(child, _) if not word_of(node):
            yield from _words(child)
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from _words(child) if isinstance(child, All | Prefer) and not word_of(child) else (child,)
        case _:
            yield node


def _excluded(node: Node) -> Iterator[Node]:
    """Yield what *node* excludes, each for itself."""
    match node:
        case Except(child, AnyOf(nodes)):
            yield from nodes
            yield from _excluded(child)
        case Except(child, other):
            yield other
            yield from _excluded(child)
        case Prefer(child, _) if not word_of(node):
            yield from _excluded(child)
        case All(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from _excluded(child)


def _filtered(filters: Filters, article_id: str, engine: Engine) -> Iterator[str]:
    """Yield the names of those of *filters* that do not let the article through, of its date ``published``."""
    limits = {name.removesuffix("_key"): Filters({name: values}) for name, values in filters.values.items()}
    if filters.since or filters.until:
        limits["published"] = replace(filters, values={})
    for name, limit in limits.items():
        alone = Query(Nothing(), limit, pinned=(article_id,))  # finds this article, if the limit lets it through
        if not engine.ids(alone, offset=0, limit=1).total:
            yield name


def _unscored(word: Node, article_id: str, engine: Engine) -> Iterator[Contribution]:
    """Yield by what the article holds *word*, which adds nothing where it is not found."""
    for part in engine.explain(Query(word), [article_id])[0]:
        if part.typed:
            yield replace(part, score=0.0)
