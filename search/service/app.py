"""The Falcon app: which resource answers where."""

import logging
import time
from typing import Any

import falcon

from indexer.keys import Keys
from search.answers import Answers
from search.service import problems
from search.service.pages import ResultsPage, StaticFile
from search.service.resources import (
    AnalyzeResource,
    ArticleHighlightResource,
    ArticleResource,
    HealthResource,
    HighlightResource,
    ReadyResource,
    SearchResource,
)
from search.service.writes import ArticlesResource, ArticleWrites, Gate, TaskResource
from search.settings import Service
from search.writing import Writing

_log = logging.getLogger(__name__)
_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def create_app(
    answers: Answers, writing: Writing, keys: Keys, limits: Service
) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the WSGI app that answers from *answers* within *limits*; who has one of *keys* changes by *writing*."""
    app = falcon.App()
    app.add_middleware(_RequestLog())
    app.add_middleware(_SecurityHeaders())
    app.add_middleware(_BodyLimit(limits.max_body_bytes))
    app.req_options.auto_parse_qs_csv = False
    app.req_options.strip_url_path_trailing_slash = True
    problems.add_to(app)
    page = ResultsPage(answers, limits)
    app.add_route("/", page)
    app.add_route("/cari", page)
    app.add_route("/telusur.css", StaticFile("telusur.css", "text/css; charset=utf-8"))
    app.add_route("/v1/search", SearchResource(answers, limits))
    gate = Gate(keys)
    app.add_route("/v1/articles", ArticlesResource(writing, gate))
    app.add_route("/v1/articles/{article_id}", ArticleResource(answers, ArticleWrites(writing, gate)))
    app.add_route("/v1/tasks/{task_id}", TaskResource(writing))
    app.add_route("/v1/articles/{article_id}/highlight", ArticleHighlightResource(answers, limits))
    app.add_route("/v1/highlight", HighlightResource(answers, limits))
    app.add_route("/v1/analyze", AnalyzeResource(answers))
    app.add_route("/healthz", HealthResource())
    app.add_route("/readyz", ReadyResource(writing, limits))
    return app


class _RequestLog:
    """Middleware that writes one line for each request: method, path, status, time; what was asked is not in it."""

    def process_request(self, req: Any, resp: Any) -> None:  # noqa: ARG002 - Falcon's signature
        req.context.started = time.perf_counter()

    def process_response(self, req: Any, resp: Any, resource: Any, req_succeeded: bool) -> None:  # noqa: ARG002, FBT001 - Falcon's
        took = (time.perf_counter() - req.context.started) * 1000
        _log.info("%s %s %s %.1f ms", req.method, req.path, resp.status_code, took)


class _SecurityHeaders:
    """Middleware that lets a page load nothing but our own style, and keeps a browser from guessing types."""

    def process_response(self, req: Any, resp: Any, resource: Any, req_succeeded: bool) -> None:  # noqa: ARG002, FBT001 - Falcon's
        resp.set_headers(_SECURITY)


class _BodyLimit:
    """Middleware that refuses a body longer than *longest* bytes before it is read."""

    def __init__(self, longest: int) -> None:
        self._longest = longest

    def process_request(self, req: Any, resp: Any) -> None:  # noqa: ARG002 - Falcon's signature
        if (req.content_length or 0) > self._longest:
            raise falcon.HTTPContentTooLarge(
                title="The body is too long",
                description=f"the body has {req.content_length:,} bytes; {self._longest:,} are read: send it in parts",
            )
