"""Sorting by date, as a facet of Whoosh."""

from typing import Any

from whoosh import sorting

from indexer import schema
from indexer.engines.whoosh.schema import MISSING_DATE

_LAST = 1 << 62


class ByDate(sorting.FacetType):  # type: ignore[misc]  # Whoosh has no types
    """The date of publication, the newest or the oldest first; articles without one come last either way."""

    def __init__(self, *, newest: bool) -> None:
        """Put the newest first if *newest*, else the oldest."""
        self._newest = newest

    def categorizer(self, global_searcher: Any) -> "sorting.Categorizer":  # noqa: ARG002 - Whoosh's signature
        """Return what reads the keys to sort by."""
        return _Dates(newest=self._newest)


class _Dates(sorting.Categorizer):  # type: ignore[misc]  # Whoosh has no types
    def __init__(self, *, newest: bool) -> None:
        self._sign = -1 if newest else 1
        self._column: Any = None

    def set_searcher(self, segment_searcher: Any, docoffset: int) -> None:  # noqa: ARG002 - Whoosh's signature
        self._column = segment_searcher.reader().column_reader(schema.PUBLISHED)

    def key_for(self, matcher: Any, segment_docnum: int) -> int:  # noqa: ARG002 - Whoosh's signature
        moment = self._column[segment_docnum]
        return _LAST if moment == MISSING_DATE else self._sign * int(moment)
