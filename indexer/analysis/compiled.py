"""What is compiled of the reading of texts; every part of it has a counterpart in Python that says the same."""

import os
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType


def loaded(name: str, functions: Sequence[str]) -> ModuleType | None:
    """
    Return the compiled module *name*; None where there was no C compiler, or where TELUSUR_PURE is set.

    One that lacks some of *functions* was built from an older tree, and is not used.
    """
    if os.environ.get("TELUSUR_PURE"):
        return None
    try:
        module = import_module(name)
    except ImportError:
        return None
    return module if all(hasattr(module, function) for function in functions) else None


texts = loaded("indexer.analysis._texts", ("sightings", "spotted", "by_sentence", "positions"))
"""The compiled module, or None."""
