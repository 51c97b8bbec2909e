"""The acronyms that the articles of a generation define, counted while they are indexed and kept beside it."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.definitions import definitions
from indexer.article import Article
from indexer.durable import named

FILE = "acronyms.tsv"
"""Where in a generation they are: short form, long form, articles that say so."""

_ENOUGH = 2  # articles that confirm a pair whose letters do not fit strictly


class AcronymCounts:
    """
    Counts definitions article by article: how many *articles* have each pair, and which pairs fit strictly.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.articles: dict[tuple[str, str], int] = defaultdict(int)
        self.strict: set[tuple[str, str]] = set()

    def add(self, article: Article) -> None:
        """Count what *article* defines, each pair once."""
        found = list(definitions(article.body)) if "(" in article.body else []
        self.strict |= {(short, long) for short, long, is_strict in found if is_strict}
        for pair in {(short, long) for short, long, _ in found}:
            self.articles[pair] += 1

    def merge(self, other: "AcronymCounts") -> None:
        """Count what *other* has counted in other articles."""
        self.strict |= other.strict
        for pair, count in other.articles.items():
            self.articles[pair] += count

    def confirmed(self) -> Iterator[tuple[str, str, int]]:
        """Yield each pair that fits strictly or that two articles confirm, with the number of its articles."""
        for pair, count in sorted(self.articles.items()):
            if pair in self.strict or count >= _ENOUGH:
                yield (*pair, count)

    def save(self, folder: Path) -> None:
        """Write the confirmed pairs into the generation in *folder*."""
        lines = (f"{short}\t{long}\t{count}\n" for short, long, count in self.confirmed())
        with named(folder / FILE):
            (folder / FILE).write_text("".join(lines), encoding="utf-8")


def load(folder: Path) -> list[tuple[str, str]]:
    """Return the pairs of the generation in *folder*, short and long."""
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    return [(short, long) for short, long, _ in (line.split("\t") for line in lines)]
