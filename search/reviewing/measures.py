"""
How good a ranking is by what was judged: the measures of ir-measures, and how sure their means are.

nDCG takes the grades as gains and discounts by the logarithm of the rank, as trec_eval does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from search.errors import EvaluationUnavailable
from search.reviewing.judgments import Judgments
from search.reviewing.runs import DEPTH, Run

MEASURES = {
    "MRR@10": ("RR", 10),
    "nDCG@10": ("nDCG", 10),
    f"Recall@{DEPTH}": ("R", DEPTH),
    "success@1": ("Success", 1),
    "success@10": ("Success", 10),
}
"""The names of the measures, what ir-measures calls them, and the ranks that each looks at."""

Values = Mapping[str, float]
"""A measure query by query, from 0 to 1."""

_RESAMPLED = 2_000
_SEED = 20_261_126
_AT_ONCE = 4_000_000  # drawn numbers in memory
_LIMITS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, and between *low* and *high* its 95 % interval by bootstrap over the queries."""

    value: float
    low: float
    high: float


def measured(judgments: Judgments, run: Run) -> Mapping[str, Values]:
    """
    Return each of `MEASURES` for every query of *judgments*; 0 for those that *run* lacks.

    Raises:
        EvaluationUnavailable: ir-measures is not installed.
    """
    library = _library()
    # its own reading of names uses what Python 3.12 deprecates and 3.14 lacks
    named = {getattr(library, theirs) @ ranks: ours for ours, (theirs, ranks) in MEASURES.items()}
    values = {name: dict.fromkeys(judgments.queries, 0.0) for name in MEASURES}
    for one in library.iter_calc(list(named), judgments.grades, _scored(run)):
        values[named[one.measure]][one.query_id] = float(one.value)
    return values


def mean(values: Sequence[float]) -> Mean:
    """
    Return the mean of *values* with its interval: the same one every time.

    >>> mean([1.0] * 20)
    Mean(value=1.0, low=1.0, high=1.0)
    """
    given = np.array(values, float)
    random = np.random.default_rng(_SEED)
    rows = max(1, _AT_ONCE // len(given))
    means = [
        given[random.integers(0, len(given), (min(rows, _RESAMPLED - done), len(given)))].mean(axis=1)
        for done in range(0, _RESAMPLED, rows)
    ]
    low, high = np.percentile(np.concatenate(means), _LIMITS)
    return Mean(float(given.mean()), float(low), float(high))


def _scored(run: Run) -> dict[str, dict[str, float]]:
    """Return *run* with scores that fall from rank to rank, as ir-measures ranks equal ones by id."""
    return {query: {article: float(-rank) for rank, article in enumerate(found)} for query, found in run.items()}


def _library() -> ModuleType:
    try:
        import ir_measures  # noqa: PLC0415 - brings scipy along, which only this command needs
    except ImportError as exc:
        raise EvaluationUnavailable("evaluate needs ir-measures: pip install 'telusur[evaluate]'") from exc
    return ir_measures
