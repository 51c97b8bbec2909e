"""
Settings: read once, at the edge, from the file, the environment and the command line, in that order.

`config/telusur.toml` holds every setting with its default; there is no default in the code.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from indexer.errors import SettingsError

PREFIX = "TELUSUR"
"""How the environment variables begin that override a setting."""

_BESIDE = Path(__file__).resolve().parent
_FOLDERS = (_BESIDE / "config", _BESIDE.parent / "config")  # of an installed wheel, of a checkout

_HOST = re.compile(r"https?://[^\s/@]+")
_INDEX_NAME = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_SWITCHES = {"true": True, "1": True, "false": False, "0": False}

Section = TypeVar("Section")
Document = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """
    The section ``[index]``: where the index is, who writes it, and how many generations are kept.

    *jobs* is how many processes read articles, 0 for as many as there are cores.
    """

    path: Path
    engine: str
    keep: int
    jobs: int

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        if self.keep < 1:
            raise SettingsError(f"index.keep is {self.keep}: keep at least 1 generation, the live one")
        if self.jobs < 0:
            raise SettingsError(f"index.jobs is {self.jobs}: give a number of processes, or 0 for all cores")

    @property
    def processes(self) -> int:
        """How many processes read articles."""
        return self.jobs or len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """
    The section ``[publish]``: what a new index must stand up to before it is published.

    *min_ratio* is by how much it may shrink, *canaries* are queries that must find something, *min_overlap* is how much
    of the first results must stay.
    """

    min_ratio: float
    canaries: list[str]
    min_overlap: float

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        if self.min_ratio < 0:
            raise SettingsError(f"publish.min_ratio is {self.min_ratio}; it must not be negative")
        if not 0 <= self.min_overlap <= 1:
            raise SettingsError(f"publish.min_overlap is {self.min_overlap}; it lies between 0 and 1")
        if strange := [canary for canary in self.canaries if not isinstance(canary, str) or not canary.strip()]:
            raise SettingsError(f"publish.canaries holds {strange[0]!r}; a canary is a query, as text")


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """The section ``[analysis]``: the file of the operator's exceptions to the stemmer, or an empty text for none."""

    exceptions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """
    The section ``[fetch]``: how pages and feeds are fetched, and what is refused.

    Times are in seconds. *timeout* is for one whole answer, *read_timeout* for the pauses within.
    """

    cache: str
    connect_timeout: float
    read_timeout: float
    timeout: float
    max_bytes: int
    delay: float
    retries: int
    redirects: int
    allow_private: bool
    user_agent: str

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        for name in ("connect_timeout", "read_timeout", "timeout", "max_bytes"):
            if getattr(self, name) <= 0:
                raise SettingsError(f"fetch.{name} is {getattr(self, name)}; it must be above 0")
        for name in ("delay", "retries", "redirects"):
            if getattr(self, name) < 0:
                raise SettingsError(f"fetch.{name} is {getattr(self, name)}; it must not be negative")
        if not self.user_agent.isprintable() or not self.user_agent.isascii():
            raise SettingsError(f"fetch.user_agent is {self.user_agent!r}; a header holds printable ASCII only")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """
    The section ``[opensearch]``: the cluster that holds the articles where ``index.engine`` is "opensearch".

    *hosts* are the addresses of all nodes. *prefix* begins the names of our indexes there, and is the alias of the live
    one. *shards* and *replicas* are those of a new index, *writers* how many bulk requests are under way at a time
    while it is built. *timeout* is in seconds, for each request.
    """

    hosts: list[str]
    user: str
    password: str
    ca_file: str
    prefix: str
    shards: int
    replicas: int
    writers: int
    timeout: float

    def __post_init__(self) -> None:
        """Raise `SettingsError` where a value is out of range."""
        for host in self.hosts:
            if not isinstance(host, str) or not _HOST.fullmatch(host):
                raise SettingsError(
                    f"opensearch.hosts holds {host!r}; a host is such as https://node-1.example:9200, without a path, "
                    "and in the environment each has a line of its own"
                )
        if not _INDEX_NAME.fullmatch(self.prefix):
            raise SettingsError(
                f"opensearch.prefix is {self.prefix!r}; it must begin with a letter and have lower-case letters, "
                "figures, - and _ alone, 100 at most"
            )
        for name in ("shards", "writers"):
            if getattr(self, name) < 1:
                raise SettingsError(f"opensearch.{name} is {getattr(self, name)}; it must be at least 1")
        if self.replicas < 0:
            raise SettingsError(f"opensearch.replicas is {self.replicas}; it must not be negative")
        if self.timeout <= 0:
            raise SettingsError(f"opensearch.timeout is {self.timeout}; it must be above 0")


def default_file() -> Path:
    """Return the path of the ``telusur.toml`` that came with the program."""
    return next(folder / "telusur.toml" for folder in _FOLDERS if folder.is_dir())


def load(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Document:
    """
    Return all settings by section and name: the defaults, under *file*, under the *environment*.

    Raises:
        SettingsError: *file* cannot be read, or says something that is no setting.
    """
    defaults = _parse(default_file())
    document = {section: dict(values) for section, values in defaults.items()}
    for section, values in (_parse(file) if file else {}).items():
        _override(document, section, values, str(file))
    for section, values in defaults.items():
        for name, default in values.items():
            variable = f"{PREFIX}_{section}_{name}".upper()
            if variable in environment:
                document[section][name] = _converted(environment[variable], default, variable)
    return document


def section(document: Document, name: str, kind: type[Section]) -> Section:
    """
    Return the section *name* of *document* as a value of the dataclass *kind*.

    Raises:
        SettingsError: a value is out of range.
    """
    values: dict[str, Any] = dict(document[name])
    for field in fields(kind):  # type: ignore[arg-type]  # TypeVars cannot be bound to "any dataclass"
        if field.type is Path:
            values[field.name] = Path(str(values[field.name]))
    return kind(**values)


def _parse(file: Path) -> Document:
    try:
        parsed = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as exc:
        raise SettingsError(f"the settings file {file} cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SettingsError(f"the settings file {file} is no valid TOML: {exc}") from exc
    for name, values in parsed.items():
        if not isinstance(values, dict):
            raise SettingsError(f"{file}: '{name}' stands outside of any section; write [section] above it")
    return parsed


def _override(document: dict[str, dict[str, object]], name: str, values: Mapping[str, object], file: str) -> None:
    known = document.get(name)
    if known is None:
        raise SettingsError(f"{file}: there is no section [{name}]; there are {', '.join(document)}")
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"{file}: [{name}] has no setting '{key}'; it has {', '.join(known)}")
        known[key] = _converted(value, known[key], f"{file}: {name}.{key}")


def _converted(value: object, default: object, where: str) -> object:
    """Return *value* as the type of *default*; text (from the environment) is read as that type."""
    wanted = type(default)
    if isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
        return value
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted is bool and isinstance(value, str) and value.lower() in _SWITCHES:
        return _SWITCHES[value.lower()]
    if wanted is list and isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    try:
        if isinstance(value, str) and wanted in (int, float):
            return wanted(value)
    except ValueError:
        pass
    raise SettingsError(f"{where} is {value!r}, which is no {wanted.__name__}; the default is {default!r}")
