"""What is logged: a search with what it found, or a click on what was found."""

from dataclasses import dataclass
from typing import NamedTuple


class Caller(NamedTuple):
    """
    Who asked, as a *hash* that tells nothing but that two ask from the same address.

    It does so only among callers of the same *key*, the number of a secret that lasts a day at most.
    """

    key: int
    hash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What a search was for, and what came of it: the *text* as typed, and how many articles were found.

    *corrected* is the query as it may have been meant; where *is_corrected*, the hits are those of that one. Where
    *is_relaxed*, words were let go.
    """

    text: str
    page: int
    per_page: int
    hits: int
    corrected: str | None
    is_corrected: bool
    is_relaxed: bool


@dataclass(frozen=True, slots=True)
class Search:
    """A search: when it was answered, in seconds since 1970, for whom, what was found, and how long that took."""

    time: float
    caller: Caller
    finding: Finding
    took_ms: float


@dataclass(frozen=True, slots=True)
class Click:
    """A click on the article of this id, which stood at *position*, counted from 1, among the hits of *text*."""

    time: float
    caller: Caller
    text: str
    article_id: str
    position: int


Entry = Search | Click
