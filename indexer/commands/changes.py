"""The commands that change single articles of the live index: add, delete."""

import sys
from dataclasses import asdict

import click

from indexer.changes.at_once import put, take_out
from indexer.commands.console import SOME_REJECTED, Console, command
from indexer.commands.reading import NAMES
from indexer.sources import Sources


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
    added = put(console.index.path, console.analyzer, given, console.say)
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
    take_out(console.index.path, console.analyzer, article_ids, console.say)
    console.show({"deleted": list(article_ids)}, f"{len(article_ids):,} articles are out of the index.")
