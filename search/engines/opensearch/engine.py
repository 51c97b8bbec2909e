"""One index of an OpenSearch cluster, open for queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer import schema
from indexer.article import Article
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.documents import article_of, key_of
from indexer.engines.opensearch.failures import as_unavailable as as_index_unavailable
from indexer.engines.opensearch.mapping import ARTICLE, ID
from indexer.engines.opensearch.place import Place, Reach, place_of
from indexer.errors import IndexUnavailable
from search.engines.opensearch.asking import DEEPEST, Asking, Body
from search.engines.opensearch.compiling import Compiler
from search.engines.opensearch.dates import timely
from search.engines.opensearch.explaining import contributions
from search.engines.opensearch.limits import counted, counting, limits, order
from search.engines.opensearch.matching import matched
from search.engines.opensearch.offering import ClusterOffering
from search.engines.opensearch.rarity import Rarity
from search.engines.opensearch.standing import standing
from search.engines.opensearch.watching import Watch
from search.errors import EngineUnavailable, NotOffered
from search.query import Node, Pattern, Phrase, Query, Sort, Term
from search.results import Contribution, Hit, Ids, Page
from search.tuning import Ranking


class OpenSearchEngine:
    """
    Implements `search.engines.Engine`.

    The cluster answers from the index as it is, later changes among them; what is remembered of it here, such as how
    rare words are, is from when this was opened.
    """

    def __init__(self, folder: Path, ranking: Ranking) -> None:
        """
        Open the index of the generation of *folder*.

        Raises:
            IndexUnavailable: the cluster cannot be reached, the index is not there, not ours or not complete, or
                *ranking* asks for what it was not made for.
        """
        self._folder, self._ranking = folder, ranking
        _require_made_for(ranking)
        place = place_of(folder, is_patient=False)
        self._reach: Reach = place.reach()
        if self._reach.through < 0:
            raise IndexUnavailable(f"the index {place.index} is not complete: run `telusur reindex SOURCE…`")
        self._shards, self._articles, self._newest = _facts(place)
        self._asking = Asking(place.client, place.index, self._shards)
        self._rarity = Rarity(self._asking, self._articles)
        self._compiler = Compiler(ranking, self._rarity)
        self._watch = Watch(place, self._reach, lambda: OpenSearchEngine(folder, ranking))

    def search(self, query: Query, *, offset: int, limit: int) -> Page:
        """Return the hits of *query* from *offset* on, *limit* at most."""
        body = {"_source": [ARTICLE], "aggs": counting(query)} if query.facets else {"_source": [ARTICLE]}
        answer = self._asked(query, offset=offset, limit=limit, body=body)
        hits = tuple(Hit(article_of(hit["_source"]), hit["_score"] or 0.0) for hit in answer["hits"]["hits"])
        return Page(_total(answer), hits, counted(query, answer))

    def ids(self, query: Query, *, offset: int, limit: int) -> Ids:
        """Return the ids of the hits that `search` gives, without reading the articles."""
        answer = self._asked(query, offset=offset, limit=limit, body={"_source": False, "docvalue_fields": [ID]})
        return Ids(_total(answer), tuple(hit["fields"][ID][0] for hit in answer["hits"]["hits"]))

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        return self._asking.article(article_id)

    def duplicates(self, article_id: str, *, limit: int) -> Page:  # noqa: ARG002 - for nothing
        """
        Say that a cluster groups no releases; every article is a hit of its own there.

        Raises:
            NotOffered: always.
        """
        raise NotOffered(
            f"the other articles of the release of {article_id!r} are not known: an OpenSearch cluster groups no "
            "releases; `telusur migrate --to whoosh` goes to an engine that does"
        )

    def explain(self, query: Query, article_ids: Sequence[str]) -> list[tuple[Contribution, ...]]:
        """Return for each of the articles what each part of *query* adds to its score."""
        wanted = {"ids": {"values": [key_of(article_id) for article_id in article_ids]}}
        asked = self._query(replace(query, sort=Sort.RELEVANCE))
        body = {
            "query": {"bool": {"must": [asked], "filter": [wanted]}},
            "size": len(article_ids),
            "_source": False,
            "docvalue_fields": [ID, schema.PUBLISHED],
        }
        answer = self._asking.search(body, include_named_queries_score="true")
        found = {hit["fields"][ID][0]: _contributions(query, hit) for hit in answer["hits"]["hits"]}
        return [found.get(article_id, ()) for article_id in article_ids]

    def lacking(self, nodes: Sequence[Node], article_ids: Sequence[str]) -> list[Node]:
        """Return those of *nodes* that not all of the articles of these ids match."""
        if not nodes or not article_ids:
            return []
        wanted = {"ids": {"values": [key_of(article_id) for article_id in article_ids]}}
        filters = {str(number): matched(node) for number, node in enumerate(nodes)}
        body = {"query": wanted, "size": 0, "aggs": {"holding": {"filters": {"filters": filters}}}}
        answer = self._asking.search(body)
        buckets = answer["aggregations"]["holding"]["buckets"]
        return [node for number, node in enumerate(nodes) if buckets[str(number)]["doc_count"] < _total(answer)]

    def count(self, query: Query) -> int:
        """Return how many hits *query* has: all articles that match it."""
        return self._asking.totals([self._matching(query)])[0]

    def cut(self, leaves: Iterable[Pattern]) -> list[Pattern]:  # noqa: ARG002 - none of them is
        """Return nothing: the cluster looks for all the words that a pattern stands for."""
        return []

    def holding(self, leaf: Term | Phrase) -> int:
        """Return how many articles hold *leaf*; remembered for as long as the index does not change."""
        return self._rarity.holding(leaf)

    @cached_property
    def offering(self) -> ClusterOffering:
        """What of the index may be offered to who types."""
        return ClusterOffering(self._asking, self._rarity)

    @property
    def articles(self) -> int:
        """How many articles the index holds."""
        return self._articles

    @property
    def newest(self) -> datetime | None:
        """When the newest article was published; None where none has a date."""
        return self._newest

    @property
    def segments(self) -> int:
        """How many shards the index has; how many segments each has, the cluster decides all the time."""
        return self._shards

    @property
    def through(self) -> int:
        """The number of the last change that is in the index."""
        return self._reach.through

    @property
    def moment(self) -> float:
        """When the index came to hold that change, or was built, in seconds since 1970."""
        return self._reach.moment

    def newer(self) -> "OpenSearchEngine | None":
        """
        Return the same index as it is now, None if no change was applied to it since, as far as is known yet.

        Raises:
            IndexUnavailable: the cluster could not be asked.
        """
        return self._watch.newer()

    def close(self) -> None:
        """Ask for changes no more; connections are those of all engines."""
        self._watch.close()

    def _asked(self, query: Query, *, offset: int, limit: int, body: Body) -> Mapping[str, Any]:
        if offset + limit > DEEPEST:
            raise EngineUnavailable(
                f"hits are wanted up to number {offset + limit:,}; the cluster gives the first {DEEPEST:,}: lower "
                "service.max_results"
            )
        asked = {"query": self._query(query), "from": offset, "size": limit, "sort": order(query.sort)}
        return self._asking.search({**asked, **body})

    def _query(self, query: Query) -> Body:
        """Return what scores the articles that match; only counts them as matching where dates decide the order."""
        if query.sort is not Sort.RELEVANCE:
            return self._matching(query)
        scored = timely(self._compiler.compiled(query.tree), query.timeliness)
        stands = standing(query.tree, self._rarity.of, self._ranking)
        return {"bool": {"must": [scored], "should": stands, "filter": limits(query.filters)}}

    @staticmethod
    def _matching(query: Query) -> Body:
        return {"bool": {"filter": [matched(query.tree), *limits(query.filters)]}}


def _require_made_for(ranking: Ranking) -> None:
    if (ranking.k1, ranking.b) != (mapping.K1, mapping.B):
        raise IndexUnavailable(
            f"ranking.k1 is {ranking.k1} and ranking.b {ranking.b}; indexes of a cluster are made for {mapping.K1} and "
            f"{mapping.B}: set these, or index.engine to one that can have others"
        )


def _facts(place: Place) -> tuple[int, int, datetime | None]:
    """Return how many shards the index has, how many articles, and when the newest was published."""
    body = {"size": 0, "track_total_hits": True, "aggs": {"newest": {"max": {"field": schema.PUBLISHED}}}}
    with as_index_unavailable():
        answer = place.client.search(index=place.index, body=body, params={"allow_partial_search_results": "false"})
        settings = place.client.indices.get_settings(index=place.index, name="index.number_of_shards")
    newest = answer["aggregations"]["newest"]["value"]
    shards = int(settings[place.index]["settings"]["index"]["number_of_shards"])
    return shards, _total(answer), None if newest is None else datetime.fromtimestamp(newest, UTC)


def _contributions(query: Query, hit: Mapping[str, Any]) -> tuple[Contribution, ...]:
    (published,) = hit["fields"].get(schema.PUBLISHED, [None])
    return contributions(query, hit.get("matched_queries") or {}, published, hit["_score"])


def _total(answer: Mapping[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])
