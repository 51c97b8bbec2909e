"""Asserts that engines find what is there to be found, before anything is said about their speed."""

from collections.abc import Mapping, Sequence

from benchmarks.corpus import Corpus
from benchmarks.counting import RULES, counted, counted_trees, sampled
from benchmarks.engines.process import Conversation
from benchmarks.engines.telusur import tree_of
from benchmarks.questions import Question
from benchmarks.report import Cell, Table
from indexer.analysis import Analyzer
from search.query import Node


def checked(corpus: Corpus, questions: Sequence[Question], talks: dict[str, Conversation], *, each: int = 4) -> Table:
    """Hold the counts of *each* questions of every kind to those found by reading all articles; return them."""
    sample = sampled(questions, each)
    columns = {name: talk.counts(sample) for name, talk in talks.items()}
    analyzer = Analyzer()
    table = agreeing(corpus, sample, columns, [tree_of(question, analyzer) for question in sample])
    for name, talk in talks.items():
        for question, count, row in zip(sample, columns[name], talk.ask(sample), strict=True):
            assert len(row.ids) == min(count, 10), f"{name} gives {len(row.ids)} of {count} hits for {question}"
    return table


def agreeing(
    corpus: Corpus, sample: Sequence[Question], columns: Mapping[str, list[int]], trees: Sequence[Node]
) -> Table:
    """
    Hold the counts of engines, by their names, to those found by reading all articles; return them as a table.

    Telusur is held to the articles as its analyzer reads them, for the *trees* that it makes of the questions, the
    engines without stemming to the words as they stand.
    """
    for name, counts in columns.items():
        expected = _expected(name, corpus, sample, trees)
        assert expected in (None, counts), _difference(name, sample, counts, expected or [])
    rows: list[tuple[Cell, ...]] = [
        (f"{question.kind} of {len(question.words)}", *(column[number] for column in columns.values()))
        for number, question in enumerate(sample)
    ]
    held = ", ".join(name for name in columns if name == "telusur" or name in RULES)
    return Table(
        f"Hits, counted; those of {held} agree with a reading of all articles", ("kind and words", *columns), rows
    )


def _expected(name: str, corpus: Corpus, sample: Sequence[Question], trees: Sequence[Node]) -> list[int] | None:
    if name == "telusur":
        return counted_trees(corpus, trees, Analyzer())
    return counted(corpus, RULES[name], sample) if name in RULES else None


def _difference(name: str, sample: Sequence[Question], given: list[int], expected: list[int]) -> str:
    wrong = [
        (question, one, other) for question, one, other in zip(sample, given, expected, strict=True) if one != other
    ]
    return f"{name} counts otherwise than a reading of all articles does: {wrong}"
