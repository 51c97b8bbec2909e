"""What the reading of a query asks an index: how many of its articles hold this."""

from typing import Protocol, TypeVar

from search.query.tree import Phrase, Term

Made = TypeVar("Made")
"""What a reading makes."""


class Vocabulary(Protocol):
    """The words of one index."""

    def holding(self, leaf: Term | Phrase) -> int:
        """Return how many articles hold *leaf*."""


def is_rarer(leaf: Term | Phrase, other: Term | Phrase, vocabulary: Vocabulary) -> bool:
    """Say whether fewer articles of *vocabulary* hold *leaf* than *other*."""
    return vocabulary.holding(leaf) < vocabulary.holding(other)


class NoWords:
    """The words of no index: nothing is asked for but what was typed."""

    def holding(self, leaf: Term | Phrase) -> int:  # noqa: ARG002 - the signature of the protocol
        """Return 0."""
        return 0


class AllWords:
    """The words of any text: whatever may be meant is asked for, to be marked where it stands."""

    def holding(self, leaf: Term | Phrase) -> int:  # noqa: ARG002 - the signature of the protocol
        """Return 1."""
        return 1
