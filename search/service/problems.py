"""
Errors as problem documents (RFC 9457), mapped in one table.

`type` is stable and meant for programs, `detail` names the value and the remedy, `errors` names each bad parameter.
What a document repeats of a request is cut, and what happened on this machine stands in the log alone.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import falcon
from falcon import Request, Response

from indexer.errors import IndexUnavailable, KeysUnavailable, QueueUnavailable
from search.errors import (
    ArticleNotFound,
    CursorGone,
    DeadlinePassed,
    EngineUnavailable,
    SearchError,
    TaskNotFound,
)
from search.service.language import preferred
from search.service.texts import LANGUAGES, TITLES, Said, quoted, said

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 2
"""Seconds after which a client may try again what could not be answered now."""

STATUSES: Mapping[str, int] = {
    "invalid-parameters": 400,
    "invalid-body": 400,
    "bad-request": 400,
    "key-needed": 401,
    "key-not-allowed": 403,
    "not-found": 404,
    "article-not-found": 404,
    "task-not-found": 404,
    "method-not-allowed": 405,
    "cursor-gone": 410,
    "body-too-long": 413,
    "unsupported-media-type": 415,
    "too-many-requests": 429,
    "head-too-long": 431,
    "internal-error": 500,
    "not-implemented": 501,
    "deadline-passed": 503,
    "service-busy": 503,
    "keys-unavailable": 503,
    "queue-unavailable": 503,
    "index-unavailable": 503,
    "engine-unavailable": 503,
}
"""The problems by the last part of their `type`, and the status of each."""

_MOST = 5  # bad parameters that are named
_NAME = 60  # characters of a parameter's name
_BY_STATUS = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "body-too-long"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: its *kind*, a sentence, the bad parameters, and headers that the answer needs."""

    kind: str
    detail: Said
    errors: Mapping[str, Said] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUSES[self.kind]

    def document(self, language: str) -> dict[str, Any]:
        """Return the problem document in *language*."""
        errors = [
            {"parameter": cut(name), "detail": detail.in_language(language)}
            for name, detail in islice(self.errors.items(), _MOST)
        ]
        details = [f"{error['parameter']}: {error['detail']}" for error in errors] or [
            self.detail.in_language(language)
        ]
        if len(self.errors) > _MOST:
            details.append(said("more", count=len(self.errors) - _MOST).in_language(language))
        return {
            "type": f"urn:telusur:problem:{self.kind}",
            "title": TITLES[self.kind][LANGUAGES.index(language)],
            "status": self.status,
            "detail": "; ".join(details),
            **({"errors": errors} if errors else {}),
        }

    def encoded(self, language: str) -> bytes:
        """Return the document as JSON; half a character that a client sent becomes a question mark."""
        return json.dumps(self.document(language), ensure_ascii=False).encode("utf-8", "replace")


class Refused(SearchError):
    """A request that is answered with a problem."""

    def __init__(self, problem: Problem) -> None:
        """Answer with *problem*."""
        super().__init__(str(problem.detail))
        self.problem = problem


def refused(kind: str, detail: Said, **headers: str) -> Refused:
    """Return the error for a problem of *kind*; *headers* are named with underscores."""
    return Refused(Problem(kind, detail, headers={name.replace("_", "-"): value for name, value in headers.items()}))


def invalid(errors: Mapping[str, Said], kind: str = "invalid-parameters") -> Refused:
    """Return the error for parameters, or fields of a body, with values that they cannot have."""
    return Refused(Problem(kind, next(iter(errors.values())), errors))


def cut(text: str) -> str:
    """Return *text* from a stranger as a document may name it."""
    return text if len(text) <= _NAME else text[:_NAME] + "…"


Tell = Callable[[Request, Response, Problem], None]
"""Writes the body of an answer that tells a problem."""

_Found = Callable[[Request, Any, dict[str, Any]], Problem]
"""Says which problem an error is."""


def add_to(app: falcon.App[Request, Response], seconds: float, tell_reader: Tell) -> None:
    """
    Have *app* answer every error with a problem document, and readers in a browser as *tell_reader* does.

    *seconds* is the deadline of an answer.
    """

    def write(req: Request, resp: Response, problem: Problem) -> None:
        _prepare(req, resp, problem)
        (tell_reader if _is_reader(req) else _tell_program)(req, resp, problem)

    def add(kind: type[Exception], found: _Found) -> None:
        app.add_error_handler(kind, lambda req, resp, error, params: write(req, resp, found(req, error, params)))

    app.set_error_serializer(lambda req, resp, error: write(req, resp, _foreign(req, error)))
    add(Exception, _unexpected)
    add(Refused, lambda _, error, __: error.problem)
    table: tuple[tuple[type[Exception], str, Said], ...] = (
        (DeadlinePassed, "deadline-passed", said("deadline", seconds=seconds)),
        (QueueUnavailable, "queue-unavailable", said("no_queue")),
        (IndexUnavailable, "index-unavailable", said("no_index")),
        (EngineUnavailable, "engine-unavailable", said("no_engine")),
        (KeysUnavailable, "keys-unavailable", said("no_keys")),
    )
    for kind, name, sentence in table:
        add(kind, _logged(Problem(name, sentence)))
    add(CursorGone, lambda *_: Problem("cursor-gone", said("cursor_gone"), {"cursor": said("cursor_gone")}))
    add(ArticleNotFound, _not_found("article-not-found", "no_such_article", "article_id"))
    add(TaskNotFound, _not_found("task-not-found", "no_such_task", "task_id"))


def _prepare(req: Request, resp: Response, problem: Problem) -> None:
    resp.context.problem = problem.kind
    resp.status = problem.status
    resp.cache_control = ["no-store"]
    resp.append_header("Vary", "Accept-Language")
    if not _is_of_api(req):
        resp.append_header("Vary", "Accept")
    if problem.status == 503:  # noqa: PLR2004 - what passes by itself
        resp.set_header("Retry-After", str(RETRY_AFTER))
    resp.set_headers(dict(problem.headers))


def _tell_program(req: Request, resp: Response, problem: Problem) -> None:
    resp.content_type = MEDIA_TYPE
    resp.data = problem.encoded(preferred(req.get_header("Accept-Language") or ""))


def _is_reader(req: Request) -> bool:
    """Say whether *req* comes from a browser that is to show a page: nothing else asks for HTML by name."""
    return not _is_of_api(req) and "text/html" in (req.get_header("Accept") or "")


def _is_of_api(req: Request) -> bool:
    return req.path.startswith("/v1/")


def _logged(problem: Problem) -> _Found:
    def found(req: Request, error: Exception, params: dict[str, Any]) -> Problem:  # noqa: ARG001 - as all of them
        _log.warning("%s: %s", problem.kind, error)
        return problem

    return found


def _not_found(kind: str, sentence: str, parameter: str) -> _Found:
    return lambda req, error, params: Problem(kind, said(sentence, value=quoted(params.get(parameter, ""))))  # noqa: ARG005


def _unexpected(req: Request, error: Exception, params: dict[str, Any]) -> Problem:  # noqa: ARG001 - as all of them
    """Return what is said of what nobody foresaw; the log has the details, the client does not."""
    _log.error("%s %s failed", req.method, quoted(req.path), exc_info=error)
    return Problem("internal-error", said("failed"))


def _foreign(req: Request, error: falcon.HTTPError) -> Problem:
    """Return what Falcon itself found wrong: an unknown path, a method that a path has not."""
    kind = _BY_STATUS.get(error.status_code, "bad-request" if error.status_code < 500 else "internal-error")  # noqa: PLR2004
    sentences = {
        "not-found": said("nothing_here", path=quoted(req.path)),
        "method-not-allowed": said("no_method", method=cut(req.method), path=quoted(req.path)),
        "internal-error": said("failed"),
    }
    reason = quoted(error.description or error.title or "")
    return Problem(kind, sentences.get(kind, said("bad_request", reason=reason)))
