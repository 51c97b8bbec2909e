"""The commands of those who may do what over HTTP: their keys are made, listed and taken back."""

import click

from indexer.commands.console import Console, command
from indexer.generations import now
from indexer.keys import SCOPES, Key, Keys


@click.group()
def keys() -> None:
    """Make, list and take back the keys that the service asks for."""


@keys.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=("write",), help="What it is good for."
)
@click.option("--days", type=click.IntRange(0), default=0, help="Days until it expires; 0 for never.")
@command
def create(console: Console, name: str, scopes: tuple[str, ...], days: int) -> None:
    """
    Make a key for NAME, and show it this once.

    Writing needs the scope write, looking at the figures of the service from outside admin, and searching the scope
    search where the settings close it; --scope may be given several times.
    """
    secret = Keys(console.index.path).create(name, tuple(dict.fromkeys(scopes)), days)
    console.show({"name": name, "key": secret}, f"{secret}\nKeep it: it cannot be shown again.")


@keys.command(name="list")
@command
def list_(console: Console) -> None:
    """List for whom there are keys."""
    known = Keys(console.index.path).all()
    console.show(
        {"keys": [_facts(key) for key in known]},
        "\n".join(_line(key) for key in known) or "There are no keys: nobody can write over HTTP.",
    )


@keys.command()
@click.argument("name")
@command
def revoke(console: Console, name: str) -> None:
    """Take the key of NAME back, at once."""
    Keys(console.index.path).revoke(name)
    console.show({"revoked": name}, f"The key {name} lets nobody in any more.")


def _facts(key: Key) -> dict[str, object]:
    return {"name": key.name, "created": key.created, "scopes": list(key.scopes), "expires": key.expires or None}


def _line(key: Key) -> str:
    expires = f"  {'expired' if key.is_expired(now()) else 'expires'} {key.expires}" if key.expires else ""
    return f"{key.created}  {key.name}  {', '.join(key.scopes)}{expires}"
