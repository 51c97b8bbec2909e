"""Searches and clicks on their way into the query log: what of a request is logged, and what never is."""

import re
import time
from typing import Any, ClassVar

from falcon import HTTP_204, Request, Response

from search.answers import Answer
from search.query_log.entries import Caller, Click, Finding, Search
from search.query_log.log import QueryLog
from search.service.access import Scopes
from search.service.addresses import limited_part
from search.service.bodies import json_object, whole_characters
from search.service.models import click_within
from search.service.problems import refused
from search.service.server.callers import Callers
from search.service.texts import said
from search.service.validation import validated
from search.settings import Serving

_BOT = re.compile(r"bot\b|bot[/;_-]|crawl|spider|slurp|monitor|probe|healthcheck", re.IGNORECASE)
"""What programs call themselves that look at pages for nobody."""

_MOST_BYTES = 20_000  # of a click: a query and an id


def finding_of(answer: Answer) -> Finding:
    """Return what of *answer* is logged."""
    question = answer.question
    return Finding(
        text=question.text,
        page=question.page,
        per_page=question.per_page,
        hits=answer.page.total,
        corrected=answer.corrected,
        is_corrected=answer.is_corrected,
        is_relaxed=bool(answer.relaxed),
    )


class SearchesLogged:
    """
    Middleware that logs what a resource leaves in ``req.context.finding``.

    Not logged are questions without words, programs that say that they are bots, and pages that a browser fetches
    before anybody wants them.
    """

    def __init__(self, log: QueryLog, callers: Callers) -> None:
        """Log to *log*, with callers as *callers* hash them."""
        self._log, self._callers = log, callers

    def process_response(self, req: Any, resp: Response, resource: Any, req_succeeded: bool) -> None:  # noqa: ARG002, FBT001 - Falcon's
        """Log the search, if there was one."""
        finding: Finding | None = getattr(req.context, "finding", None)
        if finding is None or req.method != "GET" or not finding.text.strip() or not _is_reader(req):
            return
        took = (time.monotonic() - req.context.began) * 1000
        self._log.add(Search(time.time(), _caller(req, self._callers), finding, took))


class ClickResource:
    """``POST /v1/click``: a reader has chosen a hit."""

    scopes: ClassVar[Scopes] = {"POST": "search"}

    def __init__(self, log: QueryLog | None, callers: Callers, serving: Serving) -> None:
        """Log to *log*, if there is one, within the limits of *serving*."""
        self._log, self._callers = log, callers
        self.model = click_within(serving.service)

    def on_post(self, req: Request, resp: Response) -> None:
        """Take the click; nothing is answered."""
        if (req.content_length or 0) > _MOST_BYTES:
            raise refused("body-too-long", said("body_too_long", most=_MOST_BYTES))
        click = validated(self.model, whole_characters(json_object(req, "q, id, position")), "invalid-body")
        resp.status = HTTP_204
        if self._log and click.q.strip() and _is_reader(req):
            self._log.add(Click(time.time(), _caller(req, self._callers), click.q, click.id, click.position))


def _is_reader(req: Request) -> bool:
    purpose = req.get_header("Sec-Purpose") or req.get_header("Purpose") or ""
    return "prefetch" not in purpose.lower() and not _BOT.search(req.user_agent or "")


def _caller(req: Any, callers: Callers) -> Caller:
    return callers.caller(limited_part(req.context.address))
