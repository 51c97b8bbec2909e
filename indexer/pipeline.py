"""Records -> articles: counts what went in, and keeps a ledger of what did not."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer import sources
from indexer.article import UNKNOWN, Article
from indexer.errors import ArticleRejected
from indexer.language import language
from indexer.sources.records import Broken, Found


@dataclass(slots=True)
class Counts:
    """How many records were accepted, rejected, and replaced an earlier one of the same id."""

    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0

    @property
    def read(self) -> int:
        """All records so far."""
        return self.accepted + self.rejected


Progress = Callable[[Counts], None]
"""Told after each record how far the run is; must be quick."""


class Ledger(AbstractContextManager["Ledger"]):
    """The list of rejected records, one JSON object a line: the place, the id where there is one, the reason."""

    def __init__(self, path: Path) -> None:
        """Write to *path*, anew."""
        self._file = path.open("w", encoding="utf-8")

    def reject(self, place: str, reason: str, article_id: object = None) -> None:
        """Write one line."""
        row = {"place": place, "id": article_id, "reason": reason}
        self._file.write(json.dumps({name: value for name, value in row.items() if value is not None}) + "\n")

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()


Taker = Callable[[Article], bool]
"""Takes an article in; says whether it replaced an earlier one."""


def ingest(names: Iterable[str], take: Taker, ledger: Ledger, progress: Progress) -> Counts:
    """Hand every valid article of the sources *names* to *take*; return the counts."""
    counts = Counts()
    for name in names:
        for item in sources.read(name):
            _handle(item, take, ledger, counts)
            progress(counts)
    return counts


def _handle(item: Found | Broken, take: Taker, ledger: Ledger, counts: Counts) -> None:
    if isinstance(item, Broken):
        counts.rejected += 1
        ledger.reject(item.place, item.reason)
        return
    try:
        article = _with_language(Article.from_record(item.record))
    except ArticleRejected as exc:
        counts.rejected += 1
        ledger.reject(item.place, str(exc), item.record.get("id"))
        return
    counts.accepted += 1
    counts.duplicates += take(article)


def _with_language(article: Article) -> Article:
    if article.language != UNKNOWN:
        return article
    return replace(article, language=language(f"{article.title}\n{article.body}"))
