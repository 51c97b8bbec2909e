"""What a rule of the recipe is, and what is said of a token that one has read."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from indexer.analysis.tokens import Token
from indexer.analysis.words import Step

Tokens = Iterable[Token]


class Rule(NamedTuple):
    """
    A way to read a chunk.

    *read* gives its tokens, places counted from its start, or None if the rule is not for this chunk. It is for none
    that lacks a sign of any of the groups in *signs*, where 0 stands for any figure; asking so saves half of the time.
    """

    name: str
    read: Callable[[str], Tokens | None]
    signs: tuple[str, ...]


class Explained(NamedTuple):
    """A token, and what was done to get it: the rule that read its chunk, and the steps after that."""

    token: Token
    rule: str
    steps: tuple[Step, ...]
