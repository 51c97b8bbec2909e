"""The pages that readers see: results and stored articles. All of it works without JavaScript."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import unquote

from falcon import Request, Response

from indexer.errors import IndexUnavailable
from search.answers import Answers
from search.passages.highlight import Passage
from search.query import Sort
from search.questions import Question
from search.releases import duplicates
from search.results import Hit
from search.service.access import Scopes
from search.service.parameters import Parameters, Questions
from search.service.query_logging import finding_of
from search.service.rendering import Pages, View
from search.settings import Serving
from search.web import addresses
from search.web.results import COUNTED, results_values

_LATEST = Question(text="", page=1, per_page=5, sort=Sort.NEWEST, highlight=False)
"""What is offered where nothing was found, and nobody knows what is read most."""

_COPIES = 10
"""Other articles of the release of a hit that are listed below it."""

_SIMILAR = 5
"""Articles that are offered below an article."""


class ResultsPage:
    """``GET /`` and ``GET /cari?q=``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, pages: Pages, serving: Serving, read: Callable[[], Sequence[str]]) -> None:
        """Show what *answers* finds by *pages*, within the limits of *serving*; *read* has ids of what is read most."""
        self._answers, self._pages, self._read = answers, pages, read
        self._most = serving.service.max_results
        self._questions = Questions(serving.service)

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the page: a search box, and the hits where something was asked."""
        self._pages.answer(req, resp, lambda language: self._view(req, language))

    def _view(self, req: Request, language: str) -> View:
        asked = self._questions.read(req.params, strict=False)
        if not asked.text.strip() and not asked.filters:
            return View("results.html", {"is_start": True, "count": self._articles(), "read": self._most_read()})
        answer = self._answers.search(replace(asked, facets=COUNTED, highlight=True, explain=False))
        req.context.finding = finding_of(answer)
        values: dict[str, Any] = results_values(answer, req.params, language, self._most)
        if asked.collapse:
            alike = [hit.article.id for hit in answer.page.hits if hit.duplicates]
            values["copies"] = {own: duplicates(self._answers, own, _COPIES).hits for own in alike}
        if not answer.page.total:
            values["read"] = self._most_read()
            values["latest"] = self._answers.search(_LATEST).page.hits if not values["read"] else ()
        return View("results.html", values)

    def _most_read(self) -> list[Hit]:
        """Return what is read most, so many articles of it; nothing where there is no index."""
        try:
            return [Hit(article, 0) for article in islice(self._answers.articles(self._read()), _LATEST.per_page)]
        except IndexUnavailable:
            return []

    def _articles(self) -> int:
        try:
            with self._answers.live.open() as index:
                return index.engine.articles
        except IndexUnavailable:
            return 0


class ArticlePage:
    """``GET /artikel/{id}``: a stored article, the words of ``q`` marked."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, pages: Pages, serving: Serving) -> None:
        """Show articles of *answers* by *pages*, within the limits of *serving*."""
        self._answers, self._pages = answers, pages
        self._questions = Questions(serving.service)

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:
        """Answer with the article."""
        self._pages.answer(req, resp, lambda _: self._view(req.params, unquote(article_id)))

    def _view(self, given: Parameters, article_id: str) -> View:
        query = self._questions.marking(given).q if "q" in given else ""
        article = self._answers.article(article_id)
        title, body = Passage(article.title, ()), Passage(article.body, ())
        if query.strip():
            highlighter = self._answers.highlighter(query)
            title, body = highlighter.title(article.title), highlighter.whole(article.body)
        values = {
            "article": article,
            "title": title,
            "paragraphs": [line for line in body.html.split("\n") if line.strip()],  # no word goes over a line's end
            "query": query,
            "similar": self._answers.similar(article_id, _SIMILAR),
            "back": addresses.results(given) if query.strip() else None,
        }
        return View("article.html", values)
