"""Reaches the cluster: all of its nodes are known to the client, which asks another where one does not answer."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from opensearchpy import OpenSearch

from indexer import clusters
from indexer.engines.opensearch.failures import BUSY, as_unavailable
from indexer.errors import IndexUnavailable
from indexer.settings import ClusterSettings

TESTED = 3
"""The major version of OpenSearch that this program is tested with."""

_RETRIES = 3
_CONNECTIONS = 32  # kept open to each node: above the threads of a service and the writers of a build


def client_of(root: Path, *, is_patient: bool = True) -> OpenSearch:
    """
    Return a client of the cluster of the index at *root*, the same for the same settings; threads may share it.

    Where an answer takes too long, one that *is_patient* asks again, whomever; a reader asks each other node once. A
    node that was silent is then left alone for a minute: else a part of all searches would wait for it in vain.

    Raises:
        IndexUnavailable: nothing says how it is reached.
    """
    return _client(Access.of(clusters.reached(root), is_patient=is_patient))


class Access(NamedTuple):
    """All that a client depends on."""

    hosts: tuple[str, ...]
    user: str
    password: str
    ca_file: str
    timeout: float
    is_patient: bool

    @classmethod
    def of(cls, settings: ClusterSettings, *, is_patient: bool) -> "Access":
        """Return what of *settings* a client depends on."""
        known = (settings.user, settings.password, settings.ca_file, settings.timeout)
        return cls(tuple(settings.hosts), *known, is_patient)


@lru_cache(maxsize=8)
def _client(access: Access) -> OpenSearch:
    others = len(access.hosts) - 1
    return OpenSearch(
        hosts=list(access.hosts),
        http_auth=(access.user, access.password) if access.user else None,
        ca_certs=access.ca_file or None,
        timeout=access.timeout,
        max_retries=others if others and not access.is_patient else max(_RETRIES, len(access.hosts)),
        retry_on_timeout=access.is_patient or others > 0,
        retry_on_status=tuple(BUSY - {429}),  # one that is too busy is not to be asked again at once
        pool_maxsize=_CONNECTIONS,
    )


def require_tested(client: OpenSearch, settings: ClusterSettings) -> None:
    """
    Raise unless the cluster is one that this program was tested with.

    Raises:
        IndexUnavailable: it is another, or cannot be reached.
    """
    with as_unavailable():
        version = client.info()["version"]
    name, number = version.get("distribution", "elasticsearch"), str(version["number"])
    if name != "opensearch" or number.partition(".")[0] != str(TESTED):
        raise IndexUnavailable(
            f"{', '.join(settings.hosts)} runs {name} {number}; this program was tested with opensearch {TESTED}: "
            "run that version, or a program that knows this one"
        )
