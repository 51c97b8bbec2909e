"""The rules that keep the house: who may import whom, how large things are, that faces and settings tell the truth."""

import ast
import re
import tomllib
from collections.abc import Callable
from dataclasses import fields
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

import pytest

from indexer.settings import AnalysisSettings, ClusterSettings, FetchSettings, IndexSettings, PublishSettings
from search.settings import Access, Connections, Logging, Portal, QueryLogging, Service
from search.tuning import Highlighting, Lists, Ranking

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("indexer", "search") for path in (ROOT / package).rglob("*.py"))
SECTIONS = {
    "index": IndexSettings,
    "opensearch": ClusterSettings,
    "publish": PublishSettings,
    "analysis": AnalysisSettings,
    "fetch": FetchSettings,
    "ranking": Ranking,
    "highlight": Highlighting,
    "lists": Lists,
    "service": Service,
    "connections": Connections,
    "access": Access,
    "page": Portal,
    "log": Logging,
    "query_log": QueryLogging,
}

COMMANDS = ("indexer/commands/", "search/commands/")

ONLY_UNDER = {
    "click": COMMANDS,
    "rich": COMMANDS,
    "whoosh": ("indexer/engines/whoosh/", "search/engines/whoosh/"),
    "opensearchpy": ("indexer/engines/opensearch/", "search/engines/opensearch/"),
    "numpy": ("indexer/engines/", "search/engines/", "search/reviewing/measures.py"),
    "ir_measures": ("search/reviewing/measures.py",),
    "falcon": ("search/service/",),
    "waitress": ("search/service/",),
    "langdetect": ("indexer/language.py",),
    "simplemma": ("indexer/analysis/",),
    "trafilatura": ("indexer/sources/html_pages.py",),
    "pydantic": ("search/service/",),
    "limits": ("search/service/rates.py",),
    "prometheus_client": ("search/service/metrics.py",),
    "lxml": ("indexer/sources/html_pages.py", "indexer/sources/pages/"),
    "sqlalchemy": ("indexer/sources/databases.py",),
}
"""Where a library may be imported."""

SEARCH_MAY_IMPORT = ("article", "analysis", "schema", "generations", "settings", "errors", "changes", "keys")
"""Of the indexer; an engine also its counterpart, and the commands everything: `telusur` is one command."""

NEVER = {
    "indexer/": "search",
    "indexer/reading/": "indexer.building",
    "indexer/building/": "indexer.upkeep",
}
"""What the modules of a room never import, at whatever depth."""

LARGE_ROOMS = (
    "indexer/engines/whoosh",
    "indexer/engines/whoosh/codec",
    "indexer/engines/opensearch",
    "search/engines/whoosh",
    "search/engines/opensearch",
)
MOST_LINES = 300


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


def dotted(path: Path) -> str:
    """Return the name by which the module at *path* is imported."""
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


PATHS = {dotted(path): path for path in MODULES}


def module_of(imported: str) -> str:
    """Return the module of ours that is imported with the name *imported*, empty where it is none of ours."""
    while imported and imported not in PATHS:
        imported = imported.rpartition(".")[0]
    return imported


def room_of(module: str) -> str:
    """Return the room of *module*: a folder of its package, with all below, or a module beside these."""
    return ".".join(module.split(".")[:2])


def graph(place: Callable[[str], str]) -> dict[str, set[str]]:
    """Return which places need which others, where *place* gives that of a module."""
    arrows: dict[str, set[str]] = {}
    for module, path in PATHS.items():
        needed = {place(found) for imported in imports(path) if (found := module_of(imported))}
        arrows.setdefault(place(module), set()).update(needed - {place(module)})
    return arrows


def lengths() -> dict[str, int]:
    """Return how many lines each function has, its docstring aside."""
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                doc = node.body[0] if ast.get_docstring(node) else None
                own = doc.end_lineno - doc.lineno + 1 if doc else 0
                found[f"{name(path)}:{node.lineno} {node.name}"] = node.end_lineno - node.lineno + 1 - own
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_libraries_stay_in_their_rooms(path):
    for library, rooms in ONLY_UNDER.items():
        if any(imported.split(".")[0] == library for imported in imports(path)):
            assert name(path).startswith(rooms), f"{name(path)} imports {library}"


@pytest.mark.parametrize(("room", "foreign"), NEVER.items())
def test_what_is_below_never_imports_what_is_above(room, foreign):
    below = [path for path in MODULES if name(path).startswith(room)]

    assert below
    assert not [name(path) for path in below if any(f"{found}.".startswith(f"{foreign}.") for found in imports(path))]


def test_nothing_but_the_commands_imports_commands():
    others = [path for path in MODULES if not name(path).startswith((*COMMANDS, "search/__main__"))]

    assert not [name(path) for path in others if any(".commands." in imported for imported in imports(path))]


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter(graph(lambda module: module)).prepare()  # a `CycleError` names the circle


def test_no_rooms_need_each_other_in_a_circle():
    TopologicalSorter(graph(room_of)).prepare()


@pytest.mark.parametrize("path", [path for path in MODULES if name(path).startswith("search/")], ids=name)
def test_search_imports_only_the_contract_of_the_indexer(path):
    allowed = set(SEARCH_MAY_IMPORT)
    if name(path).startswith(("search/engines/whoosh/", "search/engines/opensearch/")):
        allowed.add("engines")
    foreign = {imported for imported in imports(path) if imported.startswith("indexer.")}

    assert name(path).startswith(COMMANDS) or {imported.split(".")[1] for imported in foreign} <= allowed


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


def test_modules_are_short():
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert not {module: lines for module, lines in sizes.items() if lines > MOST_LINES}


def test_functions_are_short():
    found = lengths()

    assert not {function: lines for function, lines in found.items() if lines > 40}
    assert median(found.values()) <= 6
    assert quantiles(found.values(), n=10)[-1] <= 20


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name)
def test_a_room_has_a_face(path):
    face = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""

    assert len([line for line in face.splitlines() if line.strip()]) >= 2


@pytest.mark.parametrize("room", LARGE_ROOMS)
def test_the_face_of_a_large_room_names_each_of_its_files(room):
    face = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8")))

    assert {path.stem for path in (ROOT / room).glob("[!_]*.py")} <= set(re.findall(r"`(\w+)`", face))


def test_the_tests_mirror_the_packages():
    folders = {path.parent for package in ("indexer", "search") for path in (ROOT / "tests" / package).rglob("*.py")}
    mirrored = {path.relative_to(ROOT / "tests") for path in folders}

    assert not [str(folder) for folder in mirrored if not (ROOT / folder / "__init__.py").is_file()]
