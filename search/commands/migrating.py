"""The command that moves an index to another engine: migrate."""

from dataclasses import replace

import click

from indexer import settings
from indexer.building.checks import enough_articles
from indexer.building.migrating import migrate as move
from indexer.building.reindex import Rules
from indexer.commands.console import Console
from indexer.commands.progress import shown
from indexer.commands.upkeep import facts
from indexer.settings import PublishSettings
from search.commands.opening import command
from search.commands.reviewing import opener
from search.reviewing.checks import Review


@click.command()
@click.option("--to", "engine", required=True, help="The engine that is to have the articles: whoosh or opensearch.")
@click.option("--jobs", type=click.IntRange(0), help="Processes that read articles; 0 for as many as there are cores.")
@click.option("--fresh", is_flag=True, help="Leave an unfinished migration aside, and begin anew.")
@click.option("--force", is_flag=True, help="Publish whatever the checks of [publish] say.")
@click.option("--quiet", is_flag=True, help="Say nothing about how far it is.")
@command
def migrate(  # noqa: PLR0913 - options
    terminal: Console, engine: str, jobs: int | None, *, fresh: bool, force: bool, quiet: bool
) -> None:
    """
    Write the articles of the live index with another engine, and answer from that from then on.

    Searches go on meanwhile, and changes are taken. What is live stays as it was if this fails; the same command goes
    on where it was. Set index.engine to the same engine afterwards, for the next reindex; `telusur rollback` goes back.
    """
    index = terminal.index if jobs is None else replace(terminal.index, jobs=jobs)
    rules = settings.section(terminal.document, "publish", PublishSettings)
    checks = (enough_articles(index.path, rules.min_ratio), Review(index.path, opener(terminal), rules, ()).canaries)
    with shown(as_json=terminal.as_json, quiet=quiet) as display:
        asked = Rules(fresh=fresh, force=force, checks=checks, say=display.say)
        outcome = move(engine, index, terminal.analyzer, display.progress, asked)
    generation = outcome.generation
    text = f"{generation.manifest.articles:,} articles are live in generation {generation.name}, written by {engine}."
    remind = "" if terminal.index.engine == engine else f" Set index.engine to {engine!r} before the next reindex."
    terminal.show({"generation": generation.name, **facts(generation), "removed": outcome.removed}, text + remind)
