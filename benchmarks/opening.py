"""
How long a new process takes to open an index and answer its first question, at several sizes.

Of Telusur also what `telusur search` takes as a user types it: the whole process, from its start to its end.

    python benchmarks/opening.py ARTICLES OUT --sizes 10000,120000 --lucene JARS

The files are in the page cache, as they are after indexing. What imports take is said apart; Java's start is not timed.
Python has compiled all modules before, as an installed program's are: the first process is not counted.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks import command_line
from benchmarks.corpus import prepared
from benchmarks.engines.figures import First
from benchmarks.engines.process import Engine
from benchmarks.engines.telusur import PROGRAM
from benchmarks.questions import Question, questions
from benchmarks.report import Cell, Run, Table, percentile
from benchmarks.rounds import indexes

_TYPED = ("articles", "wall p50", "wall worst", "CPU p50", "CPU worst")
_COLUMNS = ("articles", "engine", "open p50", "first answer p50", "together p50", "together worst", "imports p50")


class Typed(NamedTuple):
    """The milliseconds of a process that answered one question: by the clock, and of processor time."""

    wall: float
    cpu: float


def main() -> None:
    """Record the run."""
    parser = command_line.with_sizes(command_line.parser(__doc__), "1000,10000,120000")
    parser.add_argument(
        "--processes", type=int, default=9, help="how many new processes, each with a question of its own"
    )
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    firsts: dict[tuple[int, str], list[First]] = {}
    typed: dict[int, list[Typed]] = {}
    for count in given.sizes:
        corpus = prepared(given.articles, given.out / "corpus", count)
        asking = [one for one in questions(corpus.documents(), count, total=given.questions) if one.kind == "or"]
        folders, _ = indexes(engines, corpus, given.out)
        for engine in engines:
            opening = [engine.first(folders[engine.name], question) for question in asking[: given.processes]]
            _check(engine, asking, opening)
            firsts[count, engine.name] = opening
        typed[count] = [search_typed(folders["telusur"], question) for question in asking[: given.processes + 1]][1:]
    Run(
        name="opening",
        question="How long does a new process take to open an index and answer its first question?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        tables=[
            Table("Milliseconds", _COLUMNS, [_row(*key, found) for key, found in firsts.items()]),
            Table("Milliseconds of the command telusur search", _TYPED, [_typed_row(*one) for one in typed.items()]),
        ],
        raw={
            **{f"{name} {count}": found for (count, name), found in firsts.items()},
            **{f"telusur search {count}": found for count, found in typed.items()},
        },
    ).record(given.runs)


def search_typed(folder: Path, question: Question) -> Typed:
    """Ask *question* of the index in *folder* by the command, as a user does."""
    command = [*PROGRAM, "search", question.text, "--mode", "any", "--index", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    found = process.returncode == 0 and not said.startswith("0 articles")
    assert found, f"nothing was found for {question}: {said}"
    return Typed(1e3 * wall, 1e3 * (used.ru_utime + used.ru_stime))


def _check(engine: Engine, asking: list[Question], firsts: list[First]) -> None:
    """Assert that the questions, which are made of titles that are there, were answered."""
    stopped = engine.name == "lucene"  # its analyzer takes function words away, and nothing may be left
    assert stopped or all(first.found for first in firsts), f"{engine.name} found nothing for one of {asking}"


def _row(count: int, name: str, firsts: list[First]) -> tuple[Cell, ...]:
    together = [first.opening + first.answer for first in firsts]
    return (
        count,
        name,
        percentile([first.opening for first in firsts], 0.5),
        percentile([first.answer for first in firsts], 0.5),
        percentile(together, 0.5),
        max(together),
        percentile([first.imports for first in firsts], 0.5),
    )


def _typed_row(count: int, typed: Sequence[Typed]) -> tuple[Cell, ...]:
    walls, used = zip(*typed, strict=True)
    return count, percentile(walls, 0.5), max(walls), percentile(used, 0.5), max(used)


if __name__ == "__main__":
    main()
