"""
How long a whole answer takes, from the question to the JSON of ten hits with marked passages, and which part what.

    python benchmarks/answering.py ARTICLES OUT

The peers' answers are made by their own highlighters: FTS5's snippet, tantivy's, Whoosh's, Xapian's. The parts of
Telusur's are differences of medians of the same questions: ranked alone; with the texts fetched; with marks; and then
the JSON.
"""

import json
from collections.abc import Callable, Sequence
from time import perf_counter

from benchmarks import command_line
from benchmarks.corpus import prepared
from benchmarks.engines.telusur import Opened, asked
from benchmarks.questions import KINDS, Question, questions
from benchmarks.report import Cell, Run, Table, percentile
from benchmarks.rounds import Timings, answers, first_and_best, indexes, opened
from search.documents import answer_document

_HITS = 10


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20, help="give a question up after so long")
    parser.add_argument("--reuse", action="store_true", help="take the indexes that OUT has, where they are")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    showing = [engine for engine in engines if engine.name != "lucene"]
    corpus = prepared(given.articles, given.out / "corpus", given.count)
    asking = questions(corpus.documents(), corpus.articles, total=given.questions)
    folders, _ = indexes(showing, corpus, given.out, reuse=given.reuse)
    with opened(showing, folders) as talks:
        timings = answers(talks, asking, given.rounds, seconds=given.seconds)
    parts = _parts(Opened(folders["telusur"]), asking, given.rounds)
    Run(
        name="answering",
        question=f"How long does an answer with marks and JSON take, over {corpus.articles:,} articles?",
        versions={engine.name: engine.version() for engine in showing},
        missing=missing,
        tables=[_whole(timings), _split(asking, parts)],
        raw={**{name: timing.raw() for name, timing in timings.items()}, "parts": parts},
    ).record(given.runs)


def _whole(timings: dict[str, Timings]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (kind or "all", name, *first_and_best(timing, kind), timing.late(kind))
        for kind in (*KINDS, None)
        for name, timing in timings.items()
    ]
    return Table(
        "From the question to JSON, ms",
        ("kind", "engine", "first p50", "first p95", "best p50", "best p95", "given up"),
        rows,
    )


def _parts(index: Opened, asking: Sequence[Question], rounds: int) -> dict[str, list[float]]:
    """Return for each part of the way the best milliseconds of each question from its beginning to the part's end."""

    def found(question: Question) -> None:
        index.ids(index.ranked(index.tree(question), _HITS))

    def fetched(question: Question) -> None:
        index.answers.search(asked(question, _HITS, highlight=False))

    def marked(question: Question) -> None:
        index.answers.search(asked(question, _HITS))

    def written(question: Question) -> None:
        json.dumps(answer_document(index.answers.search(asked(question, _HITS))), ensure_ascii=False)

    steps: dict[str, Callable[[Question], None]] = {
        "parse and rank": found,
        "fetch texts": fetched,
        "mark passages": marked,
        "write JSON": written,
    }
    times = {
        name: [[_ms(step, question) for question in asking] for _ in range(rounds)] for name, step in steps.items()
    }
    return {name: [min(each) for each in zip(*runs, strict=True)] for name, runs in times.items()}


def _split(asking: Sequence[Question], parts: dict[str, list[float]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in (*KINDS, None):
        ends = [
            percentile([ms for question, ms in zip(asking, times, strict=True) if kind in (None, question.kind)], 0.5)
            for times in parts.values()
        ]
        rows.append((kind or "all", *(end - start for start, end in zip([0.0, *ends], ends, strict=False)), ends[-1]))
    return Table("Telusur's parts, p50 of the best round, ms", ("kind", *parts, "together"), rows)


def _ms(step: Callable[[Question], None], question: Question) -> float:
    started = perf_counter()
    step(question)
    return 1e3 * (perf_counter() - started)


if __name__ == "__main__":
    main()
