"""Indexes in a cluster, for tests: where one is, and how it is reached."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from opensearchpy import OpenSearch

from indexer import clusters
from indexer.settings import ClusterSettings, IndexSettings

RUN = f"test-{uuid4().hex[:12]}"
"""How the names of all indexes begin that the tests of this process make."""

Found = TypeVar("Found")


def cluster_settings(hosts: list[str], **changed: object) -> ClusterSettings:
    """Return how the cluster with these *hosts* is reached, under a name that no other test has."""
    given = {"user": "", "password": "", "ca_file": "", "shards": 1, "replicas": 0, "writers": 2, "timeout": 30.0}
    return ClusterSettings(**{"hosts": hosts, "prefix": f"{RUN}-{uuid4().hex[:12]}", **given, **changed})


def remove_all(hosts: list[str]) -> None:
    """Remove the indexes that tests have made: hundreds of them would be too much for a small node."""
    OpenSearch(hosts).indices.delete(index=f"{RUN}-*", ignore_unavailable=True, request_timeout=120)


def index_in(root: Path, hosts: list[str], **changed: object) -> IndexSettings:
    """Return an index at *root* whose articles are in the cluster with these *hosts*."""
    clusters.keep(root, cluster_settings(hosts, **changed))
    return IndexSettings(root, "opensearch", 2, 1)


def awaited(ask: Callable[[], Found | None], seconds: float = 60.0) -> Found:
    """Return what *ask* gives as soon as it gives anything: some engines learn of a change a little later."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing came within {seconds} s")
