"""What a new index must stand up to before it takes the place of the live one."""

from collections.abc import Callable, Sequence
from pathlib import Path

from indexer import generations
from indexer.engines import open_inspector
from indexer.errors import IndexUnavailable
from indexer.generations import Generation

Check = Callable[[Generation], Sequence[str]]
"""Looks at a complete generation that is not published yet; returns the reasons why it should not be."""


def enough_articles(root: Path, min_ratio: float) -> Check:
    """Return the check that a new index has at least *min_ratio* times the articles of the live one at *root*."""

    def check(generation: Generation) -> list[str]:
        before, now = _live_articles(root), articles(generation)
        if before is None or now >= before * min_ratio:
            return []
        return [f"it has {now:,} articles where the live index has {before:,}, less than publish.min_ratio {min_ratio}"]

    return check


def articles(generation: Generation) -> int:
    """Return how many articles *generation* holds by now; of one that cannot be opened, how many it held at first."""
    try:
        return open_inspector(generation.manifest.engine, generation.engine_folder).articles
    except IndexUnavailable:
        return generation.manifest.articles


def _live_articles(root: Path) -> int | None:
    try:
        return articles(generations.find(root, generations.live_name(root)))
    except IndexUnavailable:
        return None
