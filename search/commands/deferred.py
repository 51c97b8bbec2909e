"""Commands that are imported when they are called, so that none waits for the libraries of the others."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click


@contextmanager
def uncollected() -> Iterator[None]:
    """
    Look for no garbage meanwhile, nor in what is there then: what is imported and read for a first answer stays.

    To look through all of it again and again takes a tenth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class DeferredCommand(click.Command):
    """What a group lists of a command, its name and its first sentence; the command itself is in another module."""

    def __init__(self, name: str, module: str, summary: str) -> None:
        """Stand for the command *name* of *module*, which `--help` describes by *summary*."""
        super().__init__(name, help=summary)
        self._module = module

    def imported(self) -> click.Command:
        """Return the command itself."""
        with uncollected():
            command: click.Command = getattr(import_module(self._module), str(self.name))
        return command


class DeferredGroup(click.Group):
    """A group of `DeferredCommand`s: it lists them as they are, and imports the one that is called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* begin with, imported, and the rest of them."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.imported() if isinstance(command, DeferredCommand) else command, rest
