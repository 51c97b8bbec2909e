"""
The engines that answer queries: what one must do, and the one place where it is chosen.

In comes a complete generation, and then queries: trees of terms with filters and an order. Out go pages of hits with
totals and counts, and what makes up a score.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from indexer.article import Article
from indexer.errors import IndexUnavailable
from indexer.generations import Generation
from search.query import Made, Node, Pattern, Phrase, Query, Term, Vocabulary
from search.results import Contribution, Ids, Known, Page
from search.tuning import INDEX_CACHE, Ranking


class Offering(Protocol):
    """
    The words and titles that an index may offer to who types, as `indexer.analysis.folded_words` writes them.

    Words are plain ones, of letters alone. Articles that were deleted may be counted.
    """

    def similar(self, word: str, *, changes: int, least: int) -> list[Known]:
        """
        Return the words that *changes* of a letter, or fewer, make of *word*, and that *least* articles hold.

        A change puts a letter in, takes one out, exchanges one, or swaps two. Of two changes none need be that of the
        first letter.
        """

    def completed(self, beginning: str, *, changes: int, most: int) -> list[Known]:
        """
        Return the words that begin with *beginning*, *most* at most, the best known first.

        With *changes* those whose beginning is as unlike as that, and the first letter the same.
        """

    def titled(self, words: str) -> int:
        """Return in how many places of titles *words*, with a blank between them, stand as they are."""

    def continued(self, words: Sequence[str], *, most: int) -> list[Known]:
        """Return how titles go on that hold *words*, of which the last is only begun: up to the end of its word."""

    def titles(self, words: Sequence[str], *, most: int) -> list[Known]:
        """
        Return titles as they are written that hold *words*, of which the last is only begun.

        Those come first that begin with them, then those that have them next to each other, and of equals the newest.
        """


class Engine(Protocol):
    """One generation of the index, open for queries; safe to share between threads."""

    def search(self, query: Query, *, offset: int, limit: int) -> Page:
        """
        Return the hits of *query* from *offset* on, *limit* at most.

        Raises:
            EngineUnavailable: the engine cannot answer now.
        """

    def ids(self, query: Query, *, offset: int, limit: int) -> Ids:
        """
        Return the ids of the hits that `search` gives, without reading the articles.

        Raises:
            EngineUnavailable: the engine cannot answer now.
        """

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""

    def duplicates(self, article_id: str, *, limit: int) -> Page:
        """
        Return the other articles that are the same release as the one of this id, *limit* at most, unscored.

        That which a search shows for all of them comes first, if it is not that one.
        """

    def explain(self, query: Query, article_ids: Sequence[str]) -> list[tuple[Contribution, ...]]:
        """Return for each article what each part of *query* adds to its score; all of it adds up to the score."""

    def count(self, query: Query) -> int:
        """Return how many hits *query* has."""

    def has(self, query: Query, least: int) -> bool:
        """Say whether *query* has *least* hits, or more."""

    def lacking(self, nodes: Sequence[Node], article_ids: Sequence[str]) -> list[Node]:
        """Return those of *nodes* that not all of the articles of these ids match."""

    def cut(self, leaves: Iterable[Pattern]) -> list[Pattern]:
        """Return those of *leaves* that stand for more words of the index than they are looked for as."""

    def holding(self, leaf: Term | Phrase) -> int:
        """Return how many articles hold *leaf*; deleted ones may be among them."""

    def reading(self, read: Callable[[Vocabulary], Made]) -> Made:
        """Return what *read* makes; it asks how many articles hold what, does nothing else, and may be called again."""

    def without(self, article_ids: frozenset[str]) -> "Engine":
        """Return the same index as if the articles of these ids were not in it; equal ids give one engine."""

    @property
    def offering(self) -> Offering:
        """What of the index may be offered to who types."""

    @property
    def articles(self) -> int:
        """How many articles the index holds."""

    @property
    def newest(self) -> datetime | None:
        """When the newest article was published; None where none has a date."""

    @property
    def segments(self) -> int:
        """How many parts the index has, each of which a query looks at."""

    @property
    def through(self) -> int:
        """The number of the last change (see `indexer.changes`) that is in the index."""

    @property
    def moment(self) -> float:
        """When the index came to hold that change, or was built, in seconds since 1970."""

    def newer(self) -> "Engine | None":
        """
        Return the same index as it is now, None if nothing was committed to it since; asked at every query.

        Raises:
            IndexUnavailable: its files are damaged.
        """

    def close(self) -> None:
        """Close all files."""


def open_engine(generation: Generation, ranking: Ranking, cache: int = INDEX_CACHE) -> Engine:
    """
    Return the engine for *generation*, by the name that its manifest gives.

    It may keep *cache* bytes of what it reads.

    Raises:
        IndexUnavailable: it was written by an engine that this program does not have, or its files are damaged.
    """
    name = generation.manifest.engine
    if name not in _ENGINES:
        raise IndexUnavailable(
            f"{generation.path} was written by the engine {name!r}; this program has {', '.join(_ENGINES)}"
        )
    return _ENGINES[name](generation, ranking, cache)


def _whoosh(generation: Generation, ranking: Ranking, cache: int) -> Engine:
    from search.engines.whoosh.engine import WhooshEngine  # noqa: PLC0415 - an engine loads when it is chosen

    return WhooshEngine(generation.engine_folder, ranking, cached=cache)


def _opensearch(generation: Generation, ranking: Ranking, cache: int) -> Engine:  # noqa: ARG001 - the cluster's own
    try:
        from search.engines.opensearch.engine import OpenSearchEngine  # noqa: PLC0415 - as above
    except ModuleNotFoundError as exc:
        raise IndexUnavailable(f"{exc.name} is not installed: run `pip install 'telusur[opensearch]'`") from exc
    return OpenSearchEngine(generation.engine_folder, ranking)


_ENGINES: dict[str, Callable[[Generation, Ranking, int], Engine]] = {"whoosh": _whoosh, "opensearch": _opensearch}
