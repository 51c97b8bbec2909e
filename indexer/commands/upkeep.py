"""The commands that change an index and look after it. `search.commands` takes them into ``telusur``."""

import sys
from dataclasses import asdict
from typing import Any

import click

from indexer import schema
from indexer.changes.commands import put, take_out
from indexer.commands.console import FAILED, NAMES, SOME_REJECTED, Console, command
from indexer.generations import Generation
from indexer.keys import Keys
from indexer.sources import Sources
from indexer.upkeep.rollback import roll_back
from indexer.upkeep.standing import Standing, State, standing
from indexer.upkeep.verification import Verification
from indexer.upkeep.verification import verify as look_over

_MOST = 5  # languages and sources that are named


@click.command()
@command
def status(console: Console) -> None:
    """Say what is live, what is kept beside it, and what waits to be applied."""
    found = standing(console.index.path, schema.fingerprint(console.analyzer))
    console.show(_standing_document(found), _standing_text(found))


@click.command()
@click.option("--sample", type=click.IntRange(0), default=100, help="Articles of which all postings are compared.")
@command
def verify(console: Console, sample: int) -> None:
    """
    Compare all that is kept with its checksums, and postings with the text of some articles.

    Others are chosen each time. Ends with 0 where nothing is wrong, else with 1 and a line for each finding.
    """
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


@click.command(epilog=NAMES)
@click.argument("names", metavar="SOURCES...", nargs=-1, required=True)
@command
def add(console: Console, names: tuple[str, ...]) -> None:
    """
    Put the articles of SOURCES into the live index, each in the place of the one of its id.

    They are on disk before the command ends, and searches see them; a reindex that runs meanwhile takes them over.
    """
    given = Sources(names, console.fetch)
    given.check()
    added = put(console.index.path, console.analyzer, given)
    console.show(
        {"added": added.accepted, "rejected": [asdict(rejected) for rejected in added.rejected]},
        "\n".join(
            [f"{added.accepted:,} articles are in the index.", *(f"{r.place}: {r.reason}" for r in added.rejected)]
        ),
    )
    if added.rejected:
        sys.exit(SOME_REJECTED)


@click.command()
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True)
@command
def delete(console: Console, article_ids: tuple[str, ...]) -> None:
    """Take the articles of these IDs out of the live index."""
    take_out(console.index.path, console.analyzer, article_ids)
    console.show({"deleted": list(article_ids)}, f"{len(article_ids):,} articles are out of the index.")


@click.group()
def keys() -> None:
    """Make, list and take back the keys that writing over HTTP needs."""


@keys.command()
@click.argument("name")
@command
def create(console: Console, name: str) -> None:
    """Make a key for NAME, and show it this once."""
    secret = Keys(console.index.path).create(name)
    console.show({"name": name, "key": secret}, f"{secret}\nKeep it: it cannot be shown again.")


@keys.command(name="list")
@command
def list_(console: Console) -> None:
    """List for whom there are keys."""
    known = Keys(console.index.path).all()
    console.show(
        {"keys": [{"name": key.name, "created": key.created} for key in known]},
        "\n".join(f"{key.created}  {key.name}" for key in known) or "There are no keys: nobody can write over HTTP.",
    )


@keys.command()
@click.argument("name")
@command
def revoke(console: Console, name: str) -> None:
    """Take the key of NAME back, at once."""
    Keys(console.index.path).revoke(name)
    console.show({"revoked": name}, f"The key {name} lets nobody in any more.")


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


def _standing_document(found: Standing) -> dict[str, Any]:
    return {
        "path": str(found.root),
        "live": found.live,
        "usable": not found.trouble,
        "trouble": found.trouble or None,
        "pending": found.pending,
        "unfinished": list(found.unfinished),
        "generations": [
            {
                "name": state.generation.name,
                **facts(state.generation),
                "articles": state.articles,
                "bytes": state.bytes,
                "through": state.through,
                "trouble": state.trouble or None,
                **state.counts,
            }
            for state in found.states
        ],
    }


def _standing_text(found: Standing) -> str:
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
    pending = "the queue cannot be read" if found.pending is None else f"{found.pending:,} changes wait to be applied"
    through = f", {current.through:,} is the last that was" if current else ""
    lines.append(f"  {pending}{through}")
    lines += [f"  {name} is unfinished; the same `telusur reindex` goes on with it" for name in found.unfinished]
    return "\n".join(lines)


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
