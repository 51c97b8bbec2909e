"""The live generation, held open for queries, and exchanged for a newer one while queries run."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread

from indexer import generations, schema
from indexer.analysis import Analyzer, short_forms
from indexer.errors import IndexUnavailable
from indexer.generations import Generation
from search.curating.curation import NO_CURATION, Curation
from search.engines import Engine, open_engine
from search.query import Expansions
from search.tuning import INDEX_CACHE, Ranking

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """A generation, the engine that answers from it, and what its articles and the written lists make words mean."""

    generation: Generation
    engine: Engine
    expansions: Expansions
    curation: Curation = NO_CURATION

    def curated(self, curation: Curation) -> "OpenIndex":
        """Return the same index as the lists of *curation* want it: without what they hide, with their synonyms."""
        engine = self.engine.without(curation.hidden.value)
        return OpenIndex(self.generation, engine, self.expansions.with_synonyms(curation.synonyms.value), curation)


class FixedIndex:
    """Gives out one generation, whichever is live; for looking at one before it is, or beside another."""

    def __init__(
        self, generation: Generation, ranking: Ranking, analyzer: Analyzer, index: OpenIndex | None = None
    ) -> None:
        """
        Open *generation*, or take it as it was opened before, in *index*.

        Raises:
            IndexUnavailable: it cannot be opened.
        """
        self.analyzer, self.ranking = analyzer, ranking
        self.failures = 0
        self._index = index or opened(generation, ranking, analyzer)

    @contextmanager
    def open(self) -> Iterator[OpenIndex]:
        """Give the generation out for the time of one query."""
        yield self._index

    def close(self) -> None:
        """Close all files."""
        self._index.engine.close()


Prepare = Callable[[FixedIndex], None]
"""What makes a generation ready to answer."""


class LiveIndex:
    """
    Gives out the live generation, whichever it is at the moment.

    Looks at the pointer file and at the index each time it is asked (some microseconds). A generation that was replaced
    stays open until the last query on it is done. One that cannot be opened is reported in the log, and the earlier
    one stays.
    """

    def __init__(
        self,
        root: Path,
        ranking: Ranking,
        analyzer: Analyzer,
        prepare: Prepare | None = None,
        *,
        cache: int = INDEX_CACHE,
    ) -> None:
        """
        Follow the index at *root*, which need not exist yet; *analyzer* must be the one that it was written with.

        With *prepare*, a newer generation is opened and prepared in a thread beside, and answers after that. *cache*
        bytes of what is read of each may be kept.
        """
        self.analyzer, self.ranking = analyzer, ranking
        self.failures = 0
        """How often a newer generation or commit could not be opened."""
        self._root, self._cache = root, cache
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._current: _Lease | None = None
        self._trouble = ""
        self._prepare = prepare
        self._is_preparing = self._is_closed = False

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
            self._is_closed = True
            self._retire()

    def _lease(self) -> "_Lease":
        with self._lock:
            stamp = _stamp(generations.pointer(self._root))
            if self._current and (stamp == self._seen or self._is_preparing):
                self._renew(self._current)
            else:
                self._exchange()
                self._seen = stamp
            if self._current is None:
                raise IndexUnavailable(f"there is no index at {self._root}: run `telusur reindex SOURCE…` first")
            self._current.users += 1
            return self._current

    def _exchange(self) -> None:
        """Go on with the generation that is live now: if one is open and the newer to be prepared, when it is."""
        if self._current and self._prepare:
            self._is_preparing = True
            Thread(target=self._exchange_beside, name="opening", daemon=True).start()
            return
        try:
            found = self._newer()
        except IndexUnavailable as exc:
            if self._current is None:
                raise
            self._tell(str(exc))
        else:
            self._take(found)

    def _exchange_beside(self) -> None:
        found, trouble = None, ""
        try:
            found = self._newer()
        except IndexUnavailable as exc:
            trouble = str(exc)
        finally:
            with self._lock:
                self._is_preparing = False
                if trouble:
                    self._tell(trouble)
                elif found and self._is_closed:
                    found.engine.close()
                else:
                    self._take(found)

    def _newer(self) -> OpenIndex | None:
        """Return the generation that is live now, open and prepared; None if it is the open one."""
        generation = generations.live(self._root, schema.fingerprint(self.analyzer))
        if self._current and self._current.index.generation.name == generation.name:
            return None
        index = opened(generation, self.ranking, self.analyzer, self._cache)
        if self._prepare:
            self._prepare(FixedIndex(generation, self.ranking, self.analyzer, index))
        return index

    def _take(self, found: OpenIndex | None) -> None:
        """Answer from what was *found* newer, if anything was."""
        self._tell("")
        if found:
            self._retire()
            self._current = _Lease(found)
            name, articles = found.generation.name, found.generation.manifest.articles
            _log.info("answering from generation %s with %d articles", name, articles)

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
            self.failures += 1
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


def opened(generation: Generation, ranking: Ranking, analyzer: Analyzer, cache: int = INDEX_CACHE) -> OpenIndex:
    """Return *generation*, open for queries, for which *cache* bytes of what is read may be kept."""
    ready, defined = generation.ready_short_forms(analyzer), generation.defined(analyzer)
    expansions = Expansions(short_forms(), analyzer, defined, ready)
    return OpenIndex(generation, open_engine(generation, ranking, cache), expansions)


class CuratedIndex:
    """Gives out the live generation as the editors' lists want it at the moment."""

    def __init__(self, live: LiveIndex | FixedIndex, curation: Callable[[], Curation]) -> None:
        """Give out what *live* does, by what *curation* says that the lists say."""
        self.curation = curation
        self._live = live

    @contextmanager
    def open(self) -> Iterator[OpenIndex]:
        """
        Give out the live generation for the time of one query.

        Raises:
            IndexUnavailable: there is none that can be opened.
        """
        with self._live.open() as index:
            yield index.curated(self.curation())


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
