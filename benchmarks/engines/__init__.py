"""
The engines that are measured: Telusur and its peers, each in a process of its own, all asked in the same way.

`process.py` is the side of the scripts, `worker.py` the other: it runs one of the modules beside it, each of which has
a `version`, a `build` and an `Opened` that is an `Index`. `Lucene.java` says the same lines from a Java process.
"""

import re
from typing import Any, Protocol

from benchmarks.questions import Question

_WORD = re.compile(r"\w+")


class Index(Protocol):
    """An index, open for questions. What *tree* and *best* are only the engine knows."""

    def tree(self, question: Question) -> Any:
        """Return *question* as the engine's query; this is never timed."""

    def ranked(self, tree: Any, limit: int) -> Any:
        """Return the best *limit* documents."""

    def ids(self, best: Any) -> list[str]:
        """Return the ids of the documents *best*, in their order."""

    def count(self, tree: Any) -> int:
        """Return how many documents match; this is never timed."""

    def shown(self, question: Question, limit: int) -> str:
        """Return the best *limit* documents as JSON: title, body and marked passages, from the question on."""

    def typed(self, question: Question, limit: int) -> list[str]:
        """Return the ids of the best *limit* documents for the text of *question*, whatever it holds."""


def any_word(question: Question) -> Question:
    """Return what asks a peer for any word of the text of *question*."""
    return Question("or", " ".join(_WORD.findall(question.text)))
