"""How much one client may ask for in a minute, by address, or by key where one is given."""

import time
from typing import Any

from falcon import Request, Response
from limits import RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from search.service.addresses import Networks, limited_part
from search.service.problems import refused
from search.service.requests import lane
from search.service.server.lanes import UNITS
from search.service.server.shared import Counts
from search.service.texts import said
from search.settings import Access


class Rates:
    """Middleware that counts what is asked for, what is dear more, and refuses what is too much."""

    def __init__(self, access: Access, counts: Counts) -> None:
        """Allow what *access* says, by *counts*."""
        self._limiter = FixedWindowRateLimiter(_SharedStorage(counts))
        self._own = Networks(access.own_networks)
        self._by_address = RateLimitItemPerMinute(access.units_per_address) if access.units_per_address else None
        self._by_key = RateLimitItemPerMinute(access.units_per_key) if access.units_per_key else None

    def process_request(self, req: Any, resp: Response) -> None:
        """
        Count the request, and say in its answer what is left.

        Raises:
            Refused: there is nothing left.
        """
        units = UNITS[lane(req)]
        limit, name = self._limit(req)
        if not limit or not units:
            return
        allowed = self._limiter.hit(limit, name, cost=units)
        window = self._limiter.get_window_stats(limit, name)
        seconds = max(1, round(window.reset_time - time.time()))
        resp.set_header("RateLimit-Policy", f'"units";q={limit.amount};w=60')
        resp.set_header("RateLimit", f'"units";r={window.remaining};t={seconds}')
        if not allowed:
            detail = said("too_many_requests", most=limit.amount, seconds=seconds)
            raise refused("too-many-requests", detail, Retry_After=str(seconds))

    def _limit(self, req: Request) -> tuple[RateLimitItemPerMinute | None, str]:
        """Return what limits *req*, and for whom."""
        if req.context.key:
            return self._by_key, f"key {req.context.key.name}"
        address = req.context.address
        return (None, "") if address in self._own else (self._by_address, limited_part(address))


class _SharedStorage(Storage):
    """The counts of all processes, as the library wants them."""

    STORAGE_SCHEME = None

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self._counts = counts

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        return self._counts.add(key, expiry, amount)

    def get(self, key: str) -> int:
        return self._counts.get(key)[0]

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key)[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        return None

    def clear(self, key: str) -> None:
        self._counts.add(key, 0, -self.get(key))
