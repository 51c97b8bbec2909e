"""Looks at a complete index of the cluster: what it holds, and whether all of it is there."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.contract import Finding
from indexer.engines.opensearch.documents import Documents, article_of
from indexer.engines.opensearch.failures import as_unavailable
from indexer.engines.opensearch.mapping import ARTICLE, ID
from indexer.engines.opensearch.place import Reach, article_source, place_of
from indexer.engines.opensearch.sampling import contradictions_of
from indexer.errors import IndexUnavailable

_MOST_VALUES = 10_000  # of a key field that are counted
_PAGE = 500  # articles that are read at a time
_WHOLE = {"allow_partial_search_results": "false"}

_ILL = {
    "red": ("parts of it are on no node that is there", "start the nodes that are missing, or restore a snapshot"),
    "yellow": (
        "some of its copies are on no node: it answers, and does not survive the loss of another",
        "start the nodes that are missing, or lower opensearch.replicas",
    ),
}


class OpenSearchInspector:
    """Implements `indexer.engines.IndexInspector`; what it counts is as it is when it is asked."""

    def __init__(self, folder: Path) -> None:
        """
        Look at the index of the generation of *folder*.

        Raises:
            IndexUnavailable: the cluster cannot be reached, or the index is not there, not ours or not complete.
        """
        self._place = place_of(folder)
        self._client, self._index = self._place.client, self._place.index
        self._reach: Reach = self._place.reach()
        if self._reach.through < 0:
            raise IndexUnavailable(f"the index {self._index} is not complete: run `telusur reindex SOURCE…`")

    @property
    def is_current(self) -> bool:
        """Whether no change was applied to the index since."""
        return self._place.reach() == self._reach

    @property
    def since(self) -> int:
        """The number of the last change that its sources count as holding; later ones were applied to it."""
        return self._reach.since

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""
        return self._reach.through

    @property
    def moment(self) -> float:
        """When it came to hold that change, or was built, in seconds since 1970."""
        return self._reach.moment

    @cached_property
    def articles(self) -> int:
        """The articles that it holds."""
        with as_unavailable():
            return int(self._client.count(index=self._index)["count"])

    def articles_of(self, article_id: str) -> list[Article]:
        """Return the article of this id, or none; there cannot be two."""
        with as_unavailable():
            found = article_source(self._client, self._index, article_id)
        return [article_of(found)] if found else []

    def stored(self) -> Iterator[Article]:
        """Yield all of its articles by their ids, a page at a time; changes that come meanwhile may be among them."""
        body: dict[str, Any] = {"size": _PAGE, "sort": [{ID: "asc"}], "_source": [ARTICLE]}
        while True:
            with as_unavailable():
                answer = self._client.search(index=self._index, body=body, params=_WHOLE)
            hits = answer["hits"]["hits"]
            yield from (article_of(hit["_source"]) for hit in hits)
            if len(hits) < _PAGE:
                return
            body["search_after"] = hits[-1]["sort"]

    def size(self) -> int:
        """Return how many bytes it has on all nodes, copies included."""
        return self._place.size()

    def counts(self, field: str) -> dict[str, int]:
        """Return how many articles have each value of the key field *field*, the most frequent first."""
        body = {"size": 0, "aggs": {field: {"terms": {"field": field, "size": _MOST_VALUES}}}}
        with as_unavailable():
            answer = self._client.search(index=self._index, body=body, params=_WHOLE)
        return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][field]["buckets"]}

    def damage(self) -> list[Finding]:
        """Say which parts of the index are lost; the cluster itself compares checksums when it copies and merges."""
        with as_unavailable():
            health = self._client.cluster.health(index=self._index, level="shards")
        return [self._finding(*_ILL["red"])] if health["status"] == "red" else []

    def contradictions(self, analyzer: Analyzer, sample: int) -> list[Finding]:
        """Say which copies are lost, and which of *sample* articles have other terms than their texts."""
        with as_unavailable():
            health = self._client.cluster.health(index=self._index)
        copies = [self._finding(*_ILL["yellow"])] if health["status"] == "yellow" else []
        made = Documents(analyzer)
        wrong = [
            self._finding(problem, "run `telusur reindex SOURCE…`")
            for source in self._sample(sample)
            for problem in contradictions_of(source, made)
        ]
        return [*copies, *wrong]

    def strays(self) -> list[Path]:
        """Return nothing: the folder has one file, and needs it."""
        return []

    def _sample(self, count: int) -> list[dict[str, Any]]:
        """Return *count* documents, others at each call."""
        body = {"size": count, "query": {"function_score": {"random_score": {}}}}
        with as_unavailable():
            answer = self._client.search(index=self._index, body=body, params=_WHOLE)
        return [hit["_source"] for hit in answer["hits"]["hits"]] if count else []

    def _finding(self, problem: str, remedy: str) -> Finding:
        return Finding(self._index, problem, remedy)
