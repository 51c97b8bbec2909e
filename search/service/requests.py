"""The app as Falcon calls it: what every request passes before and after its resource."""

import re
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

import falcon
from falcon import Request, Response
from falcon.routing import CompiledRouter

from search.deadline import checkpoint, deadline
from search.service.server.giving_way import GivingWay
from search.service.server.lanes import Lane, lane_of
from search.service.server.tasks import LANE, RECEIVED, SEARCHING
from search.settings import Portal

_GIVEN = 0.25  # of the time that a dear request has

_KEPT = re.compile(rb"%(?:2f|25)", re.IGNORECASE)

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'{pictures}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
_SECURITY = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Application(falcon.App[Request, Response]):
    """A Falcon app whose requests have a deadline, counted from when they were there."""

    def __init__(self, seconds: float, middleware: list[Any]) -> None:
        """Give each request so many *seconds*."""
        super().__init__(middleware=middleware, router=_Router())
        self._seconds = seconds

    def __call__(self, env: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request; the signature is that of WSGI."""
        if "REQUEST_URI" in env:
            env["PATH_INFO"] = _path(env["REQUEST_URI"])
        with deadline(self._seconds, env.get(RECEIVED), self._giving_way(env)):
            return super().__call__(env, start_response)

    def _giving_way(self, env: dict[str, Any]) -> GivingWay | None:
        """Return how the work on a dear request lets searches go first: for a part of its time."""
        is_dear = env.get(LANE) is Lane.DEAR
        return GivingWay(env[SEARCHING], self._seconds * _GIVEN) if is_dear else None


class _Router(CompiledRouter):
    """Falcon's router, with HEAD wherever there is GET."""

    def map_http_methods(self, resource: object, **arguments: Any) -> Any:
        """Return what answers each method of *resource*."""
        methods = super().map_http_methods(resource, **arguments)
        if "GET" in methods:
            methods.setdefault("HEAD", methods["GET"])  # type: ignore[arg-type]  # of both kinds of servers
        return methods


class Punctual:
    """Middleware that answers nothing that has waited too long already; what is quick is answered all the same."""

    def process_request(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Look at the time."""
        if lane(req) is not Lane.QUICK:
            checkpoint()


class SecurityHeaders:
    """Middleware that lets a page load nothing but our own files and the portal's logo, and be framed nowhere."""

    def __init__(self, portal: Portal) -> None:
        """Allow the logo of *portal*."""
        origin = "/".join(portal.logo.split("/")[:3])
        self._headers = {"Content-Security-Policy": _POLICY.format(pictures=f" {origin}" * bool(origin)), **_SECURITY}

    def process_response(self, req: Request, resp: Response, resource: Any, req_succeeded: bool) -> None:  # noqa: ARG002, FBT001 - Falcon's
        """Set the headers."""
        resp.set_headers(self._headers)


def lane(req: Request) -> Lane:
    """Return the lane of *req*, also where no server has told it."""
    known: Lane | None = req.env.get(LANE)
    return known or lane_of(req.method, req.path, req.query_string)


def received(req: Request) -> float:
    """Return the moment of `time.monotonic` when *req* was there."""
    return float(req.env.get(RECEIVED) or time.monotonic())


def _path(uri: str) -> str:
    """
    Return the path of *uri* as WSGI has it, but for ``%2F`` and ``%25``, which stay: an id may hold a slash.

    >>> _path("/v1/articles/a%2Fb%3F?q=x"), _path("http://host/cari#x")
    ('/v1/articles/a%2Fb?', '/cari')
    """
    path = re.split("[?#]", uri, maxsplit=1)[0]
    path = re.sub("^[a-zA-Z][a-zA-Z+.-]*://[^/]*", "", path)
    raw = _KEPT.sub(lambda match: b"%25" + match[0][1:], path.encode("latin-1"))
    return "/" + unquote_to_bytes(raw).decode("latin-1").lstrip("/")
