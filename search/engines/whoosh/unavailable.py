"""What goes wrong with the files of an index while they are read -> an error of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.errors import IndexUnavailable
from search.errors import EngineUnavailable


@contextmanager
def as_unavailable() -> Iterator[None]:
    """
    Read an index.

    Raises:
        EngineUnavailable: it cannot be read.
    """
    try:
        yield
    except (IndexUnavailable, OSError, ValueError) as exc:
        raise EngineUnavailable(f"the index cannot be read ({exc}): check its files, or run `telusur reindex`") from exc
