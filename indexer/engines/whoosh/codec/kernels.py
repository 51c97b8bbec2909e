"""
The compiled counterparts of loops over records and known words, where they were built; see `native/`.

Where there is no C compiler, or the environment has TELUSUR_PURE, `native` is None, and numpy does the same.
"""

import os
from importlib import import_module
from typing import Any

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
"""What is asked of them: where one is missing they were built from an older tree, and are not used."""


def _loaded() -> Any:
    if os.environ.get("TELUSUR_PURE"):
        return None
    try:
        module = import_module("indexer.engines.whoosh.codec._kernels")
    except ImportError:
        return None
    if not all(hasattr(module, name) for name in _FUNCTIONS):
        return None
    module.prepare(COUNT_OF, FORM_OF)
    return module


native: Any = _loaded()
