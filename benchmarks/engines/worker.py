"""
Runs one engine, told what to do by arguments and lines; every engine's process says the same.

    worker ENGINE version                          its version
    worker ENGINE build TABLE FOLDER JOBS          the number of articles, and the seconds
    worker ENGINE first FOLDER KIND TEXT           milliseconds: imports, opening, the first answer; and its hits
    worker ENGINE answer FOLDER                    reads batches, and answers each

A batch is a line "ask|show|type|count LIMIT SECONDS", a line for each question (kind, tab, text), and a blank one. Its
answers are a line for each question, and a blank one.

An answer to "ask" is: nanoseconds until the documents are ranked, nanoseconds until their ids are read, and the ids.
To "show": nanoseconds, 0, and the characters of the JSON. To "type": nanoseconds from the text to the ids, 0, the ids.
To "count": 0, 0, the count. One that takes longer than SECONDS is given up, and says so by "late" for the ids.
"""

import importlib
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from time import perf_counter, perf_counter_ns

from benchmarks.engines import Index
from benchmarks.engines.figures import LATE
from benchmarks.questions import Question

Row = tuple[int, int, str]
"""An answer as it is written: see above."""


def ask(index: Index, question: Question, limit: int) -> Row:
    """Time a question up to its ranked documents, and up to their ids."""
    tree = index.tree(question)
    started = perf_counter_ns()
    best = index.ranked(tree, limit)
    ranked = perf_counter_ns()
    ids = index.ids(best)
    return ranked - started, perf_counter_ns() - ranked, " ".join(ids)


def show(index: Index, question: Question, limit: int) -> Row:
    """Time a question up to the JSON of its hits."""
    started = perf_counter_ns()
    shown = index.shown(question, limit)
    assert shown.startswith(("{", "["))
    return perf_counter_ns() - started, 0, str(len(shown))


def typed(index: Index, question: Question, limit: int) -> Row:
    """Time a question from its text, as a reader types it, to the ids."""
    started = perf_counter_ns()
    ids = index.typed(question, limit)
    return perf_counter_ns() - started, 0, " ".join(ids)


def count(index: Index, question: Question, _: int) -> Row:
    """Count what matches a question."""
    return 0, 0, str(index.count(index.tree(question)))


ACTIONS: dict[str, Callable[[Index, Question, int], Row]] = {"ask": ask, "show": show, "type": typed, "count": count}


def answer(index: Index) -> None:
    """Answer batches until there are no more."""
    while header := sys.stdin.readline().split():
        action, limit, seconds = ACTIONS[header[0]], int(header[1]), float(header[2])
        batch = [Question(*line.split("\t")) for line in takewhile(bool, map(str.strip, sys.stdin))]
        rows = [in_time(action, index, question, limit, seconds) for question in batch]
        sys.stdout.writelines("\t".join(map(str, row)) + "\n" for row in rows)
        print(flush=True)


def in_time(
    action: Callable[[Index, Question, int], Row], index: Index, question: Question, limit: int, seconds: float
) -> Row:
    """Return what *action* finds, unless it takes longer than *seconds*, if these are not 0."""
    if not seconds:
        return action(index, question, limit)
    try:
        with _alarm(seconds):
            return action(index, question, limit)
    except TimeoutError:
        return round(seconds * 1e9), 0, LATE


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    signal.signal(signal.SIGALRM, _too_late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_late(*_: object) -> None:
    raise TimeoutError


def first(name: str, folder: Path, question: Question) -> None:
    """Print how long it takes until the first question is answered by a process that has just begun."""
    begun = perf_counter()
    module = importlib.import_module(f"benchmarks.engines.{name}")
    module.version()
    imported = perf_counter()
    index = module.Opened(folder)
    opened = perf_counter()
    found = index.ids(index.ranked(index.tree(question), 10))
    answered = perf_counter()
    print(*(1e3 * span for span in (imported - begun, opened - imported, answered - opened)), len(found))


def main() -> None:
    """Do what the arguments say."""
    name, verb, *rest = sys.argv[1:]
    if verb == "first":
        first(name, Path(rest[0]), Question(*rest[1:]))
        return
    engine = importlib.import_module(f"benchmarks.engines.{name}")
    if verb == "version":
        print(engine.version())
    elif verb == "build":
        engine.version()  # what is imported on demand is imported now
        started = perf_counter()
        articles = engine.build(Path(rest[0]), Path(rest[1]), int(rest[2]))
        print(articles, perf_counter() - started)
    else:
        answer(engine.Opened(Path(rest[0])))


if __name__ == "__main__":
    main()
