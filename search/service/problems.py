"""
Errors as problem documents (RFC 9457), mapped in one table.

`type` is stable and meant for programs, `detail` names the value and the remedy, `errors` names each bad parameter.
"""

import json
import logging
from typing import Any

import falcon
from falcon import Request, Response

from indexer.errors import IndexUnavailable, QueueUnavailable
from search.errors import ArticleNotFound, EngineUnavailable, InvalidQuestion, TaskNotFound

MEDIA_TYPE = "application/problem+json"

_ADVICE = {404: "there is nothing here; /v1/search?q=… searches", 405: "the header Allow names what can be done here"}
_log = logging.getLogger(__name__)
_TABLE: tuple[tuple[type[Exception], str, str, str], ...] = (
    (InvalidQuestion, falcon.HTTP_400, "invalid-parameters", "Parameters have values that they cannot have"),
    (ArticleNotFound, falcon.HTTP_404, "article-not-found", "There is no such article"),
    (TaskNotFound, falcon.HTTP_404, "task-not-found", "There is no such task"),
    (QueueUnavailable, falcon.HTTP_503, "queue-unavailable", "Changes cannot be taken now"),
    (IndexUnavailable, falcon.HTTP_503, "index-unavailable", "There is no index to answer from"),
    (EngineUnavailable, falcon.HTTP_503, "engine-unavailable", "The engine cannot answer now"),
)


def add_to(app: falcon.App[Request, Response]) -> None:
    """Have *app* answer every error with a problem document."""
    app.set_error_serializer(_serialize_http_error)
    app.add_error_handler(Exception, _unexpected)
    for kind, status, name, title in _TABLE:
        app.add_error_handler(kind, _handler(status, name, title))


def _handler(status: str, name: str, title: str) -> Any:
    def handle(req: Request, resp: Response, error: Exception, params: dict[str, Any]) -> None:  # noqa: ARG001 - Falcon's
        resp.status = status
        if status == falcon.HTTP_503:
            resp.set_header("Retry-After", "5")
        problems = error.problems if isinstance(error, InvalidQuestion) else {}
        errors = [{"parameter": parameter, "detail": detail} for parameter, detail in problems.items()]
        _write(
            resp,
            {"type": name, "title": title, "detail": str(error), **({"errors": errors} if errors else {})},
        )

    return handle


def _unexpected(req: Request, resp: Response, error: Exception, params: dict[str, Any]) -> None:  # noqa: ARG001 - Falcon's
    """Answer what nobody foresaw; the log has the details, the client does not."""
    _log.error("%s %s failed", req.method, req.path, exc_info=error)
    resp.status = falcon.HTTP_500
    _write(
        resp,
        {
            "type": "internal-error",
            "title": "The service failed",
            "detail": "the log of the service says why",
        },
    )


def _serialize_http_error(req: Request, resp: Response, error: falcon.HTTPError) -> None:
    """Answer what Falcon itself found wrong: an unknown path, a method that a path has not, a body that is no JSON."""
    title = str(error.title).lstrip("0123456789 ")
    advice = _ADVICE.get(error.status_code, "see the documentation of the API")
    detail = error.description or f"{req.method} {req.path}: {advice}"
    _write(resp, {"type": title.lower().replace(" ", "-"), "title": title, "detail": detail})


def _write(resp: Response, problem: dict[str, Any]) -> None:
    resp.content_type = MEDIA_TYPE
    status = int(str(resp.status)[:3])
    document = {**problem, "type": f"urn:telusur:problem:{problem['type']}", "status": status}
    resp.data = json.dumps(document, ensure_ascii=False).encode()
