"""The documents as a reader meets them: their shell blocks, links and tables, and a place to try them in."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = tuple(sorted((ROOT / "docs").glob("*.md")))
ALL = (ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "benchmarks" / "README.md", *DOCUMENTS)
RUN = (ROOT / "README.md", *(path for path in DOCUMENTS if path.name != "api.md"))
"""
Those whose shell blocks are run here; the examples of the API run beside the tests of the service, and the others'
take hours, or articles that do not come with Telusur.
"""

DEMO = "http://127.0.0.1:8080"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def script(path: Path) -> str:
    """Return the shell blocks of a document, one after the other."""
    return "\n".join(_BLOCK.findall(text(path)))


def anchors(path: Path) -> set[str]:
    """Return what a link can name within a document: its headings, as GitHub writes them."""
    headings = _HEADING.findall(_FENCED.sub("", text(path)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def part(path: Path, heading: str) -> str:
    """Return what stands below *heading*."""
    return text(path).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def tables(given: str) -> Iterator[list[list[str]]]:
    """Yield the rows of each table in the text *given*, without the one that names the columns."""
    for block in re.findall(r"(?:^\|.*\n)+", given, re.MULTILINE):
        yield [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()[2:]]


def coded(cell: str) -> str:
    """Return what a cell holds within backticks."""
    return cell.strip("`")


class Workplace:
    """A folder in which a document's commands run as they stand there."""

    def __init__(self, folder: Path) -> None:
        for needed in ("tests", "indexer", "config"):
            (folder / needed).symlink_to(ROOT / needed)
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        _program(programs / "python", "")
        _program(programs / "telusur", "-m search")
        _program(programs / "curl", str(ROOT / "tests" / "asking.py"))
        self._folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TELUSUR_")},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Run *commands* in a shell that ends where one of them fails, and says which that was."""
        shell = ["sh", "-eux", "-c", commands]
        return subprocess.run(
            shell, cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False
        )

    @contextmanager
    def demo(self) -> Iterator[str]:
        """Run the demo on a free port; give out its address."""
        command = [str(self._folder / ".venv" / "bin" / "telusur"), "demo", "--port", "0"]
        with subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as served:
            try:
                yield next(line.rpartition(" ")[2].strip("/\n") for line in served.stdout if "answers at" in line)
            finally:
                served.terminate()


def _program(path: Path, arguments: str) -> None:
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
