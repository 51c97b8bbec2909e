"""What a new process must import before a command does what it was called for."""

import json
import pkgutil
import subprocess
import sys
from importlib import import_module

import click
import pytest

import indexer.commands
import search.commands
from search.commands.telusur import main
from tests.building import article, publish

FOR_READERS = {"falcon", "waitress", "pydantic", "prometheus_client", "limits", "jinja2"}
FOR_SOURCES = {"indexer.sources", "trafilatura", "lxml", "sqlalchemy", "ftfy", "langdetect"}
FOR_CHANGES = {"indexer.building", "indexer.reading", "indexer.changes", "sqlite3"}
FOR_REVIEWS = {"search.reviewing", "ir_measures"}
SLOW = {"asyncio", "importlib.metadata", "multiprocessing", "urllib.request"}

_TOLD = "import json, sys; from search.commands.telusur import main; main({arguments}, standalone_mode=False)"
_TELL = "print(json.dumps([*sys.modules]), file=sys.stderr)"


def modules_after(*arguments: str) -> set[str]:
    """Return the modules that a new process has imported once the command *arguments* is done."""
    program = f"{_TOLD.format(arguments=list(arguments))}; {_TELL}"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(run.stderr))


def defined() -> dict[str, click.Command]:
    """Return the commands that the modules of both packages define, those of a group within aside."""
    modules = [
        import_module(f"{package.__name__}.{found.name}")
        for package in (indexer.commands, search.commands)
        for found in pkgutil.iter_modules(package.__path__)
    ]
    found = [one for module in modules for one in vars(module).values() if isinstance(one, click.Command)]
    within = [
        one
        for group in found
        if isinstance(group, click.Group) and group is not main
        for one in group.commands.values()
    ]
    return {one.name: one for one in found if one is not main and one not in within}


def test_all_commands_are_listed():
    assert {name: listed.imported() for name, listed in main.commands.items()} == defined()


@pytest.mark.parametrize("name", main.commands)
def test_the_list_says_of_a_command_what_it_says_of_itself(name):
    listed, command = main.commands[name], main.commands[name].imported()

    assert {width: listed.get_short_help_str(width) for width in range(20, 200)} == {
        width: command.get_short_help_str(width) for width in range(20, 200)
    }


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            ["--help"],
            {*FOR_READERS, *FOR_SOURCES, *FOR_CHANGES, *FOR_REVIEWS, *SLOW, "numpy", "rich", "indexer.schema"},
        ),
        (["search", "--help"], {*FOR_READERS, *FOR_SOURCES, *FOR_CHANGES, *FOR_REVIEWS, *SLOW, "numpy", "rich"}),
        (["status", "--help"], {*FOR_READERS, "indexer.sources", *FOR_REVIEWS, "numpy", "rich", "simplemma"}),
    ],
    ids=["--help", "search --help", "status --help"],
)
def test_a_command_imports_nothing_for_others(arguments, unwanted):
    assert not unwanted & modules_after(*arguments)


def test_a_search_imports_what_it_searches_by_and_no_more(index):
    publish(index, article("1", body="Panen padi."))
    found = modules_after("search", "panen", "--index", str(index.path))

    assert {"numpy", "search.engines.whoosh.engine"} <= found
    assert not found & {*FOR_READERS, *FOR_SOURCES, *FOR_CHANGES, *FOR_REVIEWS, *SLOW, "rich", "whoosh", "simplemma"}
