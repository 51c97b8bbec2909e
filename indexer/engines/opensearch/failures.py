"""What goes wrong between us and the cluster, as a sentence that says what can be done about it."""

from collections.abc import Iterator
from contextlib import contextmanager

from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,  # noqa: A004 - as the library calls it
    ConnectionTimeout,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)

from indexer.errors import IndexUnavailable

BUSY = frozenset({429, 502, 503, 504})
"""What the cluster answers when it has too much to do, or has just lost a node: worth another try."""


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Raise what the library raises as `IndexUnavailable`."""
    try:
        yield
    except OpenSearchException as exc:
        raise IndexUnavailable(reason(exc)) from exc


def reason(exc: OpenSearchException) -> str:
    """Return what *exc* means, and the remedy."""
    match exc:
        case SSLError():
            return f"the cluster cannot be trusted ({_cause(exc)}): see to opensearch.ca_file, or to its certificate"
        case ConnectionTimeout():
            return "the cluster does not answer within opensearch.timeout: see to its load, or raise that"
        case ConnectionError():
            return f"no node of the cluster can be reached ({_cause(exc)}): start it, or see to opensearch.hosts"
        case AuthenticationException() | AuthorizationException():
            return f"the cluster refuses opensearch.user ({_cause(exc)}): see to opensearch.password and its rights"
        case NotFoundError():
            return (
                f"the cluster has no such index ({_cause(exc)}): run `telusur rollback`, or `telusur reindex SOURCE…`"
            )
        case TransportError() if exc.status_code in BUSY:
            return f"the cluster has too much to do, or lost a node ({_cause(exc)}): see to GET _cluster/health"
    return f"the cluster answers: {_cause(exc)}"


def _cause(exc: OpenSearchException) -> str:
    """Return what the library says on one line, cut short: it quotes whole answers, or whole pages."""
    parts = (exc.status_code, exc.error) if isinstance(exc, TransportError) else (exc,)
    said = " ".join(str(part) for part in parts if part)
    return " ".join(said.split())[:300]
