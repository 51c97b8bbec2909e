"""Starts an engine's process, has it build and answer, and watches what it takes: the scripts' side of `worker.py`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from benchmarks.corpus import Corpus
from benchmarks.engines.figures import Built, First, Row
from benchmarks.memory_use import watched
from benchmarks.questions import Question

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine by its name, and the command that runs it."""

    name: str
    command: tuple[str, ...]
    parallel: bool = False
    """Whether it indexes with several processes or threads."""

    def missing(self) -> str:
        """Return why the engine cannot run here, an empty text if it can."""
        return _version(self.command)[1]

    def version(self) -> str:
        """Return the version."""
        return _version(self.command)[0]

    def build(self, corpus: Corpus, folder: Path, jobs: int = 1) -> Built:
        """Index *corpus* in *folder*, anew."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        arguments = ("build", str(corpus.table), str(folder), str(jobs))
        with _started([*self.command, *arguments]) as process, watched(process.pid) as peak:
            said, _ = process.communicate()
        assert process.returncode == 0, f"{self.name} could not build its index"
        articles, seconds = said.split()
        assert int(articles) == corpus.articles, f"{self.name} has {articles} of {corpus.articles:,} articles"
        return Built(int(articles), float(seconds), peak, size(folder))

    def first(self, folder: Path, question: Question) -> First:
        """Have a new process answer *question*."""
        imports, opening, answer, found = self._said("first", str(folder), *question).split()
        return First(float(imports), float(opening), float(answer), int(found))

    @contextmanager
    def opened(self, folder: Path) -> Iterator["Conversation"]:
        """Give out a process that has the index in *folder* open."""
        with _started([*self.command, "answer", str(folder)]) as process:
            try:
                yield Conversation(self.name, process)
            finally:
                process.kill()

    def _said(self, *arguments: str) -> str:
        return subprocess.run(
            [*self.command, *arguments], env=_ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True
        ).stdout


@dataclass(frozen=True, slots=True)
class Conversation:
    """A process that answers questions."""

    name: str
    process: "subprocess.Popen[str]"

    def ask(self, questions: Sequence[Question], limit: int = 10, *, seconds: float = 0) -> list[Row]:
        """Ask *questions*, giving each up after so many *seconds*, 0 for never."""
        return list(self._rows("ask", questions, limit, seconds))

    def shown(self, questions: Sequence[Question], limit: int = 10, *, seconds: float = 0) -> list[Row]:
        """Have *questions* answered with marked passages as JSON; see `Row.shown`."""
        return list(self._rows("show", questions, limit, seconds))

    def typed(self, questions: Sequence[Question], limit: int = 10, *, seconds: float = 0) -> list[Row]:
        """Ask *questions* as a reader types them, whose kind is a mode of Telusur's."""
        return list(self._rows("type", questions, limit, seconds))

    def counts(self, questions: Sequence[Question]) -> list[int]:
        """Return how many articles match each of *questions*."""
        return [int(row.ids[0]) for row in self._rows("count", questions, 1, 0)]

    def _rows(self, verb: str, questions: Sequence[Question], limit: int, seconds: float) -> Iterator[Row]:
        lines = [f"{verb} {limit} {seconds}", *("\t".join(question) for question in questions)]
        given, answers = _both(self.process)
        given.write("\n".join(lines) + "\n\n")
        given.flush()
        for question in questions:
            ranked, reading, ids = self._answer(answers, question).split("\t")
            yield Row(int(ranked) / 1e6, int(reading) / 1e6, tuple(ids.split()))
        assert answers.readline() == "\n"

    def _answer(self, answers: IO[str], question: Question) -> str:
        line = answers.readline().rstrip("\n")
        assert line, f"{self.name} ended at {question} or before"
        return line


def engines(names: Sequence[str], *, lucene: Path | None = None, xapian: str = "python3") -> list[Engine]:
    """
    Return Telusur and the peers *names*.

    *lucene* is the folder with Lucene's jars; *xapian* the Python that has Xapian's bindings.
    """
    known = {
        "whoosh": _python("whoosh"),
        "fts5": _python("fts5"),
        "tantivy": _python("tantivy", parallel=True),
        "xapian": _python("xapian", interpreter=xapian),
        "lucene": _java(lucene),
    }
    return [_python("telusur", parallel=True), *(known[name] for name in names)]


def size(folder: Path) -> int:
    """Return the bytes of all files below *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _python(name: str, *, interpreter: str = sys.executable, parallel: bool = False) -> Engine:
    return Engine(name, (interpreter, "-m", "benchmarks.engines.worker", name), parallel)


def _java(jars: Path | None) -> Engine:
    classes = ":".join(str(path) for path in sorted(jars.glob("lucene-*.jar"))) if jars else "."
    return Engine("lucene", ("java", "-Xmx4g", "-cp", classes, str(Path(__file__).with_name("Lucene.java"))))


@cache
def _version(command: tuple[str, ...]) -> tuple[str, str]:
    """Return the version that *command* says, or an empty text and why it says none."""
    try:
        done = subprocess.run([*command, "version"], env=_ENVIRONMENT, capture_output=True, text=True, check=False)
    except OSError as exc:
        return "", str(exc)
    if done.returncode == 0:
        return done.stdout.strip(), ""
    return "", (done.stderr.strip().splitlines() or ["no reason given"])[-1]


@contextmanager
def _started(command: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        command, env=_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield process


def _both(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
