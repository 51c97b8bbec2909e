"""
Charts as numbers, which a template draws as SVG: what is 100 high is the highest bar.

A chart has no text of its own, as that would grow and shrink with it, and no colours, which are those of the style
sheet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HIGHEST = 100
_LOWEST = 1.5  # of what is not nothing, so that it is seen

Points = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its day, its value, and how high it is."""

    day: date
    value: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar for each day under a *title*; *write* says a value in words."""

    title: str
    bars: tuple[Bar, ...]
    write: Callable[[float], str]

    @property
    def most(self) -> Bar:
        """The highest bar, the latest of those that are equal."""
        return max(self.bars, key=lambda bar: (bar.value, bar.day))


def chart(title: str, points: Points, write: Callable[[float], str]) -> Chart:
    """Return the chart of *points*, one a day."""
    highest = max((value for _, value in points), default=0)
    return Chart(title, tuple(Bar(day, value, height(value, highest)) for day, value in points), write)


def height(value: float, highest: float) -> float:
    """
    Return how long the bar of *value* is where that of *highest* is 100.

    >>> height(5, 20), height(1, 1000), height(0, 0)
    (25.0, 1.5, 0.0)
    """
    return round(max(HIGHEST * value / highest, _LOWEST), 1) if value else 0.0


def every_day(first: date, last: date) -> list[date]:
    """
    Return the days from *first* to *last*.

    >>> [day.day for day in every_day(date(2026, 2, 27), date(2026, 3, 1))]
    [27, 28, 1]
    """
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
