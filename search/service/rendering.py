"""Pages for readers: in Indonesian, or in English where the browser asks for it, with problems told as pages too."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import falcon
from falcon import Request, Response

from indexer.errors import IndexUnavailable
from search.errors import ArticleNotFound, DeadlinePassed, EngineUnavailable
from search.service.language import preferred
from search.service.packing import pack
from search.service.problems import RETRY_AFTER, Problem, Refused
from search.service.texts import LANGUAGES, TITLES, Said, said
from search.settings import Serving
from search.web.templates import Templates
from search.web.texts import TEXTS

_log = logging.getLogger(__name__)


class View(NamedTuple):
    """The *template* that shows something, and the *values* in it."""

    template: str
    values: Mapping[str, Any]


class Pages:
    """Answers requests of readers with pages."""

    def __init__(self, serving: Serving) -> None:
        """Show them as *serving* says."""
        self.templates = Templates(serving)
        self._seconds = serving.service.deadline

    def answer(self, req: Request, resp: Response, make: Callable[[str], View]) -> None:
        """Answer with the page that *make* makes in a language, or with one that says why there is none."""
        language = preferred(req.get_header("Accept-Language") or "")
        try:
            view, status = make(language), falcon.HTTP_200
        except Refused as exc:
            resp.context.problem = exc.problem.kind
            resp.set_headers(dict(exc.problem.headers))
            view, status = _refusal(language, exc.problem), falcon.code_to_http_status(exc.problem.status)
        except ArticleNotFound:
            resp.context.problem = "article-not-found"
            problem = [TEXTS[language]["no_article_detail"]]
            view, status = _problem(TEXTS[language]["no_article"], problem), falcon.HTTP_404
        except (IndexUnavailable, EngineUnavailable, DeadlinePassed) as exc:
            _log.warning("no page: %s", exc)
            resp.context.problem, reason = self._reason(exc)
            resp.set_header("Retry-After", str(RETRY_AFTER))
            problem = [reason.in_language(language)]
            view, status = _problem(TEXTS[language]["failed"], problem), falcon.HTTP_503
        resp.status = status
        resp.cache_control = ["no-cache"]
        resp.append_header("Vary", "Accept-Language")
        self._show(req, resp, view, language)

    def tell(self, req: Request, resp: Response, problem: Problem) -> None:
        """Write the page that tells a reader of *problem*, where no page of ours could be asked for one."""
        language = preferred(req.get_header("Accept-Language") or "")
        self._show(req, resp, _refusal(language, problem), language)

    def _show(self, req: Request, resp: Response, view: View, language: str) -> None:
        resp.content_type = falcon.MEDIA_HTML
        pack(req, resp, encoded(self.templates.render(view.template, language, **view.values)))

    def _reason(self, error: Exception) -> tuple[str, Said]:
        """Return the kind of problem that *error* is, and what is said of it."""
        if isinstance(error, DeadlinePassed):
            return "deadline-passed", said("deadline", seconds=self._seconds)
        if isinstance(error, IndexUnavailable):
            return "index-unavailable", said("no_index")
        return "engine-unavailable", said("no_engine")


def encoded(text: str) -> bytes:
    """Return *text* in UTF-8; half a character, which a stranger may have sent, becomes a question mark."""
    return text.encode("utf-8", "replace")


def _refusal(language: str, problem: Problem) -> View:
    """Return what is said of a request with bad parameters, or of one that is not allowed."""
    if problem.errors:
        details = [f"{name}: {detail.in_language(language)}" for name, detail in problem.errors.items()]
        return _problem(TEXTS[language]["failed"], details)
    if problem.kind == "not-found":  # what the document says of it is for programs
        return _problem(TEXTS[language]["no_page"], [TEXTS[language]["no_page_detail"]])
    return _problem(TITLES[problem.kind][LANGUAGES.index(language)], [problem.detail.in_language(language)])


def _problem(heading: str, problem: list[str]) -> View:
    return View("problem.html", {"heading": heading, "problem": problem})
