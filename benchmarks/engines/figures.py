"""What an engine's process is found to do: an index that it built, its first answer, and any other."""

from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.memory_use import Peak

LATE = "late"
"""What stands for the ids of a question that was given up."""


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was built: of so many articles, in so many seconds, with so much memory, of so many bytes."""

    articles: int
    seconds: float
    peak: Peak
    bytes: int

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


class First(NamedTuple):
    """The milliseconds of a new process until its first answer, in their order, and the hits of that."""

    imports: float
    opening: float
    answer: float
    found: int


class Row(NamedTuple):
    """One answer: milliseconds until ranked, those until the ids are read, and the ids."""

    ranked: float
    reading: float
    ids: tuple[str, ...]

    @property
    def whole(self) -> float:
        """Milliseconds from the query tree to the ids."""
        return self.ranked + self.reading

    @property
    def shown(self) -> int:
        """Characters of the JSON, where the question was answered with marked passages."""
        return 0 if self.is_late else int(self.ids[0])

    @property
    def is_late(self) -> bool:
        """Whether the question was given up."""
        return self.ids == (LATE,)
