"""The sections of the settings that the service reads; see `indexer.settings` for where they come from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from ipaddress import ip_network
from pathlib import Path

from indexer.errors import SettingsError
from indexer.settings import Document, section

_HIGHEST_PORT = 65_535
_FORMATS = ("text", "json")
_HOST = r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?"
_ORIGIN = re.compile(rf"\*|{_HOST}")
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_ADDRESS = re.compile(rf"{_HOST}(?:/[!-~]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """
    Where the service listens, how much it does at a time, and the limits of a request.

    *deadline* and *drain* are seconds, lengths are characters, *max_marked* is characters times words of the query.
    """

    host: str
    port: int
    workers: int
    threads: int
    queue: int
    deadline: float
    drain: float
    per_page: int
    max_per_page: int
    max_results: int
    max_query_length: int
    max_filter_values: int
    max_analyzed_length: int
    max_text_length: int
    max_texts: int
    max_marked: int
    max_body_bytes: int
    max_head_bytes: int
    index_cache: int
    answer_cache: int
    ready_max_waiting: int

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        if not 0 <= self.port <= _HIGHEST_PORT:
            raise SettingsError(f"service.port is {self.port}; a port lies between 0 and {_HIGHEST_PORT}")
        may_be_none = {"port", "answer_cache", "ready_max_waiting"}
        numbers = [field.name for field in fields(self) if field.type in (int, float) and field.name not in may_be_none]
        _check_positive(self, "service", numbers)
        if self.ready_max_waiting < 0:
            raise SettingsError(
                f"service.ready_max_waiting is {self.ready_max_waiting}: give seconds, or 0 to be ready however long "
                "changes wait"
            )
        if self.answer_cache < 0:
            raise SettingsError(f"service.answer_cache is {self.answer_cache}: give bytes, or 0 to keep none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """
    How many connections are held, and how long each may take for what; times are in seconds.

    *head_timeout* is for the head of a request, *body_timeout* for its body, *send_timeout* for a reader to take an
    answer, *stall_timeout* for one without any progress, *idle_timeout* for silence between two requests.
    """

    limit: int
    per_address: int
    head_timeout: float
    body_timeout: float
    send_timeout: float
    stall_timeout: float
    idle_timeout: float

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        _check_positive(self, "connections", [field.name for field in fields(self)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """
    Who may do what how often.

    *search_needs_key* closes reading to those without a key. *origins* are the web pages whose scripts may ask.
    *trusted_proxies* are believed who asks through them; clients in *own_networks* are not limited by their address,
    and may read metrics without a key. *dashboard* opens the operators' page to those with an admin key. The limits are
    units a minute: a search costs one, what is dear more.
    """

    search_needs_key: bool
    origins: list[str]
    trusted_proxies: list[str]
    own_networks: list[str]
    dashboard: bool
    units_per_address: int
    units_per_key: int

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is none of its kind."""
        for name in ("trusted_proxies", "own_networks"):
            for network in getattr(self, name):
                _check_network(f"access.{name}", network)
        for origin in self.origins:
            if not _ORIGIN.fullmatch(str(origin)):
                raise SettingsError(
                    f"access.origins holds {origin!r}; an origin is such as https://portal.example, or *"
                )
        for name in ("units_per_address", "units_per_key"):
            if getattr(self, name) < 0:
                raise SettingsError(f"access.{name} is {getattr(self, name)}: give units a minute, or 0 for no limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """
    The section ``[page]``: what the pages show of the portal that they belong to.

    *address* is where readers reach the service, *home* and *logo* are addresses, *color* is such as ``#0b5394``, and
    *templates* a folder whose templates stand in the place of ours. All but *name* and *color* may be empty.
    """

    name: str
    address: str
    home: str
    logo: str
    color: str
    templates: str

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is none of its kind."""
        for name in ("address", "home", "logo"):
            value = getattr(self, name)
            if value and not _ADDRESS.fullmatch(value):
                raise SettingsError(
                    f"page.{name} is {value!r}; give an address such as https://portal.example, or none"
                )
        if not _COLOR.fullmatch(self.color):
            raise SettingsError(f"page.color is {self.color!r}; a color is such as #0b5394")
        if not self.name.strip():
            raise SettingsError("page.name is empty; give the name that stands at the top of the pages")
        if self.templates and not Path(self.templates).is_dir():
            raise SettingsError(f"page.templates is {self.templates!r}, which is no folder; name one, or none")


@dataclass(frozen=True, slots=True)
class Logging:
    """How the log is written, as *text* or as *json*, and whether it says what is asked."""

    format: str
    queries: bool

    def __post_init__(self) -> None:
        """Raise `SettingsError` where the format is none."""
        if self.format not in _FORMATS:
            raise SettingsError(f"log.format is {self.format!r}; it must be one of {', '.join(_FORMATS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryLogging:
    """
    Whether searches and clicks are logged beside the index, and within which bounds.

    Entries are kept for *days*, and *max_bytes* of them. A query of more than *longest* characters is not written
    down. What *suggest_from* callers asked on one day may be suggested, none where that is 0; what is, is looked up
    again after *refresh* seconds.
    """

    enabled: bool
    days: int
    max_bytes: int
    longest: int
    suggest_from: int
    refresh: float

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        _check_positive(self, "query_log", ("days", "max_bytes", "longest", "refresh"))
        if self.suggest_from < 0:
            raise SettingsError(f"query_log.suggest_from is {self.suggest_from}: give callers, or 0 to suggest none")


@dataclass(frozen=True, slots=True)
class Serving:
    """All that the service is set by."""

    service: Service
    connections: Connections
    access: Access
    page: Portal
    log: Logging
    query_log: QueryLogging

    @classmethod
    def of(cls, document: Document) -> "Serving":
        """
        Return what *document* sets.

        Raises:
            SettingsError: a value is out of range.
        """
        return cls(
            section(document, "service", Service),
            section(document, "connections", Connections),
            section(document, "access", Access),
            section(document, "page", Portal),
            section(document, "log", Logging),
            section(document, "query_log", QueryLogging),
        )


def _check_positive(settings: object, section_name: str, names: Iterable[str]) -> None:
    for name in names:
        value = getattr(settings, name)
        if value < 1 and isinstance(value, int):
            raise SettingsError(f"{section_name}.{name} is {value}; it must be at least 1")
        if value <= 0:
            raise SettingsError(f"{section_name}.{name} is {value}; it must be above 0")


def _check_network(name: str, network: str) -> None:
    try:
        ip_network(network)
    except (ValueError, TypeError):
        raise SettingsError(
            f"{name} holds {network!r}; give an address or a network such as 10.0.0.0/8 or ::1"
        ) from None
