"""
How long a search takes, from the query tree to the ids of the ten best, by kind of query and engine.

    python benchmarks/searching.py ARTICLES OUT --lucene JARS

Every engine runs in a process of its own, which builds the query, starts its clock, ranks, and reads the ids. They are
asked in rounds, all questions each time: the first time that a question is asked nothing of it is remembered.
"""

from benchmarks import command_line
from benchmarks.corpus import prepared
from benchmarks.hit_counts import checked
from benchmarks.questions import questions
from benchmarks.report import Run
from benchmarks.rounds import asked, indexes, opened, table

_NOTES = (
    "“Whole” is the time from the query tree to ten ids, “ranked” the part of it until the documents are ranked. "
    "Lucene's code is warmed up by three rounds before; the others' is not. Stock Whoosh has one round. Telusur and "
    "tantivy count all hits, Lucene stops at 1,000, FTS5 counts none. A ratio below 1 is faster than the named engine."
)


def main() -> None:
    """Record the run."""
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20, help="give a question up after so long")
    parser.add_argument("--reuse", action="store_true", help="take the indexes that OUT has, where they are")
    given = parser.parse_args()
    engines, missing = command_line.chosen(given)
    corpus = prepared(given.articles, given.out / "corpus", given.count)
    asking = questions(corpus.documents(), corpus.articles, total=given.questions)
    folders, _ = indexes(engines, corpus, given.out, reuse=given.reuse)
    with opened(engines, folders) as talks:
        counts = checked(corpus, asking, talks)
    with opened(engines, folders) as talks:
        timings = asked(talks, asking, given.rounds, seconds=given.seconds)
    Run(
        name="searching",
        question=f"How long does a search over {corpus.articles:,} articles take?",
        versions={engine.name: engine.version() for engine in engines},
        missing=missing,
        notes=[_NOTES],
        tables=[
            table("First time, whole", timings, lambda timing, kind: timing.first(kind, lambda row: row.whole)),
            table("First time, ranked", timings, lambda timing, kind: timing.first(kind, lambda row: row.ranked)),
            table("Best round, whole", timings, lambda timing, kind: timing.best(kind, lambda row: row.whole)),
            table("Best round, ranked", timings, lambda timing, kind: timing.best(kind, lambda row: row.ranked)),
            counts,
        ],
        raw={name: timing.raw() for name, timing in timings.items()},
    ).record(given.runs)


if __name__ == "__main__":
    main()
