"""Reindexing: build a complete generation beside the live one, check it, publish it."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.batches import batches
from indexer.changes.applying import Applier, alone
from indexer.crew import Workplace, read_all
from indexer.engines import open_writer
from indexer.errors import ReindexFailed
from indexer.generations import ENGINE_FOLDER, LEDGER, Generation, Manifest
from indexer.pipeline import Counts, Ledger, Progress, ingest
from indexer.settings import FetchSettings, IndexSettings
from indexer.sources import Sources


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reindex did: the generation that it published, and those it removed."""

    generation: Generation
    removed: list[str]

    @property
    def ledger(self) -> Path:
        """The file that lists the rejected records."""
        return self.generation.path / LEDGER


def reindex(
    names: Sequence[str],
    settings: IndexSettings,
    analyzer: Analyzer,
    progress: Progress = lambda _: None,
    fetch: FetchSettings | None = None,
) -> Outcome:
    """
    Build an index of all articles in the sources *names*, read by *analyzer*, and make it the live one.

    Sources of the web are fetched as *fetch* says, and refused without it.
    Whatever happens before the last step, an interruption too, leaves the live index as it was. Changes that are newer
    than the sources, those that are queued meanwhile among them, are applied before the new index is published.

    Raises:
        SourceUnavailable: a source cannot be read at all.
        ReindexFailed: no article was accepted, the check failed, the disk is full, or another build is running.
    """
    given = Sources(names, fetch)
    given.check()
    with generations.build(settings.path) as folder:
        started = time.monotonic()
        applier = Applier(settings.path, analyzer)
        since = applier.last_change(given.as_of())
        counts, articles = _write(given, settings, analyzer, folder, since, progress)
        manifest = Manifest(
            fingerprint=schema.fingerprint(analyzer),
            engine=settings.engine,
            articles=articles,
            rejected=counts.rejected,
            duplicates=counts.duplicates,
            seconds=round(time.monotonic() - started, 3),
            created=generations.now(),
            files=generations.inventory(folder),
        )
        with alone(settings.path):
            applier.bring_up(Generation(folder.name, folder, manifest))
            published = generations.publish(settings.path, folder, manifest)
        return Outcome(published, generations.prune(settings.path, settings.keep))


def _write(  # noqa: PLR0913, PLR0917 - the parts of one run
    given: Sources, settings: IndexSettings, analyzer: Analyzer, folder: Path, since: int, progress: Progress
) -> tuple[Counts, int]:
    place = Workplace(settings.engine, folder / ENGINE_FOLDER, analyzer)
    writer = open_writer(place.engine, place.folder, analyzer, settings.processes)
    told = Counts()

    def tell(accepted: int, rejected: int) -> None:
        told.accepted += accepted
        told.rejected += rejected
        progress(told)

    try:
        with Ledger(folder / LEDGER) as ledger:
            counts, found = ingest(read_all(batches(given), place, settings.processes, tell), writer, ledger)
        _require_articles(counts, settings.path, folder)
    except BaseException:
        writer.abort()
        raise
    found.save(folder)
    articles = writer.finish(since)
    if articles != counts.accepted - counts.duplicates:
        raise ReindexFailed(
            f"the new index holds {articles:,} articles where {counts.accepted - counts.duplicates:,} were written; "
            "it was not published, the live index is as it was"
        )
    return counts, articles


def _require_articles(counts: Counts, root: Path, folder: Path) -> None:
    if counts.accepted:
        return
    kept = root / LEDGER
    shutil.copyfile(folder / LEDGER, kept)
    raise ReindexFailed(
        f"no article was accepted, {counts.rejected:,} records were rejected (see {kept}); the live index is as it was"
    )
