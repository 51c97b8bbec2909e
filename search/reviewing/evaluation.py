"""Evaluation: how well queries are answered by what was judged, alone and beside another setting, index or run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.errors import SourceUnavailable
from search.answers import Answers
from search.reviewing.judgments import Judgments
from search.reviewing.measures import MEASURES, Mean, Values, mean, measured
from search.reviewing.runs import Run

ORDERED_BY = "nDCG@10"
"""The measure by which wins and losses are listed."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a *run* that goes by the name *label* reaches: each measure, query by query."""

    label: str
    run: Run
    values: Mapping[str, Values]

    @property
    def means(self) -> dict[str, Mean]:
        """The mean of each measure."""
        return {name: mean(list(values.values())) for name, values in self.values.items()}


@dataclass(frozen=True, slots=True)
class Gain:
    """What a measure gains over another run: on average, and in how many queries it *wins*, *loses*, *ties*."""

    mean: Mean
    wins: int
    losses: int
    ties: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """An evaluation, and the one that it is compared with, None where there is none."""

    judgments: Judgments
    evaluation: Evaluation
    against: Evaluation | None = None

    def gains(self) -> dict[str, Gain]:
        """Return what each measure gains over the other run; intervals are of the differences, query by query."""
        return {name: _gain(list(self.differences(name).values())) for name in MEASURES} if self.against else {}

    def differences(self, name: str) -> Values:
        """Return for each query by how much the measure *name* differs from the other run's."""
        if self.against is None:
            return {}
        other = self.against.values[name]
        return {query: value - other[query] for query, value in self.evaluation.values[name].items()}

    def changed(self) -> list[str]:
        """Return the queries that are won or lost, the greatest loss first and the greatest win last."""
        differences = self.differences(ORDERED_BY)
        return sorted((query for query, gain in differences.items() if gain), key=lambda query: differences[query])


def evaluated(label: str, run: Run, judgments: Judgments) -> Evaluation:
    """Return what *run* reaches in *judgments*."""
    return Evaluation(label, run, measured(judgments, run))


def known_to(answers: Answers, judgments: Judgments, *, skip_unknown: bool) -> Judgments:
    """
    Return *judgments* if the index of *answers* holds the articles that they name; else those of others, or an error.

    Raises:
        SourceUnavailable: articles are not in the index and must not be skipped, or none is.
    """
    with answers.live.open() as index:
        unknown = {article for article in judgments.places if index.engine.article(article) is None}
    if not unknown:
        return judgments
    if skip_unknown and len(unknown) < len(judgments.places):
        return judgments.without(unknown)
    first = next(article for article in judgments.places if article in unknown)
    raise SourceUnavailable(
        f"{judgments.places[first]}: the article {first!r} is not in the index, nor are {len(unknown) - 1:,} others of "
        f"{len(judgments.places):,} that are judged: index them, or leave them out with --skip-unknown"
    )


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """Return *verdict* as JSON has it, with every query."""
    judgments, against = verdict.judgments, verdict.against
    return {
        "judgments": judgments.name,
        "queries": len(judgments.queries),
        "unjudged": judgments.unjudged,
        "label": verdict.evaluation.label,
        "measures": {name: _mean_document(found) for name, found in verdict.evaluation.means.items()},
        "against": against
        and {
            "label": against.label,
            "measures": {name: _mean_document(found) for name, found in against.means.items()},
        },
        "gains": {
            name: {**_mean_document(gain.mean), "wins": gain.wins, "losses": gain.losses, "ties": gain.ties}
            for name, gain in verdict.gains().items()
        },
        "by_query": [_query_document(verdict, query) for query in judgments.queries],
    }


def first_right(evaluation: Evaluation, judgments: Judgments, query: str) -> int | None:
    """Return the rank from 1 of the first article that answers *query*, None where none is found."""
    grades = judgments.grades[query]
    ranked = enumerate(evaluation.run.get(query, ()), 1)
    return next((rank for rank, article in ranked if grades.get(article, 0) > 0), None)


def _query_document(verdict: Verdict, query: str) -> dict[str, Any]:
    sides = {"": verdict.evaluation} | ({"against_": verdict.against} if verdict.against else {})
    return {
        "id": query,
        "text": verdict.judgments.queries[query],
        **{f"{side}first_right": first_right(own, verdict.judgments, query) for side, own in sides.items()},
        **{
            f"{side}measures": {name: round(values[query], 6) for name, values in own.values.items()}
            for side, own in sides.items()
        },
    }


def _mean_document(found: Mean) -> dict[str, float]:
    return {"value": round(found.value, 6), "low": round(found.low, 6), "high": round(found.high, 6)}


def _gain(differences: list[float]) -> Gain:
    wins, losses = (sum(sign * one > 0 for one in differences) for sign in (1, -1))
    return Gain(mean(differences), wins, losses, len(differences) - wins - losses)
