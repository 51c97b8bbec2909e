"""Figures for Prometheus, right across processes: each keeps its own, and whoever is asked adds them up."""

import time
from collections.abc import Iterator
from threading import Lock
from typing import Any, ClassVar

from falcon import Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from indexer import generations
from indexer.errors import IndexUnavailable
from search.answers import Answers
from search.query_log.log import QueryLog
from search.service.access import Scopes
from search.service.server.shared import Shared

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """Middleware that counts and times requests; `text` is what Prometheus reads."""

    def __init__(self, shared: Shared, answers: Answers, log: QueryLog | None = None) -> None:
        """Keep figures beside those of the other processes, and tell of the index of *answers*, and of the *log*."""
        self._shared = shared
        if shared.folder:  # the way of the library's documentation to number files by worker, and not by process id
            values.ValueClass = values.MultiProcessValue(lambda: shared.seat.number)  # type: ignore[no-untyped-call]  # the library
        self._registry = CollectorRegistry()
        self._state = _State(shared, answers)
        self._answers = answers
        self._requests = Histogram(
            "telusur_request_seconds",
            "Requests by route, method and status, with the time that each took, its waiting included.",
            ("route", "method", "status"),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._empty = self._counter("telusur_searches_without_hits", "Searches that found nothing.")
        self._kept = self._counter("telusur_answers_kept", "Searches that were answered by an answer that was kept.")
        self._late = self._counter("telusur_deadlines", "Requests whose answer was not ready in time.")
        self._failed = self._counter("telusur_reload_failures", "Newer states of the index that could not be opened.")
        self._seen_failures = 0
        self._log = log
        self._logged = self._counter("telusur_query_log_entries", "Searches and clicks that were logged.")
        self._lost = self._counter("telusur_query_log_lost", "Searches and clicks that could not be logged.")
        self._seen_logged = self._seen_lost = 0
        self._counting = Lock()

    def process_response(self, req: Any, resp: Response, resource: Any, req_succeeded: bool) -> None:  # noqa: ARG002, FBT001 - Falcon's
        """Count the request."""
        took = time.monotonic() - req.context.began
        method = req.method if resource is not None else "other"
        self._requests.labels(req.uri_template or "none", method, str(resp.status_code)).observe(took)
        if getattr(resp.context, "problem", "") == "deadline-passed":
            self._late.inc()
        failures, self._seen_failures = self._answers.live.failures - self._seen_failures, self._answers.live.failures
        if failures > 0:
            self._failed.inc(failures)
        self._count_logged()

    def searched(self, total: int, *, kept: bool) -> None:
        """Count a search that found so many articles; *kept* says that its answer was there already."""
        if not total:
            self._empty.inc()
        if kept:
            self._kept.inc()

    def _count_logged(self) -> None:
        """Count what was logged and lost since the last request."""
        if not self._log:
            return
        with self._counting:
            written, lost = self._log.written, self._log.lost
            self._logged.inc(written - self._seen_logged)
            self._lost.inc(lost - self._seen_lost)
            self._seen_logged, self._seen_lost = written, lost

    def text(self) -> bytes:
        """Return all figures in the format of Prometheus."""
        registry = CollectorRegistry()
        if self._shared.folder:
            MultiProcessCollector(registry, str(self._shared.folder))  # type: ignore[no-untyped-call]  # the library
        own = b"" if self._shared.folder else generate_latest(self._registry)
        registry.register(self._state)
        return own + generate_latest(registry)

    def _counter(self, name: str, text: str) -> Counter:
        return Counter(name, text, registry=self._registry)


class MetricsResource:
    """``GET /metrics``."""

    scopes: ClassVar[Scopes] = {"GET": "admin"}

    def __init__(self, metrics: Metrics) -> None:
        """Answer with *metrics*."""
        self._metrics = metrics

    def on_get(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with all figures."""
        resp.content_type = CONTENT_TYPE_LATEST
        resp.cache_control = ["no-store"]
        resp.data = self._metrics.text()


class _State:
    """What is so at the moment: how much waits, how many connections are held, and how the index is."""

    def __init__(self, shared: Shared, answers: Answers) -> None:
        self._shared, self._answers = shared, answers

    def collect(self) -> Iterator[Metric]:
        board = self._shared.seat.board
        taken = [sitting for number in board.seats if (sitting := board.read(number)).seen]
        yield _gauge("telusur_workers", "Processes that answer.", len(taken))
        yield _gauge("telusur_connections", "Connections that are held.", sum(one.connections for one in taken))
        yield _gauge("telusur_waiting_requests", "Requests that wait for a thread.", sum(one.waiting for one in taken))
        try:
            with self._answers.live.open() as index:
                created = generations.moment(index.generation.manifest.created).timestamp()
                yield _gauge("telusur_index_articles", "Articles in the index.", index.engine.articles)
                yield _gauge("telusur_index_segments", "Segments of the index.", index.engine.segments)
                yield _gauge("telusur_index_last_change", "Number of the last change.", index.engine.through)
                yield _gauge("telusur_index_age_seconds", "Seconds since the build.", time.time() - created)
                known = GaugeMetricFamily("telusur_index_generation", "The live generation.", labels=["generation"])
                known.add_metric([index.generation.name], 1)
                yield known
        except IndexUnavailable:
            pass


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
