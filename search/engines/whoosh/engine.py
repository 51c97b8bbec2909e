"""A Whoosh index, open for queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from whoosh import sorting
from whoosh.index import EmptyIndexError, open_dir
from whoosh.reading import ReaderClosed
from whoosh.searching import Searcher

from indexer import schema
from indexer.article import Article
from indexer.engines.whoosh.schema import STORED, whoosh_schema
from indexer.engines.whoosh.stored import from_stored
from indexer.errors import IndexUnavailable
from search.engines.whoosh.order import ByDate
from search.engines.whoosh.scoring import Bm25f
from search.engines.whoosh.translation import translated, translated_filters
from search.errors import EngineUnavailable
from search.query import Leaf, Query, Sort, leaves
from search.results import Contribution, FacetCount, Hit, Page
from search.settings import Ranking

_FACET_VALUES = 50  # values of a facet at most


class WhooshEngine:
    """
    Implements `search.engines.Engine`.

    One query at a time: Whoosh's readers share the position in their files, and its matchers, which are pure
    Python, would hold the interpreter's lock anyway.
    """

    def __init__(self, folder: Path, ranking: Ranking) -> None:
        """
        Open the index in *folder*.

        Raises:
            IndexUnavailable: there is no index, or its files are damaged.
        """
        try:
            self._searcher: Searcher = open_dir(folder, schema=whoosh_schema()).searcher(weighting=Bm25f(ranking))
        except (EmptyIndexError, OSError, ValueError, LookupError, EOFError) as exc:
            raise IndexUnavailable(
                f"the index in {folder} cannot be opened ({exc}): run `telusur reindex SOURCE…`"
            ) from exc
        self._lock = Lock()

    def search(self, query: Query, *, offset: int, limit: int) -> Page:
        """Return the hits of *query* from *offset* on, *limit* at most."""
        with self._alone():
            results = self._searcher.search(
                translated(query.tree),
                limit=offset + limit,
                filter=translated_filters(query.filters),
                sortedby=_order(query.sort),
                groupedby=_groups(query.facets),
                maptype=sorting.Count if query.facets else None,
            )
            ranked = query.sort is Sort.RELEVANCE  # else Whoosh's score is what it sorted by
            shown = results[offset : offset + limit]
            hits = tuple(Hit(from_stored(hit[STORED]), hit.score if ranked else 0.0) for hit in shown)
            return Page(len(results), hits, {name: _counts(results.groups(name)) for name in query.facets})

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        with self._alone():
            fields = self._searcher.document(**{schema.ID: article_id})
            return from_stored(fields[STORED]) if fields else None

    def explain(self, query: Query, article_id: str) -> tuple[Contribution, ...]:
        """Return what each term, prefix and phrase of *query* adds to the score of the article of this id."""
        with self._alone():
            number = self._searcher.document_number(**{schema.ID: article_id})
            return tuple(found for leaf in leaves(query.tree) if (found := self._contribution(leaf, number)))

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            self._searcher.close()

    def _contribution(self, leaf: Leaf, number: int | None) -> Contribution | None:
        if number is None:
            return None
        matcher = translated(leaf).matcher(self._searcher)
        if matcher.is_active() and matcher.id() < number:
            matcher.skip_to(number)
        return Contribution(leaf, matcher.score()) if matcher.is_active() and matcher.id() == number else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (ReaderClosed, OSError, EOFError, ValueError, LookupError) as exc:
                raise EngineUnavailable(
                    f"the index cannot be read ({exc}): check its files, or run `telusur reindex`"
                ) from exc


def _order(sort: Sort) -> Any:
    """Return the facets of Whoosh to sort by; None leaves it to the score."""
    if sort is Sort.RELEVANCE:
        return None
    return [ByDate(newest=sort is Sort.NEWEST), sorting.FieldFacet(schema.ID)]


def _groups(names: tuple[str, ...]) -> Any:
    if not names:
        return None
    facets = sorting.Facets()
    for name in names:
        facets.add_field(name)
    return facets


def _counts(groups: dict[str, int]) -> tuple[FacetCount, ...]:
    """Return the highest of the counts of *groups*, equal ones by value; articles without a value do not count."""
    ordered = sorted((item for item in groups.items() if item[0]), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered[:_FACET_VALUES])
