"""
How much private memory a server takes before any question and after many.

    python benchmarks/memory.py ARTICLES OUT --asked 10000

`telusur serve` is asked over HTTP, on this machine alone; beside it a server over an index of one article. The peers
are asked the same questions in their processes, without HTTP.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks import command_line, serving
from benchmarks.corpus import Corpus, prepared
from benchmarks.engines.process import Engine
from benchmarks.memory_use import private_bytes
from benchmarks.questions import Question, questions
from benchmarks.report import Cell, Run, Table
from benchmarks.rounds import SLOW, indexes, opened

Used = dict[int, int]
"""Private bytes after so many questions."""

_LOOKS = (0, 0.1, 0.5, 1)
"""When the memory is looked at: shares of all questions."""


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--asked", type=int, default=10_000, help="how many questions the server is asked")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    corpus = prepared(given.articles, given.out / "corpus", given.count)
    asking = questions(corpus.documents(), corpus.articles, total=given.asked)
    folders, _ = indexes(engines, corpus, given.out)
    used = {f"telusur serve, {corpus.articles:,} articles": _served(folders["telusur"], asking, found=True)}
    used["telusur serve, 1 article"] = _served(_tiny(engines[0], given.articles, given.out), asking, found=False)
    used |= {f"{engine.name}, no HTTP": _asked(engine, folders, asking) for engine in engines}
    Run(
        name="memory",
        question=f"How much memory does a server take over {corpus.articles:,} articles?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        notes=["Private memory is RssAnon: what belongs to no file. Stock Whoosh is asked 550 questions at most."],
        tables=[_table(used)],
        raw=used,
    ).record(given.runs)


def _tiny(telusur: Engine, articles: Path, out: Path) -> Path:
    """Return the index of one article."""
    corpus: Corpus = prepared(articles, out / "tiny-corpus", 1)
    telusur.build(corpus, out / "tiny")
    return out / "tiny"


def _served(folder: Path, asking: Sequence[Question], *, found: bool) -> Used:
    """Ask a server all questions over HTTP; assert that it finds something, where there is much to be found."""
    with serving.server(folder) as (process, connection):
        used, total = {}, 0
        for number, question in enumerate(asking):
            if number in _looks(asking):
                used[number] = private_bytes(process.pid)
            total += serving.total(connection, question)
        assert total > len(asking) or not found, "the server finds next to nothing"
        return {**used, len(asking): private_bytes(process.pid)}


def _asked(engine: Engine, folders: dict[str, Path], asking: Sequence[Question]) -> Used:
    few = asking[:550] if engine.name in SLOW else asking
    with opened([engine], folders) as talks:
        talk = talks[engine.name]
        talk.counts([])
        used = {}
        looks = _looks(few)
        for start, end in pairwise(looks):
            used[start] = private_bytes(talk.process.pid)
            assert any(row.ids for row in talk.ask(few[start:end]))
        return {**used, len(few): private_bytes(talk.process.pid)}


def _looks(asking: Sequence[Question]) -> list[int]:
    return sorted({round(share * len(asking)) for share in _LOOKS})


def _table(used: dict[str, Used]) -> Table:
    served, tiny, *_ = (looks[max(looks)] for looks in used.values())
    rows: list[tuple[Cell, ...]] = []
    for name, looks in used.items():
        last = max(looks)
        above = (served - tiny) / 1e6 if looks[last] == served else None
        rows.append((name, last, looks[0] / 1e6, looks[last] / 1e6, (looks[last] - looks[0]) / 1e6, above))
    columns = ("process", "questions", "before", "after", "grown", "above the server over 1 article")
    return Table("Private memory, MB", columns, rows)


if __name__ == "__main__":
    main()
