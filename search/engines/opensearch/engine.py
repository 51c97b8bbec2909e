"""One index of an OpenSearch cluster, open for queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer import schema
from indexer.article import Article
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.documents import article_of
from indexer.engines.opensearch.failures import as_unavailable as as_index_unavailable
from indexer.engines.opensearch.mapping import ARTICLE, DEEPEST, GROUP, ID, PLACE
from indexer.engines.opensearch.place import Place, Reach, place_of
from indexer.errors import IndexUnavailable
from search.engines.opensearch.asking import Asking, Body
from search.engines.opensearch.collapsing import NOTHING_HIDDEN, Collapsed, collapsed, counts_of
from search.engines.opensearch.compiling import Compiler
from search.engines.opensearch.dates import timely
from search.engines.opensearch.explaining import contributions
from search.engines.opensearch.limits import counted, limits
from search.engines.opensearch.matching import matched
from search.engines.opensearch.offering import ClusterOffering
from search.engines.opensearch.pinning import after_pinned
from search.engines.opensearch.rarity import Rarity
from search.engines.opensearch.requesting import matching, request, with_ids
from search.engines.opensearch.standing import standing
from search.engines.opensearch.watching import Watch
from search.errors import EngineUnavailable
from search.query import Made, Node, Pattern, Phrase, Query, Sort, Term, Vocabulary
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
        self._see(Asking(place.client, place.index, self._shards))
        self._without: tuple[frozenset[str], OpenSearchEngine] | None = None
        self._watch = Watch(place, self._reach, lambda: OpenSearchEngine(folder, ranking))

    def search(self, query: Query, *, offset: int, limit: int) -> Page:
        """Return the hits of *query* from *offset* on, *limit* at most."""
        every = self._pinned(query)
        pinned, query = after_pinned(every, query)
        start, end = (max(0, place - len(pinned)) for place in (offset, offset + limit))
        answer = self._asked(query, {"_source": [ARTICLE, GROUP]}, offset=start, limit=end - start + 1)
        found = answer["hits"]["hits"]
        hits = (*pinned[offset : offset + limit], *self._hits(found[: end - start], query))
        more = len(pinned) > offset + limit or len(found) > end - start
        return Page(_total(answer) + len(every), hits, more, counted(query, answer))

    def ids(self, query: Query, *, offset: int, limit: int) -> Ids:
        """Return the ids of the hits that `search` gives, without reading the articles."""
        every = self._pinned(query)
        pinned, query = after_pinned(every, query)
        start, end = (max(0, place - len(pinned)) for place in (offset, offset + limit))
        fields = {"_source": False, "docvalue_fields": [ID]}
        answer = self._asked(replace(query, facets=()), fields, offset=start, limit=end - start)
        found = (hit["fields"][ID][0] for hit in answer["hits"]["hits"])
        own = (hit.article.id for hit in pinned[offset : offset + limit])
        return Ids(_total(answer) + len(every), (*own, *found))

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        return self._asking.article(article_id)

    def duplicates(self, article_id: str, *, limit: int) -> Page:
        """Return the other articles that are the same release as the one of this id, *limit* at most, unscored."""
        body = {"query": with_ids([article_id]), "size": 1, "_source": [GROUP]}
        own = [hit["_source"][GROUP] for hit in self._asking.search(body)["hits"]["hits"] if hit["_source"]]
        if not own:
            return Page(0, ())
        others = {"bool": {"filter": [{"term": {GROUP: own[0]}}], "must_not": [with_ids([article_id])]}}
        body = {"query": others, "size": limit, "sort": [{PLACE: "asc"}], "_source": [ARTICLE]}
        answer = self._asking.search(body)
        total = _total(answer)
        return Page(total, tuple(Hit(article_of(hit["_source"]), 0.0, total) for hit in answer["hits"]["hits"]))

    def explain(self, query: Query, article_ids: Sequence[str]) -> list[tuple[Contribution, ...]]:
        """Return for each of the articles what each part of *query* adds to its score."""
        first, *others = self._scored(query)
        asked = {"must": [first], "should": others, "filter": [with_ids(article_ids), *limits(query.filters)]}
        body = {
            "query": {"bool": asked},
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
        filters = {str(number): matched(node) for number, node in enumerate(nodes)}
        body = {"query": with_ids(article_ids), "size": 0, "aggs": {"holding": {"filters": {"filters": filters}}}}
        answer = self._asking.search(body)
        buckets = answer["aggregations"]["holding"]["buckets"]
        return [node for number, node in enumerate(nodes) if buckets[str(number)]["doc_count"] < _total(answer)]

    def count(self, query: Query) -> int:
        """Return how many hits *query* has: all articles that match it."""
        return self._asking.totals([matching(query, self._collapsed(query).hidden)])[0]

    def has(self, query: Query, least: int) -> bool:
        """Say whether *query* has *least* hits, or more; which are of one release is asked only if that can tell."""
        (found,) = self._asking.totals([matching(query, NOTHING_HIDDEN.hidden)])
        if found < least or not query.collapse:
            return found >= least
        hidden = self._collapsed(query).hidden
        return not hidden(query.filters) or self._asking.totals([matching(query, hidden)])[0] >= least

    def cut(self, leaves: Iterable[Pattern]) -> list[Pattern]:  # noqa: ARG002 - none of them is
        """Return nothing: the cluster looks for all the words that a pattern stands for."""
        return []

    def holding(self, leaf: Term | Phrase) -> int:
        """Return how many articles hold *leaf*; remembered for as long as the index does not change."""
        return self._rarity.holding(leaf)

    def reading(self, read: Callable[[Vocabulary], Made]) -> Made:
        """Return what *read* makes with the words of the index, of which many are asked for at a time."""
        return self._rarity.reading(read)

    def without(self, article_ids: frozenset[str]) -> "OpenSearchEngine":
        """Return the same index as if the articles of these ids were not in it."""
        if not article_ids:
            return self
        if self._without is None or self._without[0] != article_ids:
            other = copy(self)
            other._see(self._asking.without(article_ids))  # noqa: SLF001 - one of this class
            self._without = article_ids, other
        return self._without[1]

    def _see(self, asking: Asking) -> None:
        """Answer by *asking* from here on."""
        self._asking = asking
        self._rarity = Rarity(asking, self._articles)
        self._compiler = Compiler(self._ranking, self._rarity)
        self._offering = ClusterOffering(asking, self._rarity)

    @property
    def offering(self) -> ClusterOffering:
        """What of the index may be offered to who types."""
        return self._offering

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

    def _asked(self, query: Query, fields: Body, *, offset: int, limit: int) -> Mapping[str, Any]:
        if offset + limit > DEEPEST + 1:
            raise EngineUnavailable(
                f"hits are wanted up to number {offset + limit:,}; the cluster gives the first {DEEPEST:,}: lower "
                "service.max_results"
            )
        hidden = self._collapsed(query).hidden
        return self._asking.search({**request(query, self._scored, hidden, offset=offset, limit=limit), **fields})

    def _collapsed(self, query: Query) -> Collapsed:
        return collapsed(query, self._asking)

    def _hits(self, found: Sequence[Mapping[str, Any]], query: Query) -> list[Hit]:
        """Return the hits of *query* that were *found*, each with the number of its copies."""
        groups = [own["_source"].get(GROUP) for own in found]
        counts = counts_of(set(filter(None, groups)), self._asking)
        return [_hit(own, query, counts.get(group, 1) - 1) for own, group in zip(found, groups, strict=True)]

    def _scored(self, query: Query) -> list[Body]:
        """Return what scores the articles that *query* matches, and what adds to that by how its words stand."""
        scored = timely(self._compiler.compiled(query.tree), query.timeliness)
        return [scored, *standing(query.tree, self._rarity.of, self._ranking)]

    def _pinned(self, query: Query) -> list[Hit]:
        """Return the hits that are pinned and come first, with the scores that they have by themselves."""
        if not query.pinned or query.sort is not Sort.RELEVANCE:
            return []
        filters = [with_ids(query.pinned), *limits(query.filters)]
        body = {"query": {"bool": {"should": self._scored(query)[:1], "filter": filters}}, "size": len(query.pinned)}
        found = {hit.article.id: hit for hit in self._hits(self._asking.search(body)["hits"]["hits"], query)}
        return [found[article_id] for article_id in query.pinned if article_id in found]


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


def _hit(found: Mapping[str, Any], query: Query, copies: int) -> Hit:
    article = article_of(found["_source"])
    score = (found["_score"] or 0.0) if query.sort is Sort.RELEVANCE else 0.0
    return Hit(article, score, copies, article.id in query.pinned)


def _contributions(query: Query, hit: Mapping[str, Any]) -> tuple[Contribution, ...]:
    (published,) = hit["fields"].get(schema.PUBLISHED, [None])
    return contributions(query, hit.get("matched_queries") or {}, published, hit["_score"])


def _total(answer: Mapping[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])
