"""
The compiled counterparts of loops over records and known words, where they were built; see `native/`.

Where there is no C compiler, or the environment has TELUSUR_PURE, `native` is None, and numpy does the same.
"""

from typing import Any

from indexer.analysis.compiled import loaded
from indexer.engines.whoosh.codec.symbols import COUNT_OF, FORM_OF

_FUNCTIONS = (
    "place",
    "scored",
    "scores_at",
    "mark",
    "mark_forms",
    "places",
    "following",
    "phrase",
    "similar",
    "standing",
)

native: Any = loaded("indexer.engines.whoosh.codec._kernels", _FUNCTIONS)
if native:
    native.prepare(COUNT_OF, FORM_OF)
