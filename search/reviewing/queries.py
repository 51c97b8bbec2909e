"""The queries that another index is tried on: those in a file, or the latest of readers."""

from pathlib import Path

from indexer.errors import SourceUnavailable
from search.errors import QueryLogUnavailable
from search.query_log.latest import latest


def queries_of(source: str, root: Path) -> list[str]:
    """
    Return the queries of *source*: of the file of this name, one a line, or ``last`` for those logged at *root*.

    Raises:
        SourceUnavailable: there are none.
    """
    if source == "last":
        return _latest(root)
    try:
        lines = Path(source).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise SourceUnavailable(f"the queries in {source!r} cannot be read: {exc}") from exc
    if not any(line.strip() for line in lines):
        raise SourceUnavailable(f"{source!r} holds no queries: write one a line")
    return [line.strip() for line in lines if line.strip()]


def _latest(root: Path) -> list[str]:
    try:
        found = latest(root)
    except QueryLogUnavailable as exc:
        raise SourceUnavailable(f"{exc}; or name a file of queries") from exc
    if not found:
        raise SourceUnavailable(f"no query is logged at {root} yet: wait for some, or name a file")
    return found
