"""The commands of those who may write over HTTP: their keys are made, listed and taken back."""

import click

from indexer.commands.console import Console, command
from indexer.keys import Keys


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
