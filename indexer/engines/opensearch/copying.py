"""Waits for the copies of a new index: until they are made, a node that is lost takes articles with it."""

import time

from opensearchpy import OpenSearch

from indexer.engines.opensearch.bulk import WAITING
from indexer.engines.opensearch.failures import as_unavailable
from indexer.errors import IndexUnavailable

_PAUSE = 0.2  # seconds between two looks

_UNDER_WAY = ("initializing_shards", "relocating_shards", "delayed_unassigned_shards", "number_of_pending_tasks")
"""What the health of the cluster counts that may end in a copy; it makes only a few at a time, of all indexes."""


def await_copies(client: OpenSearch, index: str) -> None:
    """
    Wait until all copies of *index* are on a node of their own, or none is being made for want of nodes.

    Raises:
        IndexUnavailable: a part was lost before there was a copy of it, or the cluster cannot be reached.
    """
    while not _is_settled(client, index):
        time.sleep(_PAUSE)


def _is_settled(client: OpenSearch, index: str) -> bool:
    with as_unavailable():
        own = client.cluster.health(index=index, params=WAITING)["status"]
        if own == "red":
            raise IndexUnavailable(
                f"a node was lost, and with it a part of {index} that had no copy yet: run the same command again"
            )
        if own == "green":
            return True
        whole = client.cluster.health(params=WAITING)
    return not any(whole[name] for name in _UNDER_WAY)
