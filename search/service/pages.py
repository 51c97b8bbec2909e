"""The results page: works without JavaScript, in Indonesian, or in English where the browser asks for it."""

import logging
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

import falcon
from falcon import Request, Response
from jinja2 import Environment, PackageLoader

from indexer.errors import IndexUnavailable
from search.answers import Answer, Answers
from search.errors import DeadlinePassed, EngineUnavailable
from search.query import Sort
from search.service import parameters
from search.service.access import Scopes
from search.service.language import preferred
from search.service.problems import RETRY_AFTER, Refused
from search.service.texts import Said, said
from search.settings import Serving
from search.web.texts import TEXTS, day, number

_log = logging.getLogger(__name__)


class ResultsPage:
    """``GET /`` and ``GET /cari?q=``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Show what *answers* finds as *serving* says."""
        self._answers = answers
        self._limits = serving.service
        self._questions = parameters.Questions(serving.service)
        self._templates = Environment(loader=PackageLoader("search", "web"), autoescape=True, trim_blocks=True)
        self._templates.globals.update(day=day, link=_is_web_address)

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the page: a search box, and the hits where something was asked."""
        language = preferred(req.get_header("Accept-Language") or "")
        try:
            asked = self._questions.read(req.params, strict=False)
            answer = self._answers.search(asked) if asked.text.strip() else None
        except Refused as exc:
            problem = [f"{name}: {detail.in_language(language)}" for name, detail in exc.problem.errors.items()]
            self._respond(resp, falcon.HTTP_400, "problem.html", language, problem=problem)
        except (IndexUnavailable, EngineUnavailable, DeadlinePassed) as exc:
            _log.warning("no page: %s", exc)
            resp.context.problem, reason = self._reason(exc)
            problem = [reason.in_language(language)]
            self._respond(resp, falcon.HTTP_503, "problem.html", language, problem=problem)
            resp.set_header("Retry-After", str(RETRY_AFTER))
        else:
            shown = self._results(answer, req.params, language) if answer else self._start(language)
            self._respond(resp, falcon.HTTP_200, "results.html", language, **shown)

    def _respond(self, resp: Response, status: str, template: str, language: str, **values: Any) -> None:
        texts = TEXTS[language]
        common = {"language": language, "t": texts, "query": "", "longest": self._limits.max_query_length}
        resp.status = status
        resp.content_type = falcon.MEDIA_HTML
        resp.cache_control = ["no-cache"]
        resp.append_header("Vary", "Accept-Language")
        resp.text = self._templates.get_template(template).render({**common, **values})

    def _reason(self, error: Exception) -> tuple[str, Said]:
        """Return the kind of problem that *error* is, and what is said of it."""
        if isinstance(error, DeadlinePassed):
            return "deadline-passed", said("deadline", seconds=self._limits.deadline)
        if isinstance(error, IndexUnavailable):
            return "index-unavailable", said("no_index")
        return "engine-unavailable", said("no_engine")

    def _start(self, language: str) -> dict[str, Any]:
        try:
            with self._answers.live.open() as index:
                articles = number(index.generation.manifest.articles, language)
        except IndexUnavailable:
            return {}
        return {"tagline": TEXTS[language]["tagline"].format(articles=articles)}

    def _results(self, answer: Answer, given: parameters.Parameters, language: str) -> dict[str, Any]:
        question, total = answer.question, answer.page.total
        offered = answer.corrected and not answer.is_corrected
        last = min(total, self._limits.max_results // question.per_page * question.per_page)
        return {
            "answer": answer,
            "query": question.text,
            "page": question.page,
            "sort": question.sort.value,
            "count": TEXTS[language]["count"].format(total=number(total, language)),
            "first": (question.page - 1) * question.per_page + 1,
            "orders": [(order.value, _address(given, sort=order.value, page=None)) for order in Sort],
            "meant": _address(given, q=answer.corrected, page=None) if offered else None,
            "as_typed": _address(given, correct="false", page=None) if answer.is_corrected else None,
            "every": _address(given, collapse="false", page=None),
            "previous": _address(given, page=question.page - 1) if question.page > 1 else None,
            "next": _address(given, page=question.page + 1) if question.page * question.per_page < last else None,
        }


class StaticFile:
    """A file of `search.web`, such as ``GET /telusur.css``."""

    def __init__(self, name: str, media_type: str) -> None:
        """Answer with the file *name*."""
        self._content = files("search.web").joinpath(name).read_bytes()
        self._media_type = media_type

    def on_get(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with the file."""
        resp.data = self._content
        resp.content_type = self._media_type
        resp.cache_control = ["public", "max-age=3600"]


def _address(given: Mapping[str, str | list[str]], **changed: str | int | None) -> str:
    """Return the address of the results for the parameters *given* with some *changed*, those of None left out."""
    merged = {name: value for name, value in {**given, **changed}.items() if value is not None}
    return f"/cari?{urlencode(merged, doseq=True)}"


def _is_web_address(url: str) -> bool:
    """Say whether *url* may be linked to: an article's own address could be a script."""
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False
