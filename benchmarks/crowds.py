"""Servers that are asked by many at once: how much each answers in a second, and what that costs its processors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.clients import Asking, asking
from benchmarks.cpu_use import cpu_seconds
from benchmarks.engines.servers import Server
from benchmarks.questions import Question
from benchmarks.turns import turned

CONNECTIONS = 16

_ENOUGH = 3_600.0  # seconds for what is asked once


@dataclass(slots=True)
class Answering:
    """How many answers came in how many seconds, and how many seconds of the processors they took."""

    answers: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of the processors an answer."""
        return 1e3 * self.cpu / self.answers


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server answers that it was never asked before, and what it was."""

    fresh: Answering
    again: Answering


def rates(
    servers: Mapping[str, Server], fresh: Sequence[Sequence[Question]], again: Sequence[Question], seconds: float
) -> dict[str, Answered]:
    """
    Ask the servers in rounds, each time another one first: one list of *fresh*, then *again* over and over.

    What is asked again lasts so many *seconds*, once all of it was asked.
    """
    found = {name: Answered(Answering(), Answering()) for name in servers}
    for number, questions in enumerate(fresh):
        for name in turned(list(servers), number):
            once(servers[name], questions, found[name].fresh)
            once(servers[name], again)
            over_and_over(servers[name], again, seconds, found[name].again)
    return found


def once(server: Server, questions: Sequence[Question], into: Answering | None = None) -> None:
    """Ask *server* each of *questions* once, and count what it took *into* something."""
    _press(server, questions, Asking(CONNECTIONS, _ENOUGH, once=True), into or Answering())


def over_and_over(server: Server, questions: Sequence[Question], seconds: float, into: Answering | None = None) -> None:
    """Ask *server* all *questions* again and again for so many *seconds*, and count what it took *into* something."""
    _press(server, questions, Asking(CONNECTIONS, seconds), into or Answering())


def _press(server: Server, questions: Sequence[Question], how: Asking, into: Answering) -> None:
    requests = [server.request(question) for question in questions]
    before = cpu_seconds(server.pid)
    answered = asking(server.address, requests, how)
    good, everything = answered.count(200), answered.count(*answered.by_status)
    assert good == everything, f"{server.name} answers otherwise than with 200: {_statuses(answered.by_status)}"
    into.answers += good
    into.seconds += answered.seconds
    into.cpu += cpu_seconds(server.pid) - before


def _statuses(by_status: Mapping[int, Sequence[float]]) -> dict[int, int]:
    return {status: len(times) for status, times in by_status.items()}


def parted(questions: Sequence[Question], count: int) -> Iterator[Sequence[Question]]:
    """Yield *questions* in *count* parts of one length."""
    length = len(questions) // count
    for number in range(count):
        yield questions[number * length : (number + 1) * length]
