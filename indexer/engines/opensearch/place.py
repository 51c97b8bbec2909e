"""Which index of the cluster has the articles of a generation, by its folder, and what that index says of itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from indexer import clusters, durable
from indexer.engines.opensearch.client import client_of
from indexer.engines.opensearch.documents import key_of
from indexer.engines.opensearch.failures import as_unavailable
from indexer.engines.opensearch.mapping import ARTICLE
from indexer.errors import IndexUnavailable

FILE = "index.json"
"""The file of a generation that names its index."""

_OURS = "telusur"  # under this name `_meta` of a mapping has what is ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """
    What an index says of itself: whose it is (*home*), its *analysis*, and through which change it goes.

    *since*, *through* and *moment* are those of `indexer.engines.IndexInspector`; an index that is not complete yet
    has a negative *through*. *repairs* counts those since that change.
    """

    home: str
    analysis: str
    since: int
    through: int
    moment: float
    repairs: int = 0

    def meta(self) -> dict[str, object]:
        """Return it as `_meta` of a mapping."""
        return {"_meta": {_OURS: asdict(self)}}


@dataclass(frozen=True, slots=True)
class Place:
    """An index of the cluster: its name, and a client that reaches it."""

    root: Path
    index: str
    client: OpenSearch

    def reach(self) -> Reach:
        """
        Return what the index says of itself.

        Raises:
            IndexUnavailable: the cluster cannot be reached, or the index is not there, not ours or not complete.
        """
        with as_unavailable():
            mapping = self.client.indices.get_mapping(index=self.index)[self.index]["mappings"]
        found = reach_of(mapping)
        if found is None or found.home != clusters.home(self.root):
            raise IndexUnavailable(
                f"the index {self.index} of the cluster is not one of {self.root}: give another opensearch.prefix, and "
                "run `telusur reindex SOURCE…`"
            )
        return found

    def size(self) -> int:
        """
        Return how many bytes the index has on all nodes, copies included.

        Raises:
            IndexUnavailable: the cluster cannot be reached, or has no such index.
        """
        with as_unavailable():  # what a node says of its store is old by up to ten seconds
            shards = self.client.indices.segments(index=self.index)["indices"][self.index]["shards"]
        copies = chain.from_iterable(shards.values())
        return sum(int(segment["size_in_bytes"]) for copy in copies for segment in copy["segments"].values())

    def note(self, reach: Reach) -> None:
        """Have the index say *reach* of itself."""
        with as_unavailable():
            self.client.indices.put_mapping(index=self.index, body=reach.meta())


def article_source(
    client: OpenSearch, index: str, article_id: str, options: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """
    Return what *index* has of the article of this id, as it was put in last, found by searches or not; or None.

    *options* go with the request.
    """
    try:
        found = client.get(index=index, id=key_of(article_id), params={"_source_includes": ARTICLE, **(options or {})})
    except NotFoundError as exc:
        if isinstance(exc.info, dict) and exc.info.get("found") is False:  # else there is no such index
            return None
        raise
    source: dict[str, Any] = found["_source"]
    return source


def reach_of(mapping: dict[str, Any]) -> Reach | None:
    """Return what an index of this *mapping* says of itself; None if it is none of ours."""
    try:
        return Reach(**mapping["_meta"][_OURS])
    except (LookupError, TypeError):
        return None


def place_of(folder: Path, *, is_patient: bool = True) -> Place:
    """
    Return the index of the generation whose engine folder is *folder*; *is_patient* is as in `client_of`.

    Raises:
        IndexUnavailable: the folder names none, or nothing says how the cluster is reached.
    """
    try:
        index = str(json.loads((folder / FILE).read_text(encoding="utf-8"))["index"])
    except (OSError, ValueError, LookupError, TypeError) as exc:
        raise IndexUnavailable(
            f"{folder / FILE} cannot be read ({exc}): restore it, or run `telusur reindex SOURCE…`"
        ) from exc
    return Place(root_of(folder), index, client_of(root_of(folder), is_patient=is_patient))


def new_place(folder: Path) -> Place:
    """Return the index that a generation with the engine folder *folder* is to have, and name it there."""
    root = root_of(folder)
    index = f"{clusters.reached(root).prefix}-{folder.parent.name.lower()}"
    durable.write_json(folder / FILE, {"index": index})
    return Place(root, index, client_of(root))


def root_of(folder: Path) -> Path:
    """Return the folder of the whole index, of which *folder* is one of a generation."""
    return folder.parents[2]
