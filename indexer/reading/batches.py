"""
Batches of records: what one process reads at a time, and what became of them.

A batch holds the same records whoever reads it and however many do, and batches count in the order of the sources. So
the index, the counts and the ledger are the same whatever the number of processes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.acronym_counts import AcronymCounts
from indexer.article import Article
from indexer.engines import Part, PartWriter
from indexer.errors import ArticleRejected
from indexer.language import with_language
from indexer.sources.records import Broken, Found

MOST_RECORDS = 10_000
MOST_CHARACTERS = 6_000_000
"""Characters of the texts of a batch, some 3,500 articles, after which it is closed."""


Batch = list[Found | Broken]

Tell = Callable[[int, int], None]
"""Told after each record, or after some, how many were accepted and how many rejected."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that is no article: its place, its id where it has one, and the reason."""

    place: str
    id: object
    reason: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """A record that is an article without what could not be read of it: its place, its id, and what that was."""

    place: str
    id: str
    remark: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: the part of the index that its articles are, if there is any, and all else."""

    part: Part | None
    accepted: int
    rejected: list[Rejected]
    remarked: list[Remarked]
    acronyms: AcronymCounts


def batches(given: Iterable[Found | Broken]) -> Iterator[Batch]:
    """Yield the records of the sources *given* in batches."""
    batch: Batch = []
    size = 0
    for item in given:
        batch.append(item)
        size += _size(item)
        if size >= MOST_CHARACTERS or len(batch) == MOST_RECORDS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def read(batch: Batch, writer: PartWriter, name: str, tell: Tell) -> Taken:
    """Write the articles of *batch* as the part *name*."""
    rejected: list[Rejected] = []
    remarked: list[Remarked] = []
    acronyms = AcronymCounts()
    for item in batch:
        article = _article(item)
        if isinstance(article, Rejected):
            rejected.append(article)
        else:
            acronyms.add(article)
            writer.add(article)
            if isinstance(item, Found) and item.remark:
                remarked.append(Remarked(item.place, article.id, item.remark))
        tell(int(isinstance(article, Article)), int(isinstance(article, Rejected)))
    accepted = len(batch) - len(rejected)
    return Taken(writer.write(name) if accepted else None, accepted, rejected, remarked, acronyms)


def checked(item: Found | Broken) -> Article | Rejected:
    """Return the article that *item* is, or why it is none; its language is not told where it is not given."""
    if isinstance(item, Broken):
        return Rejected(item.place, None, item.reason)
    try:
        return Article.from_record(item.record)
    except ArticleRejected as exc:
        return Rejected(item.place, item.record.get("id"), str(exc))


def _article(item: Found | Broken) -> Article | Rejected:
    article = checked(item)
    return with_language(article) if isinstance(article, Article) else article


def _size(item: Found | Broken) -> int:
    return sum(map(_characters, item.record.values())) if isinstance(item, Found) else 0


def _characters(value: object) -> int:
    if isinstance(value, list):
        return sum(map(_characters, value))
    return len(value) if isinstance(value, str) else 0
