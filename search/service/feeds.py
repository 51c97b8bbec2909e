"""A search as a feed, RSS 2.0 or JSON Feed 1.1: what is new of it, for newsrooms that want to be told."""

import re
from dataclasses import replace
from email.utils import format_datetime
from typing import Any, ClassVar

from falcon import Request, Response

from search.answers import Answer, Answers
from search.query import Sort
from search.questions import Question
from search.service import caching
from search.service.access import Scopes
from search.service.language import preferred
from search.service.parameters import Questions
from search.service.rendering import Pages, encoded
from search.settings import Serving
from search.showing import Shown
from search.web import addresses
from search.web.texts import TEXTS

RSS, JSON_FEED = "application/rss+xml", "application/feed+json"

_ENTRIES = 20
"""Articles of a feed where a request does not say."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not know, which a query may hold."""


class FeedResource:
    """``GET /cari.rss?q=`` and ``GET /cari.json?q=``: the newest first, with the filters of ``/cari``."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, pages: Pages, serving: Serving, media_type: str) -> None:
        """Tell what *answers* finds, as *media_type*; *serving* says where this is."""
        self._answers, self._pages, self._portal = answers, pages, serving.page
        self._most = min(_ENTRIES, serving.service.max_per_page)
        self._questions = Questions(serving.service)
        self._is_private, self._media_type = serving.access.search_needs_key, media_type

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the feed, or say that it is what the client has."""
        language = preferred(req.get_header("Accept-Language") or "")
        asked = self._asked(req)
        root = (self._portal.address or req.prefix).rstrip("/")
        resp.append_header("Vary", "Accept-Language")
        tag = caching.entity_tag(self._answers.state(), "feed", asked, root, language, self._media_type)
        if caching.is_known(req, resp, tag, private=self._is_private or not self._portal.address):
            return
        answer = self._answers.search(asked)
        resp.content_type = self._media_type
        values = self._values(req, answer, root, language)
        if self._media_type == JSON_FEED:
            resp.data = caching.encoded(_json_feed(values, language))
        else:
            text = self._pages.templates.render("feed.xml", language, **values)
            resp.data = encoded(_NOT_XML.sub("\ufffd", text))

    def _asked(self, req: Request) -> Question:
        given = {"sort": Sort.NEWEST.value, "per_page": str(self._most), **req.params}
        return replace(self._questions.read(given, strict=False), highlight=True, explain=False, facets=())

    def _values(self, req: Request, answer: Answer, root: str, language: str) -> dict[str, Any]:
        query = answer.question.text
        title = TEXTS[language]["feed_title"].format(query=query or TEXTS[language]["all"], name=self._portal.name)
        return {
            "title": title,
            "page": root + addresses.results(req.params),
            "own": f"{root}{req.path}{addresses.parameters(req.params)}",
            "entries": [_entry(shown, root, query) for shown in answer.hits],
        }


def _entry(shown: Shown, root: str, query: str) -> dict[str, Any]:
    article = shown.hit.article
    linked = addresses.is_web_address(article.url)
    return {
        "id": article.id,
        "title": article.title,
        "link": article.url if linked else root + addresses.article(article.id, query),
        "html": " … ".join(passage.html for passage in shown.body),
        "published": article.published,
        "rfc822": format_datetime(article.published) if article.published else None,
        "author": article.author,
        "category": article.category,
    }


def _json_feed(values: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": values["title"],
        "home_page_url": values["page"],
        "feed_url": values["own"],
        "language": language,
        "items": [
            {
                "id": entry["id"],
                "url": entry["link"],
                "title": entry["title"],
                "content_html": entry["html"],
                **({"date_published": entry["published"].isoformat()} if entry["published"] else {}),
                **({"authors": [{"name": entry["author"]}]} if entry["author"] else {}),
                **({"tags": [entry["category"]]} if entry["category"] else {}),
            }
            for entry in values["entries"]
        ],
    }
