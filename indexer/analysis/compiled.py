"""What is compiled of the reading of texts; every part of it has a counterpart in Python that says the same."""

import os
from importlib import import_module
from types import ModuleType

_FUNCTIONS = ("sightings", "spotted", "by_sentence", "positions")
"""What is asked of it: where one is missing it was built from an older tree, and is not used."""


def _module() -> ModuleType | None:
    if os.environ.get("TELUSUR_PURE"):
        return None
    try:
        module = import_module("indexer.analysis._texts")
    except ImportError:
        return None
    return module if all(hasattr(module, name) for name in _FUNCTIONS) else None


texts = _module()
"""The compiled module; None where there was no C compiler, or where TELUSUR_PURE is set."""
