"""
Whether the live index holds what was acknowledged, and the way to bring back what it does not.

The queue keeps each change for a month at least. All that came to an index since it was built must be in it: the last
change of each article says what there is of that article.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.article import UNKNOWN, Article
from indexer.changes.applying import alone
from indexer.changes.queue import FILE, Change, ChangeQueue
from indexer.engines import Finding, IndexInspector, open_inspector, open_updater
from indexer.errors import QueueUnavailable
from indexer.generations import Generation
from indexer.language import with_language

_FEW = 3  # changes that are named
_REPAIR = "run `telusur verify --repair`, which applies them again from the queue"


@dataclass(frozen=True, slots=True)
class Lost:
    """A change that the index goes through, and why it is not in it."""

    change: Change
    why: str


def unheld(root: Path, generation: Generation) -> list[Finding]:
    """
    Return which acknowledged changes *generation*, the live one at *root*, should hold and does not.

    Raises:
        IndexUnavailable: it cannot be opened.
    """
    if not (root / FILE).exists():
        return []
    try:
        inspector = open_inspector(generation.manifest.engine, generation.engine_folder)
        return [*_gaps(root, inspector), *_named(generation, list(_lost(ChangeQueue(root), inspector)))]
    except QueueUnavailable as exc:
        return [Finding(str(root / FILE), str(exc), "restore it, or see to the disk; searches are not concerned")]


def repair(root: Path, analyzer: Analyzer) -> int:
    """
    Apply again what was acknowledged and is not in the live index at *root*; return how many articles that concerned.

    Raises:
        IndexUnavailable: there is no index, or it is damaged in another way, which only a reindex mends.
        QueueUnavailable: the queue cannot be read.
    """
    with alone(root):
        live = generations.live(root, schema.fingerprint(analyzer))
        engine, folder = live.manifest.engine, live.engine_folder
        lost = [found.change for found in _lost(ChangeQueue(root), open_inspector(engine, folder))]
        if lost:
            put = [with_language(article) for change in lost if (article := _article(change))]
            gone = [change.article_id for change in lost if change.record is None]
            updater = open_updater(engine, folder, analyzer)
            updater.apply(put, gone, updater.through)
    return len(lost)


def _gaps(root: Path, inspector: IndexInspector) -> Iterator[Finding]:
    """Yield what is not there of the queue itself."""
    queue = ChangeQueue(root)
    if missing := queue.missing(inspector.since):
        problem = f"{missing:,} changes between those that it has are not there"
        yield Finding(str(root / FILE), problem, "put the articles that changed in again, or run `telusur reindex`")
    if (last := queue.last()) < inspector.through:
        problem = f"it goes through change {last:,}, and the index through {inspector.through:,}: it is an older copy"
        yield Finding(str(root / FILE), problem, "restore the newest one; the next change gets a higher number")


def _lost(queue: ChangeQueue, inspector: IndexInspector) -> Iterator[Lost]:
    for change in queue.latest(inspector.since, inspector.through):
        wanted, found = _article(change), inspector.articles_of(change.article_id)
        if len(found) > 1:
            yield Lost(change, f"is there {len(found)} times")
        elif wanted is None and found:
            yield Lost(change, "was taken out, and is there")
        elif wanted is not None and not found:
            yield Lost(change, "is not there")
        elif wanted is not None and not _is_version(found[0], wanted):
            yield Lost(change, "is there in another version")


def _article(change: Change) -> Article | None:
    """Return the article that *change* puts in, None where it takes one out."""
    return None if change.record is None else Article.from_record(change.record)


def _is_version(found: Article, wanted: Article) -> bool:
    return found == (replace(wanted, language=found.language) if wanted.language == UNKNOWN else wanted)


def _named(generation: Generation, lost: list[Lost]) -> Iterator[Finding]:
    if not lost:
        return
    named = [f"{found.change.article_id!r} (change {found.change.number}) {found.why}" for found in lost[:_FEW]]
    more = [f"and {len(lost) - _FEW:,} more"] if len(lost) > _FEW else []
    problem = f"acknowledged changes are not in it: {', '.join([*named, *more])}"
    yield Finding(str(generation.engine_folder), problem, _REPAIR)
