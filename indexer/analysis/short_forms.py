"""Short forms and their long forms by the written lists: acronyms, and words that are written together or apart."""

from functools import cache

from indexer.analysis.data import rows


@cache
def short_forms() -> tuple[tuple[str, str], ...]:
    """Return pairs of a short form and its long form."""
    return tuple((row[0], row[1]) for name in ("acronyms", "compounds") for row in rows(name))
