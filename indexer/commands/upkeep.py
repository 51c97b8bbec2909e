"""The commands that look after an index, verify and rollback, and how it stands, for `search.commands.status`."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from indexer.changes.lock import Holder
from indexer.commands.console import FAILED, Console, command
from indexer.generations import Generation
from indexer.upkeep.acknowledged import repair
from indexer.upkeep.rollback import roll_back
from indexer.upkeep.standing import Standing, State
from indexer.upkeep.verification import Verification
from indexer.upkeep.verification import verify as look_over

_MOST = 5  # languages and sources that are named


@click.command()
@click.option("--sample", type=click.IntRange(0), default=100, help="Articles of which all postings are compared.")
@click.option("--repair", "repairs", is_flag=True, help="Apply again what was acknowledged and is not in the index.")
@command
def verify(console: Console, sample: int, *, repairs: bool) -> None:
    """
    Compare all that is kept with its checksums, with the queue of changes, and postings with the text of some articles.

    Others are chosen each time. Ends with 0 where nothing is wrong, else with 1 and a line for each finding.
    """
    if repairs and (mended := repair(console.index.path, console.analyzer)):
        console.say(f"{mended:,} articles were brought back from the queue of changes.")
    found = look_over(console.index.path, console.analyzer, sample)
    console.show(_verification_document(found), _verification_text(found))
    if found.findings:
        sys.exit(FAILED)


@click.command()
@click.argument("generation", default="")
@command
def rollback(console: Console, generation: str) -> None:
    """
    Make another GENERATION that is kept the live one, at once; without a name the one before the live one.

    Changes that came since it was live are applied to it first.
    """
    done = roll_back(console.index.path, console.analyzer, generation)
    live = done.generation
    document = {"generation": live.name, "before": done.before, "applied": done.applied}
    applied = f" {done.applied:,} later changes were applied to it first." if done.applied else ""
    was = f" in the place of {done.before}" if done.before else ""
    console.show(document, f"Generation {live.name} of {live.manifest.created} is live{was}.{applied}")


def facts(generation: Generation) -> dict[str, Any]:
    """Return what a manifest says of *generation*, without the list of files."""
    manifest = generation.manifest
    return {
        "articles": manifest.articles,
        "rejected": manifest.rejected,
        "duplicates": manifest.duplicates,
        "bytes": manifest.bytes,
        "seconds": manifest.seconds,
        "created": manifest.created,
        "engine": manifest.engine,
        "fingerprint": manifest.fingerprint,
        "refused": list(manifest.refused),
    }


def standing_document(found: Standing) -> dict[str, Any]:
    """Return all that is known of how an index stands."""
    return {
        "path": str(found.root),
        "live": found.live,
        "usable": not found.trouble,
        "trouble": found.trouble or None,
        "pending": found.waiting.count if found.waiting else None,
        "pending_seconds": round(found.waiting.seconds) if found.waiting else None,
        "applier": _applier_document(found.applier),
        "unfinished": list(found.unfinished),
        "generations": [
            {
                "name": state.generation.name,
                **facts(state.generation),
                "articles": state.articles,
                "bytes": state.bytes,
                "through": state.through,
                "through_at": _text(state.moment),
                "trouble": state.trouble or None,
                **state.counts,
            }
            for state in found.states
        ],
    }


def standing_text(found: Standing) -> str:
    """Return how an index stands, a line for each thing."""
    current = found.current
    articles = f"{current.articles:,} articles, * is live" if current else f"{found.live} is live, and is not there"
    lines = [f"{found.root}: {articles}"]
    lines += [f"{'*' if state == current else ' '} {state.generation.name}  {_line(state)}" for state in found.states]
    if found.trouble:
        lines.append(f"  this program cannot answer from it: {found.trouble}")
    if current:
        lines.append(
            f"  analysis {current.generation.manifest.fingerprint}, engine {current.generation.manifest.engine}"
        )
        lines += [f"  {name}: {_counted(counts)}" for name, counts in current.counts.items() if counts]
    lines += _change_lines(found)
    lines += [f"  {name} is unfinished; the same `telusur reindex` goes on with it" for name in found.unfinished]
    return "\n".join(lines)


def _change_lines(found: Standing) -> Iterator[str]:
    """Yield what waits to be applied, what was applied last, and what keeps the rest."""
    current, waiting = found.current, found.waiting
    through = f", {current.through:,} ({_text(current.moment)}) is the last that was" if current else ""
    since = f", the oldest for {waiting.seconds:,.0f} s" if waiting and waiting.count else ""
    count = f"{waiting.count:,} changes wait to be applied{since}" if waiting else "the queue cannot be read"
    yield f"  {count}{through}"
    if found.applier:
        trouble = f", and cannot now: {found.applier.trouble}" if found.applier.trouble else ""
        yield f"  process {found.applier.process} applies changes since {_text(found.applier.since)}{trouble}"
    elif waiting and waiting.count:
        yield "  no process applies changes: `telusur serve` does, and so do `telusur add` and `telusur delete`"


def _applier_document(found: Holder | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"process": found.process, "since": _text(found.since), "trouble": found.trouble or None}


def _text(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds") if moment else None


def _line(state: State) -> str:
    refused = "  refused: " + "; ".join(state.generation.manifest.refused) if state.generation.manifest.refused else ""
    trouble = f"  cannot be opened: {state.trouble}" if state.trouble else ""
    size = f"{state.articles:>9,} articles  {state.bytes / 1e6:>8,.1f} MB"
    return f"{size}  {state.generation.manifest.created}{refused}{trouble}"


def _counted(counts: dict[str, int]) -> str:
    named = [f"{value or '–'} {count:,}" for value, count in list(counts.items())[:_MOST]]
    more = [f"{len(counts) - _MOST:,} more"] if len(counts) > _MOST else []
    return ", ".join([*named, *more])


def _verification_document(found: Verification) -> dict[str, Any]:
    return {
        "clean": not found.findings,
        "generations": list(found.generations),
        "sampled": found.sampled,
        "findings": [
            {"place": finding.place, "problem": finding.problem, "remedy": finding.remedy} for finding in found.findings
        ],
    }


def _verification_text(found: Verification) -> str:
    looked = f"{len(found.generations)} generations, all checksums, all postings of {found.sampled:,} articles"
    lines = [f"{finding.place}: {finding.problem}. Remedy: {finding.remedy}." for finding in found.findings]
    return "\n".join([*lines, f"{looked}: {f'{len(lines):,} findings' if lines else 'nothing is wrong'}."])
