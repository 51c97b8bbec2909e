"""The live generation, held open for queries, and exchanged for a newer one while queries run."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from indexer import generations, schema
from indexer.analysis import Analyzer, fold, short_forms
from indexer.errors import IndexUnavailable
from indexer.generations import Generation
from search.engines import Engine, open_engine
from search.query import Expansions, Term
from search.settings import Ranking

_log = logging.getLogger(__name__)

_DEFINED = 50
"""Of so many articles that hold a short form one at least defines it, if it is nothing but a short form."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """A generation, the engine that answers from it, and what its articles and the written lists make words mean."""

    generation: Generation
    engine: Engine
    expansions: Expansions


class FixedIndex:
    """Gives out one generation, whichever is live; for looking at one before it is, or beside another."""

    def __init__(self, generation: Generation, ranking: Ranking, analyzer: Analyzer) -> None:
        """
        Open *generation*.

        Raises:
            IndexUnavailable: it cannot be opened.
        """
        self.analyzer, self.ranking = analyzer, ranking
        self._index = opened(generation, ranking, analyzer)

    @contextmanager
    def open(self) -> Iterator[OpenIndex]:
        """Give the generation out for the time of one query."""
        yield self._index

    def close(self) -> None:
        """Close all files."""
        self._index.engine.close()


class LiveIndex:
    """
    Gives out the live generation, whichever it is at the moment.

    Looks at the pointer file and at the index each time it is asked (some microseconds). A generation that was replaced
    stays open until the last query on it is done. One that cannot be opened is reported in the log, and the earlier
    one stays.
    """

    def __init__(self, root: Path, ranking: Ranking, analyzer: Analyzer) -> None:
        """Follow the index at *root*, which need not exist yet; *analyzer* must be the one that it was written with."""
        self.analyzer, self.ranking = analyzer, ranking
        self._root = root
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._current: _Lease | None = None
        self._trouble = ""

    @contextmanager
    def open(self) -> Iterator[OpenIndex]:
        """
        Give out the live generation for the time of one query.

        Raises:
            IndexUnavailable: there is none that can be opened.
        """
        lease = self._lease()
        try:
            yield lease.index
        finally:
            self._release(lease)

    def trouble(self) -> str:
        """Return why what answers is not what the disk says is live; empty where it is."""
        with self._lock:
            self._tell(self._difference())
            return self._trouble

    def _difference(self) -> str:
        try:
            generation = generations.live(self._root, schema.fingerprint(self.analyzer))
            if self._current is None or self._current.index.generation.name != generation.name:
                return self._trouble  # that of the attempt to open it
            self._current.index.engine.newer()
        except IndexUnavailable as exc:
            return str(exc)
        return ""

    def close(self) -> None:
        """Close what is open as soon as nobody uses it."""
        with self._lock:
            self._retire()

    def _lease(self) -> "_Lease":
        with self._lock:
            stamp = _stamp(generations.pointer(self._root))
            if stamp != self._seen or self._current is None:
                self._exchange()
                self._seen = stamp
            else:
                self._renew(self._current)
            if self._current is None:
                raise IndexUnavailable(f"there is no index at {self._root}: run `telusur reindex SOURCE…` first")
            self._current.users += 1
            return self._current

    def _exchange(self) -> None:
        """Open the generation that is live now, unless it is the open one."""
        try:
            generation = generations.live(self._root, schema.fingerprint(self.analyzer))
            if self._current and self._current.index.generation.name == generation.name:
                self._tell("")
                return
            index = opened(generation, self.ranking, self.analyzer)
        except IndexUnavailable as exc:
            if self._current is None:
                raise
            self._tell(str(exc))
            return
        self._tell("")
        self._retire()
        self._current = _Lease(index)
        _log.info("answering from generation %s with %d articles", generation.name, generation.manifest.articles)

    def _renew(self, lease: "_Lease") -> None:
        """Go on with what was committed to the open generation since, if anything was."""
        try:
            engine = lease.index.engine.newer()
        except IndexUnavailable as exc:
            self._tell(str(exc))
            return
        if engine:
            self._tell("")
            self._retire()
            self._current = _Lease(replace(lease.index, engine=engine))

    def _tell(self, trouble: str) -> None:
        """Remember *trouble*, and say it in the log whenever it is another than before."""
        if trouble and trouble != self._trouble:
            _log.error("what is live on disk cannot be opened; answering from what was before: %s", trouble)
        self._trouble = trouble

    def _retire(self) -> None:
        lease, self._current = self._current, None
        if lease and not lease.users:
            lease.index.engine.close()

    def _release(self, lease: "_Lease") -> None:
        with self._lock:
            lease.users -= 1
            if not lease.users and lease is not self._current:
                lease.index.engine.close()


def opened(generation: Generation, ranking: Ranking, analyzer: Analyzer) -> OpenIndex:
    """Return *generation*, open for queries."""
    engine = open_engine(generation, ranking)
    mined = sorted(generation.acronyms(), key=lambda one: -one.articles)
    defined = {fold(one.short): one.articles for one in reversed(mined)}
    pairs = (*short_forms(), *((one.short, one.long) for one in mined))
    return OpenIndex(generation, engine, Expansions(pairs, analyzer, _ordinary(defined, engine)))


def _ordinary(defined: Mapping[str, int], engine: Engine) -> set[str]:
    """
    Return the short forms that are ordinary words too, or names: few of the articles that hold them define them.

    Of the articles with "KPK" one in nine says what it means, of those with "cara" one in thousands.
    """
    holding = {short: engine.holding(Term(schema.EXACT, short)) for short in defined}
    return {short for short, articles in defined.items() if articles * _DEFINED < holding[short]}


@dataclass(slots=True)
class _Lease:
    index: OpenIndex
    users: int = 0


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - twice as fast as Path.stat, and asked at every query
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
