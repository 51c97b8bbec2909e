"""
What is believed of the short forms that articles define: how much of it is right, and how much of what is right.

    python -m benchmarks.acronyms ARTICLES…

ARTICLES are sources that `telusur reindex` reads. 200 pairs were judged by hand (`acronym_pairs.tsv`), each standing
for as many others as the file says; the figures are about the articles that these were drawn from.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from indexer.acronym_counts import AcronymCounts
from indexer.article import Article
from indexer.reading.batches import checked
from indexer.sources import read


class Judged(NamedTuple):
    """A pair, whether it is right, and for how many pairs it stands."""

    short: str
    long: str
    is_right: bool
    stands_for: int


def judged() -> list[Judged]:
    """Return the pairs that were judged."""
    lines = Path(__file__).with_name("acronym_pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Judged(short, long, answer == "yes", int(stands)) for short, long, answer, stands in rows]


def measured(believed: set[tuple[str, str]], pairs: list[Judged]) -> tuple[float, float]:
    """Return the precision and the recall of what is *believed* by the *pairs* that were judged."""
    right = sum(pair.stands_for for pair in pairs if pair.is_right)
    taken = [pair for pair in pairs if (pair.short, pair.long) in believed]
    both = sum(pair.stands_for for pair in taken if pair.is_right)
    return both / sum(pair.stands_for for pair in taken), both / right


def main(sources: list[str]) -> None:
    """Count what the articles of *sources* define, and print both figures."""
    counts, articles = AcronymCounts(), 0
    for source in sources:
        for item in read(source):
            if isinstance(article := checked(item), Article):
                counts.add(article)
                articles += 1
    believed = {(found.short, found.long) for found in counts.clear(articles)}
    precision, recall = measured(believed, judged())
    print(f"{articles:,} articles define {len(counts.articles):,} pairs; {len(believed):,} are believed")
    print(f"precision {precision:.2f}, recall {recall:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
