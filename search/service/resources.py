"""The resources of version 1 of the API that read: what HTTP says to what we say, and back."""

import logging
import time
from typing import Any, ClassVar
from urllib.parse import unquote

from falcon import HTTP_200, HTTP_503, Request, Response

from indexer.errors import IndexUnavailable
from search.answers import Answers
from search.deadline import checkpoint
from search.documents import (
    answer_document,
    article_document,
    duplicates_document,
    marked_article_document,
    passage_document,
    similar_document,
    suggestions_document,
    token_document,
)
from search.passages.highlight import Highlighter
from search.questions import Question
from search.readiness import readiness_document
from search.releases import duplicates
from search.service.access import Scopes
from search.service.bodies import json_object, whole_characters
from search.service.caching import KeptAnswer, KeptAnswers, encoded, entity_tag, is_known, timed
from search.service.language import preferred
from search.service.metrics import Metrics
from search.service.models import HighlightBody, Likened, Listed, analyze_within, highlight_within
from search.service.parameters import Beginnings, Parameters, Questions, listed
from search.service.problems import invalid
from search.service.query_logging import finding_of
from search.service.server.tasks import LEAVING
from search.service.texts import LANGUAGES, said
from search.service.validation import validated
from search.service.writes import ArticleWrites
from search.settings import Serving
from search.suggesting.completing import Suggestion
from search.writing import Writing

_log = logging.getLogger(__name__)


class SearchResource:
    """``GET /v1/search``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, serving: Serving, metrics: Metrics) -> None:
        """Answer from *answers* as *serving* says; *metrics* are told."""
        self._answers, self._metrics = answers, metrics
        self._questions = Questions(serving.service)
        self._kept = KeptAnswers(serving.service.answer_cache)
        self._is_private = serving.access.search_needs_key

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer a question, or say that the answer is what the client has."""
        question = self._questions.read(req.params)
        language = preferred(req.get_header("Accept-Language") or "") if question.explain else ""
        tag = entity_tag(self._answers.state(), question, language)
        if is_known(req, resp, tag, private=self._is_private):
            return
        kept = self._kept.get(tag)
        answer = kept or self._made(question, language)
        req.context.finding = answer.finding
        self._metrics.searched(answer.finding.hits, kept=kept is not None)
        resp.content_type = "application/json"
        resp.data = timed(answer.body, round((time.monotonic() - req.context.began) * 1000, 3))

    def _made(self, question: Question, language: str) -> KeptAnswer:
        answer = self._answers.search(question)
        document = answer_document(answer, language or LANGUAGES[0])
        del document["took_ms"]
        made = KeptAnswer(encoded(document), finding_of(answer))
        self._kept.put(entity_tag(answer.state, question, language), made)
        return made


class SuggestResource:
    """``GET /v1/suggest``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}
    media: ClassVar[str] = "application/json"

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Suggest from *answers* as *serving* says."""
        self._answers = answers
        self._beginnings = Beginnings(serving.service)
        self._is_private = serving.access.search_needs_key

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with suggestions, or say that they are what the client has."""
        asked = self._beginnings.read(self.given(req.params))
        tag = entity_tag(self._answers.state(), self.media, self._answers.past().mark, asked.q, asked.limit)
        if is_known(req, resp, tag, private=self._is_private):
            return
        resp.content_type = self.media
        resp.data = encoded(self.document(asked.q, self._answers.suggest(asked.q, asked.limit)))

    def given(self, parameters: Parameters) -> Parameters:
        """Return those of *parameters* that are read: all, so that an unknown one is refused."""
        return parameters

    def document(self, text: str, found: list[Suggestion]) -> Any:
        """Return what was *found* for *text* as it is answered."""
        return suggestions_document(text, found)


class ArticleResource:
    """``GET``, ``PUT`` and ``DELETE /v1/articles/{id}``."""

    scopes: ClassVar[Scopes] = {"GET": "search", "PUT": "write", "DELETE": "write"}

    def __init__(self, answers: Answers, writes: ArticleWrites) -> None:
        """Answer from *answers*; change by *writes*."""
        self._answers, self._writes = answers, writes

    def on_put(self, req: Request, resp: Response, article_id: str) -> None:
        """Queue the article of the body."""
        self._writes.put(req, resp, unquote(article_id))

    def on_delete(self, req: Request, resp: Response, article_id: str) -> None:  # noqa: ARG002 - Falcon's signature
        """Queue that the article goes."""
        self._writes.delete(resp, unquote(article_id))

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with the whole article."""
        resp.media = article_document(self._answers.article(unquote(article_id)))


class ArticleDuplicatesResource:
    """``GET /v1/articles/{id}/duplicates``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers) -> None:
        """Answer from *answers*."""
        self._answers = answers

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:
        """Answer with the same release on other portals."""
        own = unquote(article_id)
        resp.media = duplicates_document(own, duplicates(self._answers, own, listed(req.params, Listed).limit))


class ArticleHighlightResource:
    """``GET /v1/articles/{id}/highlight?q=``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Answer from *answers* as *serving* says."""
        self._answers = answers
        self._questions = Questions(serving.service)

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:
        """Answer with the whole article, the words of the query marked."""
        asked = self._questions.marking(req.params)
        article = self._answers.article(unquote(article_id))
        highlighter = self._answers.highlighter(asked.q)
        marks = {
            "title": lambda: highlighter.title(article.title),
            "body": lambda: highlighter.whole(article.body),
        }
        resp.media = marked_article_document(article, {field: marks[field]() for field in asked.fields})


class SimilarResource:
    """``GET /v1/articles/{id}/similar``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Answer from *answers* as *serving* says."""
        self._answers = answers
        self._is_private = serving.access.search_needs_key

    def on_get(self, req: Request, resp: Response, article_id: str) -> None:
        """Answer with the articles that are like this one, or say that they are what the client has."""
        limit = listed(req.params, Likened).limit
        known = unquote(article_id)
        tag = entity_tag(self._answers.state(), "similar", known, limit)
        if not is_known(req, resp, tag, private=self._is_private):
            resp.content_type = "application/json"
            resp.data = encoded(similar_document(known, self._answers.similar(known, limit)))


class HighlightResource:
    """``POST /v1/highlight``: marks in text that need not be indexed."""

    scopes: ClassVar[Scopes] = {"POST": "search"}

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Mark with the analyzer of *answers* as *serving* says."""
        self._answers = answers
        self.model = highlight_within(serving.service)
        self._most = serving.service.max_marked

    def on_post(self, req: Request, resp: Response) -> None:
        """Answer with the text or the texts of the body, marked."""
        body = validated(self.model, whole_characters(json_object(req, "q, text, texts")), "invalid-body")
        texts = _texts(body)
        highlighter = self._answers.highlighter(body.q)
        _check_marked(
            sum(map(len, texts)), highlighter, self._most, "texts" if "texts" in body.model_fields_set else "text"
        )
        marked = [self._marked(highlighter, text) for text in texts]
        resp.media = {"highlights": marked} if "texts" in body.model_fields_set else {"highlight": marked[0]}

    @staticmethod
    def _marked(highlighter: Highlighter, text: str) -> dict[str, Any]:
        checkpoint()
        return passage_document(highlighter.whole(text))


class AnalyzeResource:
    """``POST /v1/analyze``: how a text is read."""

    scopes: ClassVar[Scopes] = {"POST": "search"}

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Read with the analyzer of *answers* as *serving* says."""
        self._answers = answers
        self.model = analyze_within(serving.service)

    def on_post(self, req: Request, resp: Response) -> None:
        """Answer with the tokens of the text."""
        text = validated(self.model, whole_characters(json_object(req, "text")), "invalid-body").text
        resp.media = {"tokens": [token_document(found, text) for found in self._answers.analyzer.explain(text)]}


class HealthResource:
    """``GET /healthz``: the process is alive."""

    def on_get(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer that it is."""
        resp.cache_control = ["no-store"]
        resp.media = {"status": "ok"}


class ReadyResource:
    """``GET /readyz``: there is an index to answer from, how old it is, and whether changes reach it."""

    def __init__(self, writing: Writing, serving: Serving) -> None:
        """Ask *writing*; *serving* says how long a change may wait."""
        self._writing, self._longest = writing, serving.service.ready_max_waiting

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the generation; with 503 where there is none, changes wait too long, or the end has begun."""
        resp.cache_control = ["no-store"]
        try:
            found = self._writing.readiness()
        except IndexUnavailable as exc:
            _log.warning("not ready: %s", exc)
            resp.status = HTTP_503
            language = preferred(req.get_header("Accept-Language") or "")
            resp.media = {"status": "unavailable", "detail": said("no_index").in_language(language)}
            return
        status = "leaving" if req.env.get(LEAVING) else "ready" if found.is_ready(self._longest) else "changes wait"
        resp.status = HTTP_200 if status == "ready" else HTTP_503
        resp.media = {"status": status, **readiness_document(found)}


def _texts(body: HighlightBody) -> list[str]:
    """Return the texts to mark: one of the two fields must have them."""
    given = body.model_fields_set & {"text", "texts"}
    if not given:
        raise invalid({"text": said("missing", wanted="text, texts")}, "invalid-body")
    if len(given) > 1:
        raise invalid({"texts": said("both", other="text")}, "invalid-body")
    return body.texts if "texts" in given else [body.text]


def _check_marked(characters: int, highlighter: Highlighter, most: int, name: str) -> None:
    """Refuse to mark so many *characters* that it would take seconds: each word of the query is looked for in each."""
    leaves = max(1, highlighter.effort)
    if characters * leaves > most:
        raise invalid({name: said("too_much_to_mark", count=characters, leaves=leaves, most=most)}, "invalid-body")
