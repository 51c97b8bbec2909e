"""The command ``telusur``: the commands that search, and those of the indexer."""

import click

from indexer import __version__
from indexer.commands import changes, keys, upkeep
from search.commands import comparing, evaluating, reindexing, searching, serving


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="telusur")
def main() -> None:
    """Full-text search for Indonesian article portals."""


for own in (
    serving.demo,
    reindexing.reindex,
    comparing.diff,
    evaluating.evaluate,
    changes.add,
    changes.delete,
    upkeep.status,
    upkeep.verify,
    upkeep.rollback,
    searching.search,
    searching.suggest,
    searching.analyze,
    serving.serve,
    keys.keys,
):
    main.add_command(own)
