"""
Lanes: a request waits for others of its kind only.

What is quick (health, metrics, files) has a thread of its own, and so have refusals and what may be dear; the others
are for searches. Each lane lets so many wait; who comes after that is told at once to try again.
"""

import logging
import re
from collections.abc import Callable
from enum import StrEnum
from queue import SimpleQueue
from threading import Thread

_log = logging.getLogger(__name__)

_SEARCHING = re.compile(
    r"/(?:cari(?:\.rss|\.json)?|saran|v1/(?:search|suggest|click|articles/[^/]*(?:/duplicates|/similar)?|tasks/[^/]*))?"
)
_CURSOR = re.compile(r"(?:^|&)cursor=[\w-]*")  # long, but of no weight
_MARKING = re.compile(r"/v1/articles/[^/]*/highlight|/artikel/[^/]*")
_WIDENING = re.compile(
    r"[*~?]|%(?:2a|7e|3f)|(?:^|&)(?:explain=(?:true|1)|per_page=(?:[3-9][0-9]|[0-9]{3,}))", re.IGNORECASE
)
_PREFIX = re.compile(r"(?<=\w{3})(?:\*|%2a)(?=[+&]|%20|$)", re.IGNORECASE)
_FEW_PREFIXES = 2  # as readers type them: their budget keeps each to some milliseconds
_LONG = 300  # characters of a query string; what readers type has a tenth of that

_DASHBOARD = "/dasbor"  # reads all of the query log that its days have
_CLICK = "/v1/click"  # costs as little as a search that is kept

Work = Callable[[], None]


class Lane(StrEnum):
    """The kind of a request, by what it may cost."""

    QUICK = "quick"
    SEARCH = "search"
    DEAR = "dear"
    REFUSED = "refused"


UNITS = {Lane.QUICK: 0, Lane.SEARCH: 1, Lane.DEAR: 5, Lane.REFUSED: 0}
"""What a request of each lane counts in the limits of rates."""

_BOUNDED = {Lane.SEARCH, Lane.DEAR}  # of the others no connection has more than one, and each is soon done


def lane_of(method: str, path: str, query: str) -> Lane:
    """
    Return the lane of a request, told by its first line alone.

    >>> lane_of("GET", "/healthz", ""), lane_of("GET", "/v1/search", "q=pad*"), lane_of("GET", "/cari", "q=a*b")
    (<Lane.QUICK: 'quick'>, <Lane.SEARCH: 'search'>, <Lane.DEAR: 'dear'>)
    """
    is_writing = path.startswith("/v1/") and path != _CLICK and method not in {"GET", "HEAD", "OPTIONS"}
    if is_writing or path == _DASHBOARD or _MARKING.fullmatch(path):
        return Lane.DEAR
    if not _SEARCHING.fullmatch(path):
        return Lane.QUICK
    query = _CURSOR.sub("", query)
    rest, prefixes = _PREFIX.subn("", query)
    is_dear = len(query) > _LONG or prefixes > _FEW_PREFIXES or _WIDENING.search(rest)
    return Lane.DEAR if is_dear else Lane.SEARCH


class Lanes:
    """The threads of one process, by lane; safe to share between threads."""

    def __init__(self, threads: int, longest: int) -> None:
        """Work with *threads* on searches; *longest* requests wait in a lane at most."""
        self._threads = {lane: threads if lane is Lane.SEARCH else 1 for lane in Lane}
        self._queues: dict[Lane, SimpleQueue[Work | None]] = {lane: SimpleQueue() for lane in Lane}
        self._longest = longest
        self._searching: set[str] = set()
        for lane, count in self._threads.items():
            for number in range(count):
                name = f"{lane}-{number}"
                Thread(target=self._run, args=(lane, name), name=name, daemon=True).start()

    def add(self, lane: Lane, work: Work) -> bool:
        """Have *work* done in *lane*, or say that too much waits there already."""
        if lane in _BOUNDED and self.waiting(lane) >= self._longest:
            return False
        self._queues[lane].put(work)
        return True

    def waiting(self, lane: Lane) -> int:
        """Return how many requests wait in *lane*."""
        return self._queues[lane].qsize()

    def searching(self) -> bool:
        """Say whether a search is in work."""
        return bool(self._searching)

    def end(self) -> None:
        """Let the threads end once they have done what waits."""
        for lane, count in self._threads.items():
            for _ in range(count):
                self._queues[lane].put(None)

    def _run(self, lane: Lane, name: str) -> None:
        while (work := self._queues[lane].get()) is not None:
            if lane is Lane.SEARCH:
                self._searching.add(name)
            try:
                work()
            except Exception:  # noqa: BLE001 - the thread must go on, whatever became of one request
                _log.exception("a request could not be served")
            finally:
                self._searching.discard(name)
