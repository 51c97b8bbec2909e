"""The commands that write: reindex and status. `search.cli` takes them into the one command ``telusur``."""

import sys
from dataclasses import asdict, replace
from typing import Any

import click

from indexer import generations, schema
from indexer.changes.commands import put, take_out
from indexer.console import SOME_REJECTED, Console, command, progress
from indexer.generations import Generation
from indexer.keys import Keys
from indexer.reindex import Outcome
from indexer.reindex import reindex as rebuild
from indexer.sources import Sources


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--jobs", type=click.IntRange(0), help="Processes that read articles; 0 for as many as there are cores.")
@command
def reindex(console: Console, sources: tuple[str, ...], jobs: int | None) -> None:
    """
    Build the index anew from SOURCES, and put it in the place of the live one.

    A source is a text file as scraped from a portal (.txt), JSON Lines (.jsonl, .jsonl.gz), a table (.csv), a page
    (.html), a WordPress export (.xml, or wxr:PATH), a folder of these, or - for JSON Lines from standard input; an
    address: https://…, sitemap+https://…, rss+https://…, wordpress+https://…; or a database:
    sqlite:///PATH?table=NAME, postgresql://…, mysql://…?query=SELECT…

    Searches go on meanwhile; if the build fails or is interrupted, the live index stays as it was.
    """
    index = console.index if jobs is None else replace(console.index, jobs=jobs)
    with progress() as tell:
        outcome = rebuild(sources, index, console.analyzer, tell, console.fetch)
    console.show(_outcome_document(outcome), _outcome_text(outcome))
    if outcome.generation.manifest.rejected:
        sys.exit(SOME_REJECTED)


@click.command()
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


@click.command()
@command
def status(console: Console) -> None:
    """Say what is live, and which generations are kept beside it."""
    root = console.index.path
    current = generations.live(root, schema.fingerprint(console.analyzer))
    kept = generations.complete(root)
    document = {
        "path": str(root),
        "live": current.name,
        "generations": [{"name": old.name, **facts(old)} for old in kept],
    }
    lines = [f"{'*' if old.name == current.name else ' '} {old.name}  {_line(old)}" for old in kept]
    console.show(document, "\n".join([f"{root}: {current.manifest.articles:,} articles, * is live", *lines]))


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
    }


def _line(generation: Generation) -> str:
    manifest = generation.manifest
    return f"{manifest.articles:>9,} articles  {manifest.bytes / 1e6:>8,.1f} MB  {manifest.created}"


def _outcome_document(outcome: Outcome) -> dict[str, Any]:
    return {
        "generation": outcome.generation.name,
        **facts(outcome.generation),
        "ledger": str(outcome.ledger),
        "removed": outcome.removed,
    }


def _outcome_text(outcome: Outcome) -> str:
    manifest = outcome.generation.manifest
    lines = [
        f"{manifest.articles:,} articles are live in generation {outcome.generation.name}.",
        f"The index has {manifest.bytes / 1e6:,.1f} MB and took {manifest.seconds:,.1f} s.",
    ]
    if manifest.duplicates:
        lines.append(f"{manifest.duplicates:,} records had the id of an earlier one and took its place.")
    if manifest.rejected:
        lines.append(f"{manifest.rejected:,} records were rejected; {outcome.ledger} says where and why.")
    return "\n".join(lines)
