"""Several engines asked the same questions in rounds, so that what the machine does meanwhile hits all alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.engines.figures import Built, Row
from benchmarks.engines.process import Conversation, Engine
from benchmarks.questions import KINDS, Question
from benchmarks.report import Cell, Table, percentile, ratio

SLOW = {"whoosh": 1}
"""Rounds of engines that are too slow for as many as the others."""

BESIDE = ("tantivy", "lucene")
"""The engines that the ratios are to."""

Part = Callable[[Row], float]
"""Which milliseconds of an answer count."""


@dataclass(frozen=True, slots=True)
class Timings:
    """All answers of an engine: its rounds, each with a row for each of *questions*; no kind is any kind."""

    questions: Sequence[Question]
    rounds: list[list[Row]]

    def first(self, kind: str | None, part: Part) -> list[float]:
        """Return the milliseconds of each question of *kind* when it was asked for the first time."""
        answers = zip(self.questions, self.rounds[0], strict=True)
        return [part(row) for question, row in answers if kind in (None, question.kind)]

    def best(self, kind: str | None, part: Part) -> list[float]:
        """Return the milliseconds of each question of *kind* in its best round."""
        answers = zip(self.questions, zip(*self.rounds, strict=True), strict=True)
        return [min(map(part, rows)) for question, rows in answers if kind in (None, question.kind)]

    def late(self, kind: str | None) -> int:
        """Return how many questions of *kind* were given up."""
        answers = zip(self.questions, self.rounds[0], strict=True)
        return sum(row.is_late for question, row in answers if kind in (None, question.kind))

    def raw(self) -> list[object]:
        """
        Return for each question its kind, its number, the hits, and by round the milliseconds: ranked, reading ids.

        Its words are those of somebody's articles, and stay with these.
        """
        return [
            [question.kind, number, len(rows[0].ids), [[round(row.ranked, 5), round(row.reading, 5)] for row in rows]]
            for number, (question, rows) in enumerate(
                zip(self.questions, zip(*self.rounds, strict=True), strict=True), 1
            )
        ]


def indexes(
    engines: Sequence[Engine], corpus: Corpus, folder: Path, *, reuse: bool = False
) -> tuple[dict[str, Path], dict[str, Built]]:
    """Have every engine index *corpus* below *folder*; return the folders and, unless one was there, what it took."""
    folders = {engine.name: folder / engine.name for engine in engines}
    built = {
        engine.name: engine.build(corpus, folders[engine.name])
        for engine in engines
        if not (reuse and folders[engine.name].exists())
    }
    return folders, built


@contextmanager
def opened(engines: Sequence[Engine], folders: dict[str, Path]) -> Iterator[dict[str, Conversation]]:
    """Give out a process of every engine that has its index open."""
    with ExitStack() as stack:
        yield {engine.name: stack.enter_context(engine.opened(folders[engine.name])) for engine in engines}


def asked(
    talks: Mapping[str, Conversation], questions: Sequence[Question], rounds: int, *, seconds: float
) -> dict[str, Timings]:
    """
    Ask every engine all *questions* in *rounds*, the engines taking turns in being first; give up after *seconds*.

    Whenever a question is asked again, its answer must be the same.
    """
    timings = in_rounds({name: talk.ask for name, talk in talks.items()}, questions, rounds, seconds)
    for name, timing in timings.items():
        for question, *rows in zip(questions, *timing.rounds, strict=True):
            ids = {row.ids for row in rows if not row.is_late}
            assert len(ids) <= 1, f"{name} answers {question} now so, now so: {ids}"
    return timings


def answers(
    talks: Mapping[str, Conversation], questions: Sequence[Question], rounds: int, *, seconds: float
) -> dict[str, Timings]:
    """Have every engine answer all *questions* with marked passages as JSON, in *rounds* as above."""
    timings = in_rounds({name: talk.shown for name, talk in talks.items()}, questions, rounds, seconds)
    for name, timing in timings.items():
        assert any(row.shown > 1_000 for row in timing.rounds[0]), f"{name} shows nothing"
    return timings


def in_rounds(
    ways: Mapping[str, Callable[..., list[Row]]], questions: Sequence[Question], rounds: int, seconds: float
) -> dict[str, Timings]:
    """Return how long all *questions* take in each of *ways*, which take turns in being first."""
    names = list(ways)
    timings: dict[str, Timings] = {name: Timings(questions, []) for name in names}
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            if number < SLOW.get(name, rounds):
                timings[name].rounds.append(ways[name](questions, seconds=seconds))
    return timings


def table(title: str, timings: dict[str, Timings], figure: Callable[[Timings, str], list[float]]) -> Table:
    """Return p50 and p95 of the *figure* by kind and engine, and how often those of `BESIDE` go into them."""
    beside = [name for name in BESIDE if name in timings]
    columns = ("kind", "engine", "p50 ms", "p95 ms", *(f"{p} / {name}" for name in beside for p in ("p50", "p95")))
    rows: list[tuple[Cell, ...]] = []
    for kind in KINDS:
        found = {name: _percentiles(figure(timing, kind)) for name, timing in timings.items()}
        for name, own in found.items():
            ratios = [ratio(one, other) for peer in beside for one, other in zip(own, found[peer], strict=True)]
            rows.append((kind, name, *own, *ratios, timings[name].late(kind)))
    return Table(title, (*columns, "given up"), rows)


def first_and_best(timing: Timings, kind: str | None) -> tuple[float, float, float, float]:
    """Return p50 and p95 of whole answers: of the first time, and of the best round."""
    firsts, bests = (figure(kind, lambda row: row.whole) for figure in (timing.first, timing.best))
    return (*_percentiles(firsts), *_percentiles(bests))


def _percentiles(values: list[float]) -> tuple[float, float]:
    return percentile(values, 0.5), percentile(values, 0.95)
