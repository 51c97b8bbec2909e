"""The latest queries of readers, for trying another index on them."""

from pathlib import Path

from search.query_log.database import reading

MOST = 1_000
"""Queries that are taken at most."""


def latest(root: Path, most: int = MOST) -> list[str]:
    """
    Return the latest *most* queries that are logged at *root*, each once, the oldest first; none that is masked.

    Raises:
        QueryLogUnavailable: there is no log, or it cannot be read.
    """
    with reading(root) as database:
        found = database.execute(
            "select text from searches where page = 1 and not is_masked group by text order by max(id) desc limit ?",
            (most,),
        )
        return [text for (text,) in found][::-1]
