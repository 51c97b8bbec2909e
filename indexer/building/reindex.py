"""Reindexing: build a complete generation beside the live one, check it, publish it."""

import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from indexer import generations, ready
from indexer.analysis import Analyzer
from indexer.building import folders
from indexer.building.checkpoints import Checkpoint, Purpose
from indexer.building.checks import Check
from indexer.changes.applying import Updates, alone
from indexer.engines import announce, open_inspector, open_writer, size_elsewhere, sweep
from indexer.errors import BuildRefused, IndexUnavailable, ReindexFailed
from indexer.generations import ENGINE_FOLDER, LEDGER, Generation, Manifest
from indexer.reading.batches import batches
from indexer.reading.crew import Workplace, read_all
from indexer.reading.pipeline import Counts, Ledger, Progress, Stage, ingest
from indexer.settings import FetchSettings, IndexSettings
from indexer.sources import Sources
from indexer.sources.extent import Extent
from indexer.sources.records import Broken, Found


def _unheard(_text: str) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    How a build begins, and what it must stand up to before it is published.

    *fresh* leaves an unfinished build aside. *force* publishes whatever the *checks* say. *say* is told what an
    operator wants to know meanwhile, a sentence at a time.
    """

    fresh: bool = False
    force: bool = False
    checks: Sequence[Check] = ()
    say: Callable[[str], None] = _unheard


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a reindex did: the generation that it published, those it removed, and what *force* made it pass over.

    *analysis_before* is the fingerprint of what was live before, empty where nothing was.
    """

    generation: Generation
    removed: list[str]
    overridden: tuple[str, ...] = ()
    analysis_before: str = ""

    @property
    def ledger(self) -> Path:
        """The file that lists the rejected records."""
        return self.generation.path / LEDGER


def reindex(  # noqa: PLR0913, PLR0917 - the parts of a run
    names: Sequence[str],
    settings: IndexSettings,
    analyzer: Analyzer,
    progress: Progress = lambda _: None,
    fetch: FetchSettings | None = None,
    rules: Rules = Rules(),
) -> Outcome:
    """
    Build an index of all articles in the sources *names*, read by *analyzer*, and make it the live one.

    Sources of the web are fetched as *fetch* says, and refused without it. Whatever happens before the last step leaves
    the live index as it was. A build that was interrupted goes on where it was. Changes that are newer than the
    sources, those that are queued meanwhile among them, are applied before the new index is published.

    Raises:
        SourceUnavailable: a source cannot be read at all.
        ReindexFailed: no article was accepted, the index is not whole, the disk is full, or another build is running.
        BuildRefused: a check speaks against it; the build is kept to be looked at.
    """
    given = Sources(names, fetch)
    given.check()
    return build(
        Given(names, given, since=lambda updates: updates.last_change(given.as_of())),
        settings,
        analyzer,
        progress,
        rules,
    )


@dataclass(frozen=True, slots=True)
class Given:
    """
    What a build is made of: the *names* of it, its *items*, and *since* which change it need not hold any.

    *expected* is how many items there are, None where their files tell.
    """

    names: Sequence[str]
    items: Iterable[Found | Broken]
    since: Callable[[Updates], int]
    expected: int | None = None


def build(
    given: Given,
    settings: IndexSettings,
    analyzer: Analyzer,
    progress: Progress = lambda _: None,
    rules: Rules = Rules(),
) -> Outcome:
    """Build an index of what is *given*, and make it the live one; see `reindex`."""
    purpose = Purpose.of(given.names, settings.engine, analyzer)
    with folders.build(settings.path, _goes_on(purpose, rules)) as folder:
        updates = Updates(settings.path, analyzer)
        own = _Build(folder, given, settings, analyzer, progress)
        generation = own.write(purpose, given.since(updates))
        updates.bring_up(generation)
        own.tell(Stage.CHECKING)
        _require_wholeness(generation)
        reasons = tuple(reason for check in rules.checks for reason in check(generation))
        if reasons and not rules.force:
            raise _refused(settings.path, generation, reasons)
        before = _live_fingerprint(settings.path)
        with alone(settings.path):
            updates.bring_up(generation)
            earlier = generations.current_name(settings.path)
            announce(settings.engine, generation.engine_folder)
            published = generations.publish(settings.path, folder, generation.manifest)
            removed = _tidied(settings, earlier, rules)
        updates.forget()
        return Outcome(published, removed, reasons, before)


@dataclass
class _Build:
    """One build: where it is written, of what, and how far it is."""

    folder: Path
    given: Given
    settings: IndexSettings
    analyzer: Analyzer
    progress: Progress

    def __post_init__(self) -> None:
        self._counts = Counts()
        self._extent = Extent.of(self.given.names)

    def tell(self, stage: Stage) -> None:
        """Say that another stage begins."""
        self._counts.stage = stage
        self.progress(self._counts)

    def write(self, purpose: Purpose, since: int) -> Generation:
        """Write the index, which need not hold the changes up to number *since*; return it, not complete yet."""
        started = time.monotonic()
        with Checkpoint(self.folder, purpose) as checkpoint:
            counts, articles = self._written(checkpoint, since)
        manifest = Manifest(
            fingerprint=purpose.fingerprint,
            engine=self.settings.engine,
            articles=articles,
            rejected=counts.rejected,
            duplicates=counts.duplicates,
            seconds=round(time.monotonic() - started, 3),
            created=generations.now(),
            files=generations.inventory(self.folder),
            elsewhere=size_elsewhere(self.settings.engine, self.folder / ENGINE_FOLDER),
        )
        return Generation(self.folder.name, self.folder, manifest)

    def _written(self, checkpoint: Checkpoint, since: int) -> tuple[Counts, int]:
        writer = open_writer(self.settings.engine, self.folder / ENGINE_FOLDER, self.analyzer, self.settings.processes)
        place = Workplace(self.settings.engine, checkpoint.folder, self.analyzer)
        given = batches(self._extent.watched(self.given.items))
        reading = closing(read_all(given, place, self.settings.processes, self._tell, checkpoint.known))
        try:
            with Ledger(self.folder / LEDGER) as ledger, reading as taken:
                counts, found = ingest(checkpoint.keeping(taken), writer, ledger)
            self._require_articles(counts, checkpoint)
            self.tell(Stage.WRITING)
            articles = writer.finish(since)
        except BaseException:
            writer.abort()
            raise
        found.save(self.folder, articles, self.analyzer)
        ready.save(self.folder, self.analyzer)
        if articles != counts.accepted - counts.duplicates:
            checkpoint.discard()
            raise ReindexFailed(
                f"the new index holds {articles:,} articles where {counts.accepted - counts.duplicates:,} were "
                "written; it was not published, the live index is as it was"
            )
        return counts, articles

    def _require_articles(self, counts: Counts, checkpoint: Checkpoint) -> None:
        """Remove a build for which nothing was accepted, but for its ledger, and raise."""
        if counts.accepted:
            return
        kept = self.settings.path / LEDGER
        shutil.copyfile(self.folder / LEDGER, kept)
        checkpoint.discard()
        shutil.rmtree(self.folder)
        raise ReindexFailed(
            f"no article was accepted, {counts.rejected:,} records were rejected (see {kept}); the live index is as it "
            "was"
        )

    def _tell(self, accepted: int, rejected: int) -> None:
        self._counts.accepted += accepted
        self._counts.rejected += rejected
        self._counts.expected = self.given.expected or self._extent.records
        self.progress(self._counts)


def _goes_on(purpose: Purpose, rules: Rules) -> Callable[[Path], bool]:
    """Return what says whether an unfinished build is one that a build of *purpose* goes on with."""

    def goes_on(folder: Path) -> bool:
        why = "--fresh was given" if rules.fresh else purpose.difference(folder)
        if why:
            rules.say(f"An unfinished build is left aside: {why}.")
        else:
            rules.say(f"The unfinished build {folder.name} goes on where it was; --fresh begins anew.")
        return not why

    return goes_on


def _require_wholeness(generation: Generation) -> None:
    damage = open_inspector(generation.manifest.engine, generation.engine_folder).damage()
    if damage:
        named = "; ".join(f"{finding.place} {finding.problem}" for finding in damage)
        raise ReindexFailed(
            f"the new index is not on disk as it was written ({named}): check the disk and its memory, then run it "
            "again; the live index is as it was"
        )


def _refused(root: Path, generation: Generation, reasons: tuple[str, ...]) -> BuildRefused:
    """Keep *generation* as one that was refused, in the place of any earlier one, and return the error."""
    live = generations.current_name(root)
    for old in generations.complete(root):
        if old.manifest.refused and old.name != live:
            generations.remove(root, old.name)
    manifest = replace(generation.manifest, refused=reasons)
    generations.complete_build(generation.path, manifest)
    return BuildRefused(
        f"the new index was not published: {'; '.join(reasons)}. It is kept as {generation.name} until the next "
        f"build; `telusur rollback {generation.name}` puts it live all the same, and so would --force have done. "
        "The live index is as it was",
        generation.name,
        reasons,
    )


def _tidied(settings: IndexSettings, earlier: str | None, rules: Rules) -> list[str]:
    """Remove older generations, and what interrupted updates have left; what fails here fails no build: it is live."""
    removed: list[str] = []
    try:
        engines = {generation.manifest.engine for generation in generations.complete(settings.path)}
        removed += generations.prune(settings.path, settings.keep, earlier)
        for engine in engines:
            sweep(engine, settings.path / "generations")
        for generation in generations.complete(settings.path):
            with suppress(IndexUnavailable):  # `telusur verify` names it
                for stray in open_inspector(generation.manifest.engine, generation.engine_folder).strays():
                    stray.unlink(missing_ok=True)
    except (OSError, IndexUnavailable) as exc:
        rules.say(f"The new index is live, but what is older could not be removed ({exc}); the next reindex does it.")
    return removed


def _live_fingerprint(root: Path) -> str:
    try:
        return generations.find(root, generations.live_name(root)).manifest.fingerprint
    except IndexUnavailable:
        return ""
