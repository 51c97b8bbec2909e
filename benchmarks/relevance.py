"""
How well are judged queries answered, beside other engines given the same articles?

    python benchmarks/relevance.py ARTICLES OUT --judgments FOLDER --headlines FILE --lucene JARS

Telusur is asked as over HTTP, in its default mode and for any of the words; its peers for any of them, with title and
body in one field, which suits them better than two that are added up. Queries are never recorded, only their figures.
"""

from collections.abc import Sequence
from pathlib import Path

from benchmarks import command_line
from benchmarks.corpus import Corpus
from benchmarks.engines import any_word
from benchmarks.engines.process import Engine
from benchmarks.engines.telusur import Opened
from benchmarks.judged import JudgedSet, judged_sets, title_sets
from benchmarks.questions import Question
from benchmarks.report import Cell, Run, Table
from benchmarks.rounds import indexes
from search.questions import Mode
from search.reviewing.evaluation import Evaluation, Verdict, evaluated, first_right, known_to
from search.reviewing.judgments import Judgments
from search.reviewing.measures import MEASURES
from search.reviewing.runs import DEPTH, run_of

_MODES = (Mode.ANY, Mode.AUTO)
_COMPARED = ("MRR@10", "nDCG@10", "success@10")
_NOTES = (
    "Measures are those of trec_eval, by ir-measures; intervals are 95 %, by bootstrap over the queries, for gains "
    "over the differences query by query. An article that was not judged counts as wrong. “titles” and “headlines” ask "
    "the title of an article that is indexed without it: whole articles, and leads of some twenty words."
)


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.set_defaults(peers=("tantivy", "lucene"))
    parser.add_argument("--judgments", type=Path, action="append", default=[], help="a folder with queries and qrels")
    parser.add_argument("--headlines", type=Path, help="articles with a title and a lead (.jsonl, .jsonl.gz)")
    parser.add_argument("--titles", type=int, default=1000, help="how many titles are asked, and how many headlines")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    sets = judged_sets(given.articles, given.count, given.judgments, given.out)
    if given.headlines:
        sets += title_sets(given.articles, given.count, given.headlines, asked=given.titles, out=given.out)
    found = {one.name: _evaluations(one, engines, given.out) for one in sets}
    Run(
        name="relevance",
        question="How well are judged queries answered?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        notes=[_NOTES],
        tables=[table for one in sets for table in _tables(one, found[one.name])],
        raw={one.name: {own.label: _raw(own, one.judgments) for own in found[one.name]} for one in sets},
    ).record(given.runs)


def _evaluations(one: JudgedSet, engines: Sequence[Engine], out: Path) -> list[Evaluation]:
    """Return what Telusur reaches in each mode, and what its peers reach."""
    folders = _indexed(engines, one.corpus, out)
    answers = Opened(folders["telusur"]).answers
    known_to(answers, one.judgments, skip_unknown=False)
    runs = [(f"telusur, {mode}", run_of(answers, one.judgments, mode)) for mode in _MODES]
    answers.live.close()
    runs += [(engine.name, _run(engine, folders[engine.name], one.judgments)) for engine in engines[1:]]
    return [_checked(evaluated(label, run, one.judgments), one.judgments) for label, run in runs]


def _indexed(engines: Sequence[Engine], corpus: Corpus, out: Path) -> dict[str, Path]:
    """Have every engine index *corpus*, unless it did for a set before; each must hold all of its articles."""
    return indexes(engines, corpus, out / "indexes" / corpus.folder.name, reuse=True)[0]


def _run(engine: Engine, folder: Path, judgments: Judgments) -> dict[str, tuple[str, ...]]:
    asked = {query: any_word(Question("any", text)) for query, text in judgments.queries.items()}
    asked = {query: question for query, question in asked.items() if question.text}
    with engine.opened(folder) as talk:
        rows = talk.ask(list(asked.values()), DEPTH)
    return {query: row.ids for query, row in zip(asked, rows, strict=True)}


def _checked(found: Evaluation, judgments: Judgments) -> Evaluation:
    """Return *found*, whose reciprocal ranks must be those that the places of the first right articles give."""
    for query, value in found.values["MRR@10"].items():
        place = first_right(found, judgments, query)
        assert abs(value - (1 / place if place and place <= 10 else 0)) < 1e-6, (found.label, query, place)
    assert any(found.values["MRR@10"].values()), f"{found.label} finds nothing of what is right"
    return found


def _tables(one: JudgedSet, found: Sequence[Evaluation]) -> list[Table]:
    size = f"{len(one.judgments.queries):,} queries, {one.corpus.articles:,} articles"
    columns = ("engine", *(head for name in MEASURES for head in (name, "from", "to")))
    means: list[tuple[Cell, ...]] = [
        (own.label, *(cell for mean in own.means.values() for cell in (mean.value, mean.low, mean.high)))
        for own in found
    ]
    gains = [
        row
        for own in found[: len(_MODES)]
        for other in found[len(_MODES) :]
        for row in _gains(Verdict(one.judgments, own, other))
    ]
    heads = ("Telusur, and over whom", "measure", "gain", "from", "to", "wins", "losses", "ties")
    tables = [Table(f"{one.name}: {size}", columns, means)]
    return [*tables, Table(f"{one.name}: gains", heads, gains)] if gains else tables


def _gains(verdict: Verdict) -> list[tuple[Cell, ...]]:
    assert verdict.against
    names = f"{verdict.evaluation.label}; {verdict.against.label}"
    return [
        (names, name, gain.mean.value, gain.mean.low, gain.mean.high, gain.wins, gain.losses, gain.ties)
        for name, gain in verdict.gains().items()
        if name in _COMPARED
    ]


def _raw(found: Evaluation, judgments: Judgments) -> dict[str, list[float | int | None]]:
    """Return for each query, in the order of its set, the place of the first right article and what that hides."""
    return {
        "first right": [first_right(found, judgments, query) for query in judgments.queries],
        "nDCG@10": [round(value, 3) for value in found.values["nDCG@10"].values()],
        f"Recall@{DEPTH}": [round(value, 3) for value in found.values[f"Recall@{DEPTH}"].values()],
    }


if __name__ == "__main__":
    main()
