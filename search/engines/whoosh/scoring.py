"""Our ranking as a weighting model of Whoosh."""

from collections.abc import Mapping
from typing import Any

from whoosh import scoring

from indexer import schema
from search.ranking import idf, saturated
from search.settings import Ranking


class Bm25f(scoring.WeightingModel):  # type: ignore[misc]  # Whoosh has no types
    """Scores the fields of words by `search.ranking`; a match in any other field counts nothing."""

    def __init__(self, ranking: Ranking) -> None:
        """Score with the knobs of *ranking*."""
        self._ranking = ranking
        self._factors: Mapping[str, float] = {schema.EXACT: ranking.exact_weight}

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> scoring.BaseScorer:
        """Return the scorer of one term in one segment, with the statistics of the whole index."""
        if fieldname not in schema.WORD_FIELDS:
            return scoring.WeightScorer(0.0)
        index = searcher.get_parent()
        factor = (
            qf * self._factors.get(fieldname, 1.0) * idf(index.doc_count_all(), index.doc_frequency(fieldname, text))
        )
        return _TermScorer(searcher, fieldname, factor, index.avg_field_length(fieldname), self._ranking)


class _TermScorer(scoring.BaseScorer):  # type: ignore[misc]  # Whoosh has no types
    """Scores the occurrences of one term in the articles of one segment."""

    def __init__(self, searcher: Any, field: str, factor: float, average: float, ranking: Ranking) -> None:
        self._searcher = searcher
        self._field = field
        self._factor = factor
        self._average = average
        self._ranking = ranking

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        length = self._searcher.doc_field_length(matcher.id(), self._field, 1)
        return self._factor * saturated(matcher.weight(), length, self._average, self._ranking)

    def max_quality(self) -> float:
        return self._factor
