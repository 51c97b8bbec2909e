"""
Runs several actors in every order in which their steps can follow each other.

Each actor is a thread that stops before each of its steps until it is its turn. A run is named by its choices: which of
the actors that could go on did, step by step. After a run, the last choice that can be another one is changed, and all
is run anew, until no order is left. Where these are too many, some are drawn.
"""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

Action = Callable[[], None]

_here = threading.local()


class Actor:
    """One thread, which goes on a step at a time; while it waits for a lock that is taken, it cannot."""

    def __init__(self, action: Action) -> None:
        self.lock: Lock | None = None
        self.error: BaseException | None = None
        self.is_done = False
        self._turn, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, args=(action,), daemon=True)
        self._thread.start()

    @property
    def can_go_on(self) -> bool:
        return not self.is_done and not (self.lock and self.lock.is_taken)

    def go_on(self) -> None:
        """Let it do its next step."""
        self._turn.release()
        assert self._back.acquire(timeout=60), "a step takes more than a minute"

    def stop(self) -> None:
        """Stop before the next step; called by the actor's own thread."""
        self._back.release()
        self._turn.acquire()

    def _run(self, action: Action) -> None:
        _here.actor = self
        self._turn.acquire()
        try:
            action()
        except BaseException as exc:  # noqa: BLE001 - whoever runs the actors raises it
            self.error = exc
        self.is_done = True
        self._back.release()


class Lock:
    """A lock that the order of the steps knows of."""

    def __init__(self) -> None:
        self.is_taken = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for it, hold it, and let it go."""
        actor = getattr(_here, "actor", None)
        if actor is None:
            yield
            return
        actor.lock = self
        actor.stop()
        actor.lock, self.is_taken = None, True
        try:
            yield
        finally:
            self.is_taken = False


def step(function: Callable[..., object]) -> Callable[..., object]:
    """Return *function* as a step of whichever actor calls it."""

    def stepped(*arguments: object, **options: object) -> object:
        if actor := getattr(_here, "actor", None):
            actor.stop()
        return function(*arguments, **options)

    return stepped


def drawn_orders(actions: Callable[[], Sequence[Action]], count: int) -> Iterator[str]:
    """Do *actions*, made anew each time, in so many orders, the same ones each time; yield as `every_order` does."""
    draw = random.Random(20261126)
    for _ in range(count):
        yield "".join(map(str, _run(actions(), lambda _, able: draw.randrange(able))[0]))


def every_order(actions: Callable[[], Sequence[Action]]) -> Iterator[str]:
    """Do *actions*, made anew each time, in every order; yield after each the order, as a text."""
    choices: list[int] = []
    while True:
        taken, possible = _run(actions(), partial(_chosen, choices))
        yield "".join(map(str, taken))
        while possible and possible[-1][0] + 1 == possible[-1][1]:
            possible.pop()
        if not possible:
            return
        choices = [choice for choice, _ in possible[:-1]] + [possible[-1][0] + 1]


def _chosen(choices: Sequence[int], number: int, _able: int) -> int:
    return choices[number] if number < len(choices) else 0


def _run(actions: Sequence[Action], choose: Callable[[int, int], int]) -> tuple[list[int], list[tuple[int, int]]]:
    """
    Return which actor went on at each step, and of each choice which of how many it was.

    *choose* is given the number of the step, and how many actors can go on, and says which of these does.
    """
    actors = [Actor(action) for action in actions]
    taken, possible = [], []
    while any(not actor.is_done for actor in actors):
        able = [number for number, actor in enumerate(actors) if actor.can_go_on]
        assert able, "each waits for another"
        choice = choose(len(possible), len(able))
        possible.append((choice, len(able)))
        taken.append(able[choice])
        actors[able[choice]].go_on()
    for actor in actors:
        if actor.error:
            raise AssertionError(f"order {''.join(map(str, taken))}") from actor.error
    return taken, possible
