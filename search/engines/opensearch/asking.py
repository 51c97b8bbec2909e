"""Requests to one index of the cluster: none outlasts the deadline of the answer, and none is answered in part."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any
from zlib import crc32

from opensearchpy import OpenSearch

from indexer.article import Article
from indexer.engines.opensearch.documents import article_of, key_of
from indexer.engines.opensearch.place import article_source
from search.deadline import checkpoint, left
from search.engines.opensearch.unavailable import as_unavailable
from search.errors import EngineUnavailable

Body = dict[str, Any]
"""A part of a request, in the language of the cluster."""


class Asking:
    """Asks one *index*; what it has may be from before its last refresh, as every search has it."""

    def __init__(self, client: OpenSearch, index: str, shards: int) -> None:
        """Ask *index*, which has so many *shards*: where it has several, they first agree on how rare words are."""
        self._client, self._index = client, index
        self._hidden: frozenset[str] = frozenset()
        self._way = {
            "allow_partial_search_results": "false",
            "search_type": "dfs_query_then_fetch" if shards > 1 else "query_then_fetch",
        }

    def without(self, article_ids: frozenset[str]) -> "Asking":
        """Return what asks the same index as if the articles of these ids were not in it."""
        other = copy(self)
        other._hidden = article_ids  # noqa: SLF001 - one of this class
        return other

    def search(self, body: Body, **options: str) -> Mapping[str, Any]:
        """Return the answer to *body*; equal requests go to the same copies of the index, which score alike."""
        checkpoint()
        preference = f"telusur-{crc32(repr(body.get('query')).encode()):x}"
        with as_unavailable():
            found: Mapping[str, Any] = self._client.search(
                index=self._index,
                body={"track_total_hits": True, **body, "query": self._seen(body.get("query", {"match_all": {}}))},
                params={**self._way, "preference": preference, **options, **_timeout(self._client)},
            )
        if found.get("timed_out"):
            raise EngineUnavailable("the cluster did not look at all of the index in time: see to its load")
        return found

    def totals(self, queries: Sequence[Body]) -> list[int]:
        """Return how many articles match each of *queries*; they are asked together."""
        if not queries:
            return []
        checkpoint()
        lines: list[Body] = []
        for query in queries:
            lines += [
                {"index": self._index, "allow_partial_search_results": False},
                {"size": 0, "track_total_hits": True, "query": self._seen(query)},
            ]
        with as_unavailable():
            answers = self._client.msearch(body=lines, params=_timeout(self._client))["responses"]
        for answer in answers:
            if "error" in answer:
                raise EngineUnavailable(
                    f"the cluster cannot count ({answer['error'].get('reason')}): see to its health"
                )
        return [int(answer["hits"]["total"]["value"]) for answer in answers]

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id, or None."""
        checkpoint()
        if article_id in self._hidden:
            return None
        with as_unavailable():
            source = article_source(self._client, self._index, article_id, _timeout(self._client))
        return article_of(source) if source else None

    def _seen(self, query: Body) -> Body:
        """Return *query* without what is hidden."""
        if not self._hidden:
            return query
        hidden = {"ids": {"values": [key_of(article_id) for article_id in sorted(self._hidden)]}}
        return {"bool": {"must": [query], "must_not": [hidden]}}


def _timeout(client: OpenSearch) -> dict[str, float]:
    """Return how long a node may take: half of the time that is left, where another can be asked after it."""
    seconds = left()
    parts = 2 if len(client.transport.hosts) > 1 else 1
    return {} if seconds is None else {"request_timeout": max(0.01, seconds / parts)}
