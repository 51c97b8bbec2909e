"""The rules that keep the house: who may import whom, and that settings and README tell the truth."""

import ast
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from indexer.settings import AnalysisSettings, FetchSettings, IndexSettings, PublishSettings
from search.settings import Highlighting, Ranking, Service

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("indexer", "search") for path in (ROOT / package).rglob("*.py"))
SECTIONS = {
    "index": IndexSettings,
    "publish": PublishSettings,
    "analysis": AnalysisSettings,
    "fetch": FetchSettings,
    "ranking": Ranking,
    "highlight": Highlighting,
    "service": Service,
}

ONLY_UNDER = {
    "whoosh": ("indexer/engines/whoosh/", "search/engines/whoosh/"),
    "numpy": ("indexer/engines/", "search/engines/"),
    "falcon": ("search/service/",),
    "waitress": ("search/service/",),
    "langdetect": ("indexer/language.py",),
    "simplemma": ("indexer/analysis/",),
    "trafilatura": ("indexer/sources/html_pages.py",),
    "lxml": ("indexer/sources/html_pages.py", "indexer/sources/pages/"),
    "sqlalchemy": ("indexer/sources/databases.py",),
}
"""Where a library may be imported."""

SEARCH_MAY_IMPORT = ("article", "analysis", "schema", "generations", "settings", "errors", "changes", "keys")
COMMAND_LINE = ("search/commands/telusur.py", "search/commands/reindexing.py")
"""`telusur` is one command: its group takes in the indexer's commands and their console."""


def imports(path: Path) -> set[str]:
    """Return the full names of all modules that the module at *path* imports, at whatever depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_libraries_stay_in_their_rooms(path):
    for library, rooms in ONLY_UNDER.items():
        if any(imported.split(".")[0] == library for imported in imports(path)):
            assert name(path).startswith(rooms), f"{name(path)} imports {library}"


@pytest.mark.parametrize("path", [path for path in MODULES if name(path).startswith("indexer/")], ids=name)
def test_the_indexer_never_imports_search(path):
    assert not [imported for imported in imports(path) if imported.split(".")[0] == "search"]


@pytest.mark.parametrize("path", [path for path in MODULES if name(path).startswith("search/")], ids=name)
def test_search_imports_only_the_contract_of_the_indexer(path):
    allowed = set(SEARCH_MAY_IMPORT)
    if "/engines/whoosh/" in name(path):
        allowed.add("engines")
    foreign = {imported for imported in imports(path) if imported.startswith("indexer.")}

    assert name(path) in COMMAND_LINE or {imported.split(".")[1] for imported in foreign} <= allowed


@pytest.mark.parametrize("path", [path for path in MODULES if "/analysis/" in name(path)], ids=name)
def test_the_analysis_knows_nothing_but_itself(path):
    foreign = {imported for imported in imports(path) if imported.split(".")[0] in {"indexer", "search"}}

    assert all(imported.startswith("indexer.analysis") for imported in foreign)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_folder_is_named_for_nothing(path):
    assert not {"utils", "helpers", "common", "core", "base"} & set(path.relative_to(ROOT).with_suffix("").parts)


def test_every_setting_of_the_file_is_read_and_the_reverse():
    document = tomllib.loads((ROOT / "config" / "telusur.toml").read_text(encoding="utf-8"))

    assert {section: set(values) for section, values in document.items()} == {
        section: {field.name for field in fields(kind)} for section, kind in SECTIONS.items()
    }


def test_every_setting_has_a_comment():
    lines = (ROOT / "config" / "telusur.toml").read_text(encoding="utf-8").splitlines()

    assert all("#" in line for line in lines if " = " in line)
