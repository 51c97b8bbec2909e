"""What was read lately, in bounded memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""


Value = TypeVar("Value", bound=Sized)


class RecentlyUsed:
    """Keeps what was used last, up to a number of bytes; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        """Keep *limit* bytes at most."""
        self._limit = limit
        self._size = 0
        self._values: OrderedDict[Hashable, Sized] = OrderedDict()
        self._lock = Lock()

    def known(self, key: Hashable) -> bool:
        """Say whether the value of *key* is kept."""
        return key in self._values

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of *key*, which *make* makes if it is not there; two threads may make it at once."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found  # type: ignore[return-value]  # a key always has values of one type
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._size += value.nbytes
            while self._size > self._limit and len(self._values) > 1:
                self._size -= self._values.popitem(last=False)[1].nbytes
        return value
