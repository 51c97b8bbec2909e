"""Servers that are asked in turns: one connection to each, every question put to all before the next one is."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.cpu_use import cpu_seconds
from benchmarks.engines.servers import Found, Server
from benchmarks.questions import KINDS, Question
from benchmarks.wire import Connection, Reply
from indexer.analysis import function_words

BLOCK = 300
"""Questions that are asked once before they are asked again."""

_HITS = 10
_UNMARKED = {("tantivy", "prefix")}
"""Which server marks nothing for which kind: tantivy's snippets know no words of a query by pattern."""

_IDLE = 5.0  # seconds that servers are watched at rest


@dataclass(frozen=True, slots=True)
class Pass:
    """All *questions* asked once: milliseconds and what was found of each, and the seconds of the processors."""

    questions: Sequence[Question]
    times: list[float]
    found: list[Found]
    cpu: float

    @property
    def cost(self) -> float:
        """Milliseconds of the processors a request; a clock of hundredths may show nothing of a few."""
        return max(0.0, 1e3 * self.cpu / len(self.questions))

    def of(self, kind: str | None) -> list[float]:
        """Return the milliseconds of the questions of *kind*, of all for None."""
        return [ms for question, ms in zip(self.questions, self.times, strict=True) if kind in (None, question.kind)]

    def in_part(self, kind: str | None) -> int:
        """Return how many questions of *kind* were looked for in part only, as the answers say."""
        answers = zip(self.questions, self.found, strict=True)
        return sum(not one.is_whole for question, one in answers if kind in (None, question.kind))


def idle(servers: Mapping[str, Server]) -> dict[str, float]:
    """Return the seconds of the processors that each server takes a second while nobody asks anything."""
    before = _clocks(servers)
    time.sleep(_IDLE)
    return {name: (now - before[name]) / _IDLE for name, now in _clocks(servers).items()}


def first_and_again(
    servers: Mapping[str, Server], questions: Sequence[Question], rest: Mapping[str, float]
) -> tuple[dict[str, Pass], dict[str, Pass]]:
    """
    Ask all *questions* of each server, and again: `BLOCK` of them, these again, and so on.

    So what is asked again comes after a few hundred others, whatever the number of all questions, and finds caches as
    they are then.
    """
    rounds: list[list[dict[str, Pass]]] = [[], []]
    for start in range(0, len(questions), BLOCK):
        for passes in rounds:
            passes.append(in_turns(servers, questions[start : start + BLOCK], rest))
    first, again = ({name: joined([one[name] for one in passes]) for name in servers} for passes in rounds)
    for name in servers:
        _hold(name, first[name], again[name])
    return first, again


def in_turns(
    servers: Mapping[str, Server], questions: Sequence[Question], rest: Mapping[str, float]
) -> dict[str, Pass]:
    """
    Ask all *questions* of each server, the servers taking turns in being first; every answer must be a good one.

    What a server takes at *rest*, as `idle` says, is taken off what it took meanwhile: it rests while others are asked.
    """
    requests = {name: [server.request(question) for question in questions] for name, server in servers.items()}
    replies: dict[str, list[Reply]] = {name: [] for name in servers}
    before, began = _clocks(servers), time.perf_counter()
    with ExitStack() as stack:
        lines = {name: stack.enter_context(Connection(server.address)) for name, server in servers.items()}
        for number in range(len(questions)):
            for name in turned(list(servers), number):
                replies[name].append(lines[name].ask(requests[name][number]))
    seconds, after = time.perf_counter() - began, _clocks(servers)
    return {
        name: Pass(
            questions,
            [reply.ms for reply in replies[name]],
            [_read(server, question, reply) for question, reply in zip(questions, replies[name], strict=True)],
            after[name] - before[name] - rest[name] * seconds,
        )
        for name, server in servers.items()
    }


def turned(names: Sequence[str], number: int) -> Iterator[str]:
    """
    Yield *names*, each time another one first.

    >>> list(turned(["a", "b", "c"], 4))
    ['b', 'c', 'a']
    """
    first = number % len(names)
    yield from names[first:]
    yield from names[:first]


def joined(passes: Sequence[Pass]) -> Pass:
    """Return what *passes* of one server are together."""
    return Pass(
        [question for one in passes for question in one.questions],
        [ms for one in passes for ms in one.times],
        [found for one in passes for found in one.found],
        sum(one.cpu for one in passes),
    )


def _hold(name: str, first: Pass, again: Pass) -> None:
    """Assert that the server *name* finds something for nearly every question, and the same when it is asked again."""
    for question, one, other in zip(first.questions, first.found, again.found, strict=True):
        assert one == other, f"{name} answers {question} now so, now so: {one}, {other}"
    empty = [question for question, one in zip(first.questions, first.found, strict=True) if not one.ids]
    assert len(empty) * 20 < len(first.questions), f"{name} finds nothing for {len(empty)}: {empty[:10]}"


def _read(server: Server, question: Question, reply: Reply) -> Found:
    """Return what *reply* says, which must be whole and marked."""
    assert reply.status == 200, f"{server.name} answers {question} with {reply.status}: {reply.body[:500]!r}"
    said = server.read(reply.body)
    assert len(said.ids) == min(said.total, _HITS), f"{server.name} shows {len(said.ids)} of {said.total}: {question}"
    is_empty = function_words().issuperset(question.text.lower().split())  # Telusur marks no function words alone
    unmarked = is_empty or (server.name, question.kind) in _UNMARKED
    assert said.marks or not said.ids or unmarked, f"{server.name} marks nothing for {question}"
    return said


def found(server: Server, questions: Sequence[Question]) -> list[Found]:
    """Return what *server* says of each of *questions*."""
    with Connection(server.address) as line:
        return [_read(server, question, line.ask(server.request(question))) for question in questions]


def kinds(questions: Sequence[Question]) -> list[str]:
    """Return the kinds of *questions*: those of `KINDS` first."""
    there = {question.kind for question in questions}
    return [*(kind for kind in KINDS if kind in there), *sorted(there - set(KINDS))]


def _clocks(servers: Mapping[str, Server]) -> dict[str, float]:
    return {name: cpu_seconds(server.pid) for name, server in servers.items()}
