"""The results page: works without JavaScript, in Indonesian, or in English where the browser asks for it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

import falcon
from falcon import Request, Response
from jinja2 import Environment, PackageLoader

from indexer.errors import IndexUnavailable
from search.answers import Answer, Answers
from search.errors import EngineUnavailable, InvalidQuestion
from search.query import Sort
from search.service import parameters
from search.settings import Service
from search.web.texts import TEXTS, day, number, preferred


class ResultsPage:
    """``GET /`` and ``GET /cari?q=``."""

    def __init__(self, answers: Answers, limits: Service) -> None:
        """Show what *answers* finds within *limits*."""
        self._answers = answers
        self._limits = limits
        self._templates = Environment(loader=PackageLoader("search", "web"), autoescape=True, trim_blocks=True)
        self._templates.globals.update(day=day, link=_is_web_address)

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the page: a search box, and the hits where something was asked."""
        language = preferred(req.get_header("Accept-Language") or "")
        try:
            asked = parameters.question(req.params, self._limits, strict=False)
            answer = self._answers.search(asked) if asked.text.strip() else None
        except InvalidQuestion as exc:
            problem = [f"{name}: {detail}" for name, detail in exc.problems.items()]
            self._respond(resp, falcon.HTTP_400, "problem.html", language, problem=problem)
        except (IndexUnavailable, EngineUnavailable) as exc:
            self._respond(resp, falcon.HTTP_503, "problem.html", language, problem=[str(exc)])
        else:
            shown = self._results(answer, req.params, language) if answer else self._start(language)
            self._respond(resp, falcon.HTTP_200, "results.html", language, **shown)

    def _respond(self, resp: Response, status: str, template: str, language: str, **values: Any) -> None:
        texts = TEXTS[language]
        common = {"language": language, "t": texts, "query": "", "longest": self._limits.max_query_length}
        resp.status = status
        resp.content_type = falcon.MEDIA_HTML
        resp.append_header("Vary", "Accept-Language")
        resp.text = self._templates.get_template(template).render({**common, **values})

    def _start(self, language: str) -> dict[str, Any]:
        try:
            with self._answers.live.open() as index:
                articles = number(index.generation.manifest.articles, language)
        except IndexUnavailable:
            return {}
        return {"tagline": TEXTS[language]["tagline"].format(articles=articles)}

    def _results(self, answer: Answer, given: parameters.Parameters, language: str) -> dict[str, Any]:
        question, total = answer.question, answer.page.total
        last = min(total, self._limits.max_results // question.per_page * question.per_page)
        return {
            "answer": answer,
            "query": question.text,
            "page": question.page,
            "sort": question.sort.value,
            "count": TEXTS[language]["count"].format(total=number(total, language)),
            "first": (question.page - 1) * question.per_page + 1,
            "orders": [(order.value, _address(given, sort=order.value, page=None)) for order in Sort],
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
