"""One request in its thread: what the app is told of it, and how an answer is written onto the connection."""

from typing import Any

from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error

from search.service import problems
from search.service.language import preferred
from search.service.problems import Problem
from search.service.texts import quoted, said

RECEIVED = "telusur.received"
"""The key of the environment that has the moment of `time.monotonic` when the whole request was there."""

LANE = "telusur.lane"
"""The key of the environment that has the lane of the request."""

SEARCHING = "telusur.searching"
"""The key of the environment that has what says whether a search is in work."""

LEAVING = "telusur.leaving"
"""The key of the environment that says whether the service has been told to end."""

_KINDS = {400: "bad-request", 413: "body-too-long", 431: "head-too-long", 501: "not-implemented", 503: "service-busy"}


class Busy(Error):  # type: ignore[misc]  # waitress has no types
    """Too many requests wait."""

    code = 503
    reason = "Service Unavailable"


class _Lasting:
    """
    Keeps a connection that an answer without a body need not close; says so on one that ends with this answer.

    waitress closes after every 304 and 204, for they have no Content-Length.
    """

    def build_response_header(self) -> bytes:
        """Return the head of the answer."""
        self._is_lasting = not self.has_body and self.version == "1.1" and not self.request.connection_close  # type: ignore[attr-defined]  # of waitress
        if self.channel.server.leaving:  # type: ignore[attr-defined]  # of waitress
            self._is_lasting = False
            self.set_close_on_finish()
        return super().build_response_header()  # type: ignore[misc,no-any-return]  # of waitress

    def set_close_on_finish(self) -> None:
        """Close after this answer, unless it is one that need not end the connection."""
        if not getattr(self, "_is_lasting", False):
            super().set_close_on_finish()  # type: ignore[misc]  # of waitress


class AppTask(_Lasting, WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request that the app answers."""

    def get_environment(self) -> dict[str, Any]:
        """Return the environment of WSGI, with when the request came, what lane it is in, and what goes on beside."""
        environ: dict[str, Any] = super().get_environment()
        environ[RECEIVED], environ[LANE] = self.request.ended, self.channel.lane
        environ[SEARCHING] = self.channel.server.lanes.searching
        environ[LEAVING], environ["wsgi.multiprocess"] = self.channel.server.leaving, True
        return environ


class RefusalTask(_Lasting, ErrorTask):  # type: ignore[misc]  # waitress has no types
    """A request that never reaches the app, answered with a problem document."""

    def execute(self) -> None:
        """Write the answer."""
        error, adj = self.request.error, self.channel.adj
        kind = _KINDS.get(error.code, "internal-error")
        sentences = {
            "bad-request": said("bad_request", reason=quoted(str(error.body))),
            "body-too-long": said("body_too_long", most=adj.max_request_body_size - 1),
            "head-too-long": said("head_too_long", most=adj.max_request_header_size),
            "service-busy": said("busy"),
            "not-implemented": said("bad_request", reason=quoted(str(error.body))),
        }
        problem = Problem(kind, sentences.get(kind, said("failed")))
        body = problem.encoded(preferred(self.request.headers.get("ACCEPT_LANGUAGE", "")))
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", problems.MEDIA_TYPE), ("Cache-Control", "no-store")]
        if error.code == Busy.code:
            self.response_headers.append(("Retry-After", str(problems.RETRY_AFTER)))
        else:
            self.set_close_on_finish()  # where the next request would begin nobody knows
        self.content_length = len(body)
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else body)
