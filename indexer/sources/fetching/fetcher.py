"""Fetches what an address gives: politely, patiently, and only so far."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from indexer.errors import FetchFailed
from indexer.settings import FetchSettings
from indexer.sources.fetching.addresses import resolve
from indexer.sources.fetching.cache import Cache
from indexer.sources.fetching.exchange import Answer, Resolve, exchange

_REDIRECTS = {301, 302, 303, 307, 308}
_PASSING = {429, 500, 502, 503, 504}
_LONGEST_PAUSE = 120.0
_MOST_FAILURES = 3


class Fetcher:
    """
    Fetches for one run, and remembers when each host was asked last.

    >>> from indexer import settings
    >>> Fetcher(settings.section(settings.load(environment={}), "fetch", FetchSettings)).get("ftp://kabar.example")
    Traceback (most recent call last):
    indexer.errors.FetchFailed: 'ftp://kabar.example' is no address that can be fetched; give http:// or ...
    """

    def __init__(
        self, settings: FetchSettings, *, resolve: Resolve = resolve, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Fetch as *settings* say; *resolve* finds the addresses of a host, *sleep* waits."""
        self._settings = settings
        self._cache = Cache(settings.cache)
        self._resolve = resolve
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._failures: Counter[str] = Counter()

    def get(self, address: str) -> Answer:
        """
        Return what *address* gives in the end; what did not change since the last time comes from the cache.

        Raises:
            FetchFailed: it gives nothing that can be used.
            SourceUnavailable: the cache cannot be written.
        """
        known = self._cache.load(address)
        answer = self._followed(address, _conditions(known))
        if answer.status == HTTPStatus.NOT_MODIFIED and known:
            return known
        if answer.status != HTTPStatus.OK:
            raise FetchFailed(f"{address} answers {_spoken(answer.status)}")
        self._cache.save(address, answer)
        return answer

    def _followed(self, address: str, conditions: Mapping[str, str]) -> Answer:
        current, seen = address, set()
        for _ in range(self._settings.redirects + 1):
            seen.add(current)
            answer = self._patient(current, conditions)
            if answer.status not in _REDIRECTS:
                return answer
            target = _joined(current, answer.headers.get("location", ""))
            if target in seen:
                raise FetchFailed(f"{address} is redirected in a circle, by way of {target}")
            if urlsplit(current).scheme == "https" and urlsplit(target).scheme != "https":
                raise FetchFailed(f"{address} is redirected to {target}, which is not encrypted")
            current = target
        raise FetchFailed(f"{address} is redirected more than {self._settings.redirects} times")

    def _patient(self, address: str, conditions: Mapping[str, str]) -> Answer:
        """
        Return the answer of *address*, asked again with pauses that double while it fails in passing.

        A host that gave up on several addresses in a row is down, and a thousand pages of it need not be waited for.
        """
        host = _host(address)
        if self._failures[host] >= _MOST_FAILURES:
            raise FetchFailed(f"{host} failed {_MOST_FAILURES} times in a row, and was not asked again")
        headers = {"User-Agent": self._settings.user_agent, **conditions}
        for attempt in range(self._settings.retries + 1):
            pause = float(2**attempt)
            self._wait_for_turn(host)
            try:
                answer = exchange(address, headers, self._settings, self._resolve)
            except (OSError, HTTPException) as exc:
                reason = f"{type(exc).__name__}: {exc}" if isinstance(exc, HTTPException) else str(exc)
            else:
                if answer.status not in _PASSING:
                    self._failures[host] = 0
                    return answer
                reason = f"it answers {_spoken(answer.status)}"
                pause = max(pause, _asked_pause(answer.headers.get("retry-after", "")))
            if pause > _LONGEST_PAUSE:
                raise FetchFailed(f"{address} asks to come back in {pause:,.0f} seconds")
            if attempt < self._settings.retries:
                self._sleep(pause)
        self._failures[host] += 1
        raise FetchFailed(f"{address} cannot be fetched ({reason}), tried {self._settings.retries + 1} times")

    def _wait_for_turn(self, host: str) -> None:
        now = time.monotonic()
        turn = max(now, self._free_at.get(host, now))
        if turn > now:
            self._sleep(turn - now)
        self._free_at[host] = turn + self._settings.delay


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError as exc:
        raise FetchFailed(f"{address!r} is no address") from exc


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as exc:
        raise FetchFailed(f"{address} is redirected to {location!r}, which is no address") from exc


def _conditions(known: Answer | None) -> dict[str, str]:
    """Return the headers that ask for an answer only if it is not *known*."""
    headers = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {ask: known.headers[name] for ask, name in headers.items() if known and name in known.headers}


def _asked_pause(text: str) -> float:
    """Return the seconds that a server asks for in ``Retry-After``: a number, or the moment when they are over."""
    if text.isdecimal():
        return float(text)
    try:
        return (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def _spoken(status: int) -> str:
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {known.get(status, '')}".rstrip()
