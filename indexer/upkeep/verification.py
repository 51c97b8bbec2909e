"""Verification: whether all that is kept of an index is as it was written, and says the same everywhere."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building import folders
from indexer.engines import Finding, open_inspector
from indexer.errors import IndexUnavailable
from indexer.generations import ENGINE_FOLDER, Generation
from indexer.upkeep.acknowledged import unheld

_TRIES = 5
_REBUILD = "run `telusur reindex SOURCE…`"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what is wrong: the generations, the articles of which all postings were compared."""

    generations: tuple[str, ...]
    sampled: int
    findings: tuple[Finding, ...]


def verify(root: Path, analyzer: Analyzer, sample: int) -> Verification:
    """
    Compare every byte of each generation at *root* with its checksum, and *sample* articles of each with their text.

    Of all articles, ids and counts are compared, and of the live ones the changes that were acknowledged.

    Raises:
        IndexUnavailable: there is no index here.
    """
    live, names = generations.live_name(root), generations.complete_names(root)
    findings = [] if live in names else [_no_live(root, live)]
    sampled = 0
    for name in names:
        try:
            generation = generations.find(root, name)
        except IndexUnavailable as exc:
            findings.append(Finding(str(root / "generations" / name), str(exc), _REBUILD))
            continue
        own, articles = _looked_over(generation, analyzer, sample)
        findings += own
        if name == live:
            findings += _unheld(root, generation)
        sampled += articles
    return Verification(tuple(names), sampled, (*findings, *_leftovers(root)))


def _no_live(root: Path, live: str) -> Finding:
    problem = f"names the generation {live}, which is not there"
    return Finding(str(generations.pointer(root)), problem, "run `telusur rollback GENERATION` with one that is")


def _looked_over(generation: Generation, analyzer: Analyzer, sample: int) -> tuple[list[Finding], int]:
    """Return what is wrong with *generation*, and how many articles were compared."""
    findings = list(_changed(generation))
    written, own = generation.manifest.fingerprint, schema.fingerprint(analyzer)
    if written != own:
        problem = f"was written with the analysis {written}, this program has {own}; its postings were not compared"
        remedy = f"verify it with the program that wrote it, or {_REBUILD}"
        findings.append(Finding(str(generation.path), problem, remedy))
        sample = 0
    try:
        found, articles = _inspected(generation, analyzer, sample)
    except IndexUnavailable as exc:
        return [*findings, Finding(str(generation.engine_folder), str(exc), _REBUILD)], 0
    return [*findings, *found], articles


def _inspected(generation: Generation, analyzer: Analyzer, sample: int) -> tuple[list[Finding], int]:
    """Return what the engine finds; looks again where changes were committed meanwhile, which take files away."""
    for _ in range(_TRIES):
        inspector = open_inspector(generation.manifest.engine, generation.engine_folder)
        found = inspector.damage() or inspector.contradictions(analyzer, sample)
        if not found or inspector.is_current:
            break
    return found, min(sample, inspector.articles)


def _unheld(root: Path, generation: Generation) -> list[Finding]:
    """Return which acknowledged changes are not in the live *generation*, unless it cannot be opened at all."""
    for _ in range(_TRIES):
        with suppress(IndexUnavailable):  # a commit took files away, or one is damaged, which is found elsewhere
            return unheld(root, generation)
    return []


def _changed(generation: Generation) -> Iterator[Finding]:
    """Yield which files are not as they were written; those of the engine have checksums of their own."""
    kept = {file: facts for file, facts in generation.manifest.files.items() if not file.startswith(ENGINE_FOLDER)}
    found = generations.inventory(generation.path, but={ENGINE_FOLDER})
    for file, facts in kept.items():
        if found.get(file) != facts:
            problem = "is not as it was written" if file in found else "is missing"
            yield Finding(str(generation.path / file), problem, f"restore it, or {_REBUILD}")


def _leftovers(root: Path) -> Iterator[Finding]:
    """Yield drafts of files that nobody finished."""
    for path in folders.stale_drafts(root):
        yield Finding(str(path), "is a draft that was never finished", "nothing needs it; the next reindex removes it")
