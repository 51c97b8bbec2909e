"""
How seldom a process that answers looks for garbage, and in how little.

While the interpreter looks through all objects no thread works: with an index of 121,382 articles open that took 40 to
140 ms, every thousand questions, and was the longest wait of all. What a generation brought when it was opened and
warmed is let be, and the rest is looked through a thousandth as often; what is in no cycle is freed at once as ever.
"""

import gc

from search.live import FixedIndex, Prepare

_SELDOM = 5_000, 20, 20
"""So many new objects, and passes over the young ones, before a pass over older ones; Python's are 700, 10, 10."""


def look_seldom() -> None:
    """Look for garbage seldom from now on."""
    gc.set_threshold(*_SELDOM)


def let_be(prepare: Prepare) -> Prepare:
    """Return *prepare*, after which no garbage is looked for in what was there by then."""

    def prepared(index: FixedIndex) -> None:
        prepare(index)
        gc.freeze()

    return prepared
