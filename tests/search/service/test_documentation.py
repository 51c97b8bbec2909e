"""The examples of docs/api.md run as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.keys import Keys
from search.service import problems
from tests.building import article, publish

DOCUMENT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|python|js)\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
ARTICLES = [
    article(
        "kn-001",
        title="Kawin anak di desa",
        body="Kawin anak di desa dicegah dinas bersama para guru.",
        source="kabarnusantara.example",
        published="2026-01-12",
    ),
    article(
        "kn-0012", title="Perkawinan anak di kota", body="Dinas mencegah perkawinan anak bersama guru dan orang tua."
    ),
]


def command(kind, code):
    if kind == "python":
        return [sys.executable, "-c", code]
    program = shutil.which({"sh": "bash", "js": "node"}[kind])
    if not program or not shutil.which("curl"):
        pytest.skip("node and curl are not here; Debian's packages are nodejs and curl")
    return [program, "-c", f"set -e\n{code}"] if kind == "sh" else [program, "--input-type=module", "-e", code]


@pytest.mark.parametrize(("kind", "code"), BLOCKS, ids=range(len(BLOCKS)))
def test_an_example_runs_and_is_answered(index, serve, kind, code):
    publish(index, *ARTICLES)
    address, _ = serve("serve")
    known = {"TELUSUR": address.rstrip("/"), "KEY": Keys(index.path).create("x")}
    run = subprocess.run(command(kind, code), env={**os.environ, **known}, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stderr) == (0, "")
    assert (
        re.search(r"kn-001|Perkawinan|Kawin anak|queued|done", run.stdout) and "urn:telusur:problem" not in run.stdout
    )


def test_every_kind_of_problem_is_told_of():
    told = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", DOCUMENT))

    assert {kind for kind, status in problems.STATUSES.items() if status not in {500, 501}} <= told
