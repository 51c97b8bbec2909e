"""What goes wrong between us and the cluster while it is asked -> an error of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from opensearchpy.exceptions import OpenSearchException

from indexer.engines.opensearch.failures import reason
from indexer.errors import IndexUnavailable
from search.errors import EngineUnavailable


@contextmanager
def as_unavailable() -> Iterator[None]:
    """
    Ask the cluster.

    Raises:
        EngineUnavailable: it does not answer, or not from all parts of the index.
    """
    try:
        yield
    except OpenSearchException as exc:
        raise EngineUnavailable(reason(exc)) from exc
    except IndexUnavailable as exc:
        raise EngineUnavailable(str(exc)) from exc
