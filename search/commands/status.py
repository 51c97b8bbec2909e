"""The command ``telusur status``: how the index stands, and which lines of the editors' lists are wrong."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import click

from indexer import schema, settings
from indexer.commands.console import Console, command
from indexer.commands.upkeep import standing_document, standing_text
from indexer.upkeep.standing import standing
from search.curating.curation import Curation, read_curation
from search.tuning import Lists

_MOST = 20  # lines that are named


@click.command()
@command
def status(terminal: Console) -> None:
    """Say what is live, what is kept beside it, what waits to be applied, and what editors' lists say."""
    found = standing(terminal.index.path, schema.fingerprint(terminal.analyzer))
    lists = read_curation(settings.section(terminal.document, "lists", Lists), terminal.analyzer)
    document = {**standing_document(found), "lists": _lists_document(lists)}
    terminal.show(document, "\n".join([standing_text(found), *_lists_lines(lists)]))


def _lists_document(curation: Curation) -> dict[str, Any]:
    return {
        name: {
            "file": str(listed.file),
            "entries": listed.entries,
            "trouble": listed.trouble or None,
            "wrong": [
                {"line": bad.line, "value": bad.value, "wrong": bad.wrong, "remedy": bad.remedy} for bad in listed.wrong
            ],
        }
        for name, listed in curation.lists.items()
    }


def _lists_lines(curation: Curation) -> Iterator[str]:
    counts = (f"{name} {listed.entries:,}" for name, listed in curation.lists.items())
    yield f"  lists: {', '.join(counts)}"
    problems = [str(problem) for problem in curation.problems()]
    yield from (f"  {problem}" for problem in islice(problems, _MOST))
    if len(problems) > _MOST:
        yield f"  {len(problems) - _MOST:,} more lines are wrong; --json names all"
