"""Shows how far a build is: a moving line on a terminal, a line now and then elsewhere, events for programs."""

import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console as Terminal
from rich.progress import Progress, SpinnerColumn, TextColumn

from indexer.reading.pipeline import Counts, Stage

_WINDOW = 30.0  # seconds over which a rate is taken
_EVENTS = 1.0  # seconds between two events
_FIRST_LINE, _LONGEST_PAUSE = 10.0, 300.0  # seconds; the pauses between lines double, so that a log stays short


class Display(Protocol):
    """Shows what a build tells."""

    def progress(self, counts: Counts) -> None:
        """Show how far it is; is told after each record."""

    def say(self, text: str) -> None:
        """Show a sentence."""


@contextmanager
def shown(*, as_json: bool = False, quiet: bool = False) -> Iterator[Display]:
    """Give out what shows a build on standard error: as JSON Lines, not at all, or as suits where that leads to."""
    terminal = Terminal(stderr=True, highlight=False)
    if quiet:
        yield Silence()
    elif as_json:
        yield Events()
    elif terminal.is_terminal:
        with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=terminal, transient=True) as bar:
            yield MovingLine(bar)
    else:
        yield Lines()


class Pace:
    """How fast records are read of late, and how long those that are left will take."""

    def __init__(self) -> None:
        """Begin now."""
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, counts: Counts) -> None:
        """Remember how far a build is now."""
        now = time.monotonic()
        self._seen.append((now, counts.read))
        while now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()

    @property
    def per_second(self) -> float | None:
        """Records a second; None as long as that cannot be told."""
        if not self._seen:
            return None
        (start, before), (end, now) = self._seen[0], self._seen[-1]
        return (now - before) / (end - start) if now > before and end - start > 1 else None

    def left(self, counts: Counts) -> float | None:
        """Return how many seconds of reading are left; None where it cannot be told."""
        rate = self.per_second
        if counts.expected is None or rate is None or counts.stage is not Stage.READING:
            return None
        return max(0, counts.expected - counts.read) / rate


def line(counts: Counts, pace: Pace) -> str:
    """Return how far a build is, in words."""
    of = f" of about {counts.expected:,}" if counts.expected and counts.stage is Stage.READING else ""
    parts = [f"{counts.stage}: {counts.read:,}{of} records"]
    if counts.stage is Stage.READING and (rate := pace.per_second):
        parts.append(f"{rate:,.0f} a second")
    if counts.rejected:
        parts.append(f"{counts.rejected:,} rejected")
    if (left := pace.left(counts)) is not None:
        parts.append(f"about {_duration(left)} left")
    return ", ".join(parts)


class Silence:
    """Shows nothing."""

    def progress(self, counts: Counts) -> None:
        """Show nothing."""

    def say(self, text: str) -> None:
        """Show nothing."""


class _Now:
    """Says when it is time for the next report; a new stage is always reported."""

    def __init__(self, pause: float, longest: float) -> None:
        self._next = time.monotonic() + pause
        self._pause, self._longest = pause, longest
        self._stage = Stage.READING

    def __call__(self, counts: Counts, *, stages: bool) -> bool:
        now = time.monotonic()
        is_new, self._stage = counts.stage != self._stage, counts.stage
        if now < self._next and not (is_new and stages):
            return False
        self._pause = min(2 * self._pause, self._longest)
        self._next = now + self._pause
        return True


class Lines:
    """Writes a line after ten seconds, and then ever more rarely: for mails of cron and for journals."""

    def __init__(self) -> None:
        """Begin now."""
        self._pace = Pace()
        self._pace.note(Counts())
        self._is_time = _Now(_FIRST_LINE, _LONGEST_PAUSE)

    def progress(self, counts: Counts) -> None:
        """Write a line, where it is time for one."""
        if self._is_time(counts, stages=False):
            self._pace.note(counts)
            click.echo(line(counts, self._pace), err=True)

    def say(self, text: str) -> None:
        """Write *text*."""
        click.echo(text, err=True)


class Events:
    """Writes JSON Lines, an event each: ``progress`` once a second and when a stage begins, ``note``."""

    def __init__(self) -> None:
        """Begin now."""
        self._pace = Pace()
        self._is_time = _Now(_EVENTS, _EVENTS)

    def progress(self, counts: Counts) -> None:
        """Write an event, where it is time for one."""
        if not self._is_time(counts, stages=True):
            return
        self._pace.note(counts)
        rate, left = self._pace.per_second, self._pace.left(counts)
        self._write(
            event="progress",
            stage=counts.stage.name.lower(),
            accepted=counts.accepted,
            rejected=counts.rejected,
            expected=counts.expected,
            per_second=None if rate is None else round(rate, 1),
            seconds_left=None if left is None else round(left, 1),
        )

    def say(self, text: str) -> None:
        """Write *text* as an event."""
        self._write(event="note", text=text)

    def _write(self, **event: object) -> None:
        click.echo(json.dumps(event, ensure_ascii=False), err=True)


class MovingLine:
    """Keeps one line of a terminal up to date."""

    def __init__(self, bar: Progress) -> None:
        """Write onto *bar*."""
        self._bar, self._pace = bar, Pace()
        self._task = bar.add_task("", total=None)
        self._is_time = _Now(0, 0.1)

    def progress(self, counts: Counts) -> None:
        """Bring the line up to date."""
        if self._is_time(counts, stages=True):
            self._pace.note(counts)
            self._bar.update(self._task, description=line(counts, self._pace), refresh=True)

    def say(self, text: str) -> None:
        """Write *text* above the line."""
        self._bar.console.print(text, markup=False)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
