"""The Falcon app: which resource answers where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from falcon import CORSMiddleware

from indexer.keys import Keys
from search.answers import Answers
from search.query_log.log import QueryLog
from search.reviewing.overview import overview
from search.reviewing.reports import Reports
from search.service import problems
from search.service.access import Clients, Gate
from search.service.browsers import BrowserSuggestions, DescriptionResource
from search.service.dashboard import DashboardPage
from search.service.feeds import JSON_FEED, RSS, FeedResource
from search.service.files import StaticFile
from search.service.logs import RequestLog
from search.service.metrics import Metrics, MetricsResource
from search.service.openapi import SpecificationResource
from search.service.pages import ArticlePage, ResultsPage
from search.service.playground import PlaygroundPage, PlaygroundStyle
from search.service.query_logging import ClickResource, SearchesLogged
from search.service.rates import Rates
from search.service.reference import ReferencePage
from search.service.rendering import Pages
from search.service.requests import Application, Punctual, SecurityHeaders
from search.service.resources import (
    AnalyzeResource,
    ArticleDuplicatesResource,
    ArticleHighlightResource,
    ArticleResource,
    HealthResource,
    HighlightResource,
    ReadyResource,
    SearchResource,
    SimilarResource,
    SuggestResource,
)
from search.service.server.shared import Shared
from search.service.writes import ArticlesResource, ArticleWrites, TaskResource
from search.settings import Serving
from search.writing import Writing

_FILES = (
    ("/telusur.js", "telusur.js", "text/javascript; charset=utf-8"),
    ("/telusur.css", "telusur.css", "text/css; charset=utf-8"),
    ("/page.css", "page.css", "text/css; charset=utf-8"),
    ("/dashboard.css", "dashboard.css", "text/css; charset=utf-8"),
    ("/favicon.ico", "favicon.svg", "image/svg+xml"),
    ("/robots.txt", "robots.txt", "text/plain; charset=utf-8"),
)
_SHOWN = ("ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id")


@dataclass(frozen=True, slots=True)
class Backend:
    """
    What the service answers from, what it changes by, and who may; and the *log* of what is asked, if it is on.

    *read* has the ids of what is read most.
    """

    answers: Answers
    writing: Writing
    keys: Keys
    log: QueryLog | None = None
    read: Callable[[], Sequence[str]] = tuple


def create_app(backend: Backend, serving: Serving, shared: Shared) -> Application:
    """Return the WSGI app of *backend*, set by *serving*; *shared* is what it has in common with other processes."""
    metrics = Metrics(shared, backend.answers, backend.log)
    app = Application(
        serving.service.deadline,
        [
            RequestLog(serving.log),
            metrics,
            *([SearchesLogged(backend.log, shared.callers)] if backend.log else []),
            SecurityHeaders(serving.page),
            CORSMiddleware(allow_origins=serving.access.origins, expose_headers=_SHOWN),
            Clients(serving.access, backend.keys),
            Rates(serving.access, shared.counts),
            Punctual(),
            Gate(serving.access),
        ],
    )
    app.req_options.auto_parse_qs_csv = False
    app.req_options.strip_url_path_trailing_slash = False
    pages = Pages(serving)
    problems.add_to(app, serving.service.deadline, pages.tell)
    _add_pages(app, backend, serving, pages)
    _add_api(app, backend, serving, metrics)
    app.add_route("/v1/click", ClickResource(backend.log, shared.callers, serving))
    return app


def _add_pages(app: Application, backend: Backend, serving: Serving, pages: Pages) -> None:
    answers = backend.answers
    results = ResultsPage(answers, pages, serving, backend.read)
    app.add_route("/", results)
    app.add_route("/cari", results)
    app.add_route("/artikel/{article_id}", ArticlePage(answers, pages, serving))
    app.add_route("/cari.rss", FeedResource(answers, pages, serving, RSS))
    app.add_route("/cari.json", FeedResource(answers, pages, serving, JSON_FEED))
    app.add_route("/opensearch.xml", DescriptionResource(pages, serving))
    app.add_route("/saran", BrowserSuggestions(answers, serving))
    app.add_route("/coba", PlaygroundPage(pages, serving))
    app.add_route("/coba.css", PlaygroundStyle(serving.page))
    app.add_route("/docs", ReferencePage(pages, serving))
    app.add_route("/openapi.json", SpecificationResource(serving))
    if serving.access.dashboard:
        look = partial(overview, backend.writing, Reports(backend.writing.root, answers.analyzer))
        app.add_route("/dasbor", DashboardPage(look, backend.keys, pages, serving.query_log))
    for path, name, media_type in _FILES:
        app.add_route(path, StaticFile(name, media_type, serving.page))


def _add_api(app: Application, backend: Backend, serving: Serving, metrics: Metrics) -> None:
    answers, writing = backend.answers, backend.writing
    app.add_route("/v1/search", SearchResource(answers, serving, metrics))
    app.add_route("/v1/suggest", SuggestResource(answers, serving))
    app.add_route("/v1/articles", ArticlesResource(writing))
    app.add_route("/v1/articles/{article_id}", ArticleResource(answers, ArticleWrites(writing)))
    app.add_route("/v1/articles/{article_id}/highlight", ArticleHighlightResource(answers, serving))
    app.add_route("/v1/articles/{article_id}/duplicates", ArticleDuplicatesResource(answers))
    app.add_route("/v1/articles/{article_id}/similar", SimilarResource(answers, serving))
    app.add_route("/v1/tasks/{task_id}", TaskResource(writing))
    app.add_route("/v1/highlight", HighlightResource(answers, serving))
    app.add_route("/v1/analyze", AnalyzeResource(answers, serving))
    app.add_route("/healthz", HealthResource())
    app.add_route("/readyz", ReadyResource(writing, serving))
    app.add_route("/metrics", MetricsResource(metrics))
