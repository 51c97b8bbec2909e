"""The sections of the settings that an answer depends on; see `indexer.settings` for where they come from."""

from dataclasses import dataclass
from pathlib import Path

from indexer import settings
from indexer.errors import SettingsError

INDEX_CACHE = 16_000_000
"""Bytes of what was read of an index that a process keeps, where no setting says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """
    The knobs of the ranking: BM25's *k1* and *b*, and what the word as typed adds to its stem.

    *near_weight*, *order_weight* and *early_weight* say what words add by how they stand, see `search.ranking`.
    *recency* is what being new adds to the score of a short query, times it; half of that after *recency_days*.
    """

    k1: float
    b: float
    exact_weight: float
    near_weight: float
    order_weight: float
    early_weight: float
    recency: float
    recency_days: float

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        for name in ("k1", "b", "exact_weight", "near_weight", "order_weight", "early_weight", "recency"):
            if getattr(self, name) < 0:
                raise SettingsError(f"ranking.{name} is {getattr(self, name)}; it must not be negative")
        for name in ("b", "recency"):
            if getattr(self, name) > 1:
                raise SettingsError(f"ranking.{name} is {getattr(self, name)}; it lies between 0 and 1")
        if self.recency_days <= 0:
            raise SettingsError(f"ranking.recency_days is {self.recency_days}; it must be above 0")


@dataclass(frozen=True, slots=True)
class Highlighting:
    """How many passages of an article are shown, and how many characters each has at most."""

    fragments: int
    fragment_length: int

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        if self.fragments < 1 or self.fragment_length < 40:  # noqa: PLR2004 - a few words around a mark
            raise SettingsError(
                f"[highlight] fragments {self.fragments}, fragment_length {self.fragment_length}: "
                "at least 1 fragment of 40 characters is needed"
            )


@dataclass(frozen=True, slots=True)
class Lists:
    """The files of the editors' lists: a path, or nothing for the one beside the settings that came with us."""

    synonyms: str
    pins: str
    hidden: str

    @property
    def synonyms_file(self) -> Path:
        """The list of words that mean the same."""
        return _file(self.synonyms, "synonyms.txt")

    @property
    def pins_file(self) -> Path:
        """The list of articles that are pinned to queries."""
        return _file(self.pins, "pins.txt")

    @property
    def hidden_file(self) -> Path:
        """The list of articles that are not shown."""
        return _file(self.hidden, "hidden.txt")


def _file(named: str, default: str) -> Path:
    return Path(named) if named else settings.default_file().with_name(default)
