"""The resources of version 1 of the API: what HTTP says to what we say, and back."""

from typing import Any

from falcon import HTTP_200, HTTP_503, Request, Response

from indexer.errors import IndexUnavailable
from search.answers import Answers
from search.documents import (
    answer_document,
    article_document,
    marked_article_document,
    passage_document,
    readiness_document,
    token_document,
)
from search.errors import InvalidQuestion
from search.service import parameters
from search.service.writes import ArticleWrites
from search.settings import Service
from search.web.texts import preferred
from search.writing import Writing

_MOST_TEXTS = 100


class SearchResource:
    """``GET /v1/search``."""

    def __init__(self, answers: Answers, limits: Service) -> None:
        """Answer from *answers* within *limits*."""
        self._answers = answers
        self._limits = limits

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer a question."""
        answer = self._answers.search(parameters.question(req.params, self._limits))
        resp.media = answer_document(answer, preferred(req.get_header("Accept-Language") or ""))


class ArticleResource:
    """``GET``, ``PUT`` and ``DELETE /v1/articles/{id}``."""

    def __init__(self, answers: Answers, writes: ArticleWrites) -> None:
        """Answer from *answers*; change by *writes*."""
        self._answers, self._writes = answers, writes

    def on_put(self, req: Request, resp: Response, article_id: str) -> None:
        """Queue the article of the body."""
        self._writes.put(req, resp, article_id)

    def on_delete(self, req: Request, resp: Response, article_id: str) -> None:
        """Queue that the article goes."""
        self._writes.delete(req, resp, article_id)

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with the whole article."""
        resp.media = article_document(self._answers.article(article_id))


class ArticleHighlightResource:
    """``GET /v1/articles/{id}/highlight?q=``."""

    def __init__(self, answers: Answers, limits: Service) -> None:
        """Answer from *answers* within *limits*."""
        self._answers = answers
        self._limits = limits

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:
        """Answer with the whole article, the words of the query marked."""
        text = parameters.query_text(req.params, self._limits)
        article = self._answers.article(article_id)
        highlighter = self._answers.highlighter(text)
        resp.media = marked_article_document(article, highlighter.title(article.title), highlighter.whole(article.body))


class HighlightResource:
    """``POST /v1/highlight``: marks in text that need not be indexed."""

    def __init__(self, answers: Answers, limits: Service) -> None:
        """Mark with the analyzer of *answers* within *limits*."""
        self._answers = answers
        self._limits = limits

    def on_post(self, req: Request, resp: Response) -> None:
        """Answer with the text or the texts of the body, marked."""
        body = _body(req, {"q", "text", "texts"})
        text = parameters.query_text({"q": _string(body, "q")}, self._limits)
        highlighter = self._answers.highlighter(text)
        if "texts" in body:
            resp.media = {"highlights": [passage_document(highlighter.whole(text)) for text in _strings(body, "texts")]}
        else:
            resp.media = {"highlight": passage_document(highlighter.whole(_string(body, "text")))}


class AnalyzeResource:
    """``POST /v1/analyze``: how a text is read."""

    def __init__(self, answers: Answers) -> None:
        """Read with the analyzer of *answers*."""
        self._answers = answers

    def on_post(self, req: Request, resp: Response) -> None:
        """Answer with the tokens of the text."""
        text = _string(_body(req, {"text"}), "text")
        resp.media = {"tokens": [token_document(found, text) for found in self._answers.analyzer.explain(text)]}


class HealthResource:
    """``GET /healthz``: the process is alive."""

    def on_get(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer that it is."""
        resp.media = {"status": "ok"}


class ReadyResource:
    """``GET /readyz``: there is an index to answer from, how old it is, and whether changes reach it."""

    def __init__(self, writing: Writing, limits: Service) -> None:
        """Ask *writing*; *limits* say how long a change may wait."""
        self._writing, self._limits = writing, limits

    def on_get(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with the generation; with 503 where there is none, or where changes have waited too long."""
        try:
            found = self._writing.readiness()
        except IndexUnavailable as exc:
            resp.status = HTTP_503
            resp.media = {"status": "unavailable", "detail": str(exc)}
            return
        is_ready = found.is_ready(self._limits.ready_max_waiting)
        resp.status = HTTP_200 if is_ready else HTTP_503
        resp.media = {"status": "ready" if is_ready else "changes wait", **readiness_document(found)}


def _body(req: Request, known: set[str]) -> dict[str, Any]:
    body = req.get_media()
    if not isinstance(body, dict):
        raise InvalidQuestion({"body": f"is a JSON {type(body).__name__}; it must be an object with {_names(known)}"})
    if unknown := body.keys() - known:
        raise InvalidQuestion({name: f"is no field; there are {_names(known)}" for name in sorted(unknown)})
    return body


def _string(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise InvalidQuestion({name: "is missing" if value is None else f"is {value!r:.60}; it must be text"})
    return value


def _strings(body: dict[str, Any], name: str) -> list[str]:
    values = body[name]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise InvalidQuestion({name: "must be a list of texts"})
    if len(values) > _MOST_TEXTS:
        raise InvalidQuestion({name: f"has {len(values)} texts; {_MOST_TEXTS} are marked at a time"})
    return values


def _names(known: set[str]) -> str:
    return ", ".join(sorted(known))
