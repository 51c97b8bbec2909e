"""What is compiled of the reading of texts; every part of it has a counterpart in Python that says the same."""

import os
from importlib import import_module
from types import ModuleType


def _module() -> ModuleType | None:
    if not os.environ.get("TELUSUR_PURE"):
        try:
            return import_module("indexer.analysis._texts")
        except ImportError:
            pass
    return None


texts = _module()
"""The compiled module; None where there was no C compiler, or where TELUSUR_PURE is set."""
