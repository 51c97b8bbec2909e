"""The README's commands run as they stand there."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from search.commands.telusur import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\.venv/bin/telusur (.+)$", README, re.MULTILINE)


def test_the_two_commands_are_those_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in re.findall(r"^make (\w+)$", README, re.MULTILINE):
        assert f"\n{target}:" in makefile


def test_every_command_of_the_readme_runs(tmp_path):
    assert {command.split()[0] for command in COMMANDS} == {
        *("reindex", "status", "search", "analyze", "add", "delete", "keys", "verify", "rollback")
    }
    for command in COMMANDS:
        run = subprocess.run(
            [sys.executable, "-m", "search", *shlex.split(command), "--index", str(tmp_path / "index")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (0, ""), command
        assert run.stdout


@pytest.mark.parametrize("options", re.findall(r"bin/telusur (\w+ [^`|\n]*)", README))
def test_every_option_that_is_shown_exists(options):
    command, *arguments = options.split()
    known = {name for parameter in main.commands[command].params for name in parameter.opts}

    assert {argument for argument in arguments if argument.startswith("--")} <= known


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:)([^)]+)\)", README))
def test_every_link_within_the_repository_leads_somewhere(link):
    assert (ROOT / link).exists()


@pytest.mark.parametrize("setting", re.findall(r"`TELUSUR_([A-Z_]+)`", README))
def test_every_variable_that_is_named_overrides_a_setting(setting):
    section, _, name = setting.lower().partition("_")

    settings = (ROOT / "config" / "telusur.toml").read_text(encoding="utf-8")

    assert name in tomllib.loads(settings)[section]
