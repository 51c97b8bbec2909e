"""The built wheel is all that an installed program has."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import which

import pytest

ROOT = Path(__file__).parent.parent
MODULES = ["indexer.analysis._texts", "indexer.engines.whoosh.codec._kernels"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """Build the wheel and lay it out in a folder, as installing does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "-w",
        str(folder),
    ]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("telusur-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed: Path, code: str) -> str:
    """Run *code* with the installed packages before all others, away from the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=installed.parent, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_wheel_has_settings_lists_samples_and_pages(installed):
    code = """
import indexer, search
from importlib.resources import files
from indexer import settings
from indexer.analysis.stemmer import stem
from search.tuning import Lists
assert settings.load(environment={})["service"]["port"] == 8080
lists = settings.section(settings.load(environment={}), "lists", Lists)
assert all(file.is_file() for file in (lists.synonyms_file, lists.pins_file, lists.hidden_file))
assert files("search.web").joinpath("telusur.css").is_file()
assert len(list(files("indexer").joinpath("samples").iterdir())) >= 4
print(indexer.__file__, stem("penguatan"))
"""

    assert run(installed, code) == f"{installed}/indexer/__init__.py kuat"


@pytest.mark.compiled
@pytest.mark.skipif(not (which("gcc") or which("cc")), reason="there is no C compiler: install gcc")
@pytest.mark.parametrize("module", MODULES)
def test_the_wheel_has_what_was_compiled(installed, module):
    place = module.replace(".", "/")

    assert run(installed, f"import {module} as compiled; print(compiled.__file__)").startswith(f"{installed}/{place}.")


def test_the_installed_program_indexes_and_finds(installed):
    code = """
from importlib.resources import files
from click.testing import CliRunner
from search.commands.telusur import main
run = CliRunner().invoke
assert run(main, ["reindex", str(files("indexer") / "samples"), "--index", "index"]).exit_code == 0
print(run(main, ["search", "kawin anak kalsel", "--index", "index"]).stdout)
"""

    assert "1. DPPPAKB Banjar" in run(installed, code)
