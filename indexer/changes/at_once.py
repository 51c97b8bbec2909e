"""Changes from the command line: queued as any other, and waited for until they are applied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.changes.queue import ChangeQueue
from indexer.changes.waiting import Say, applied
from indexer.engines import open_inspector
from indexer.errors import ArticleRejected
from indexer.reading.batches import Batch, Rejected, batches
from indexer.sources.records import Broken, Found


@dataclass(slots=True)
class Added:
    """How many articles were put in, and which records are none."""

    accepted: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def put(root: Path, analyzer: Analyzer, given: Iterable[Found | Broken], say: Say) -> Added:
    """
    Put the articles of the sources *given* into the live index at *root*.

    Raises:
        IndexUnavailable: there is no index.
        QueueUnavailable: the articles cannot be queued; those of earlier batches are in.
        ChangesHang: they are queued, and whoever applies changes does not get on.
    """
    through = _held(root, analyzer)
    queue, added = ChangeQueue(root), Added()
    for batch in batches(given):
        if changes := _changes(batch, added):
            through = queue.add(changes, through).last
    applied(root, analyzer, through, say)
    return added


def take_out(root: Path, analyzer: Analyzer, article_ids: Sequence[str], say: Say) -> None:
    """Take the articles of these ids out of the live index at *root*; raises as `put` does."""
    task = ChangeQueue(root).add([(article_id, None) for article_id in article_ids], _held(root, analyzer))
    applied(root, analyzer, task.last, say)


def _held(root: Path, analyzer: Analyzer) -> int:
    """Return through which change the live index goes."""
    live = generations.live(root, schema.fingerprint(analyzer))
    return open_inspector(live.manifest.engine, live.engine_folder).through


def _changes(batch: Batch, added: Added) -> list[tuple[str, dict[str, object]]]:
    """Return the changes that *batch* asks for, and count them and what is no article."""
    changes = []
    for item in batch:
        if isinstance(item, Broken):
            added.rejected.append(Rejected(item.place, None, item.reason))
            continue
        try:
            article = Article.from_record(item.record)
            changes.append((article.id, article.to_record()))
        except ArticleRejected as exc:
            added.rejected.append(Rejected(item.place, item.record.get("id"), str(exc)))
    added.accepted += len(changes)
    return changes
