"""
Word lists of the analysis: tab-separated rows, the origin and licence of each list in its head.

A line that starts with ``#`` is a comment; the first comment lines of a file say what its columns
are, where the rows come from and under which licence they stand.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the lists are."""


def rows(name: str) -> list[tuple[str, ...]]:
    """
    Return the rows of the list *name* (a file name without ``.tsv``), each split at its tabs.

    Raises:
        FileNotFoundError: the package was installed without its lists.
    """
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]
