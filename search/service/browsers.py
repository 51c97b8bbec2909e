"""What browsers ask for to offer the search in their own bar: a description (OpenSearch 1.1), and suggestions."""

from typing import ClassVar

from falcon import Request, Response

from search.answers import Answers
from search.service.access import Scopes
from search.service.caching import encoded, entity_tag, is_known
from search.service.language import preferred
from search.service.parameters import Beginnings
from search.service.rendering import Pages
from search.service.rendering import encoded as encoded_text
from search.settings import Serving

DESCRIPTION = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"


class DescriptionResource:
    """``GET /opensearch.xml``."""

    def __init__(self, pages: Pages, serving: Serving) -> None:
        """Describe the search by *pages*, at the address that *serving* says."""
        self._pages, self._portal = pages, serving.page

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the description."""
        language = preferred(req.get_header("Accept-Language") or "")
        resp.content_type = DESCRIPTION
        resp.cache_control = ["public", "max-age=86400"] if self._portal.address else ["no-store"]
        resp.append_header("Vary", "Accept-Language")
        root = (self._portal.address or req.prefix).rstrip("/")
        resp.data = encoded_text(self._pages.templates.render("opensearch.xml", language, root=root))


class BrowserSuggestions:
    """``GET /saran?q=``: suggestions as browsers read them, a text and a list of what it may go on as."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

    def __init__(self, answers: Answers, serving: Serving) -> None:
        """Suggest from *answers* as *serving* says."""
        self._answers = answers
        self._beginnings = Beginnings(serving.service)
        self._is_private = serving.access.search_needs_key

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with suggestions, or say that they are what the client has."""
        asked = self._beginnings.read({name: req.params[name] for name in ("q", "limit") if name in req.params})
        tag = entity_tag(self._answers.state(), "saran", asked.q, asked.limit)
        if is_known(req, resp, tag, private=self._is_private):
            return
        found = self._answers.suggest(asked.q, asked.limit)
        resp.content_type = SUGGESTIONS
        resp.data = encoded([asked.q, [suggestion.marked.text for suggestion in found]])
