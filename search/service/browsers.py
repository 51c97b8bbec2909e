"""What browsers ask for to offer the search in their own bar: a description (OpenSearch 1.1), and suggestions."""

from typing import Any, ClassVar

from falcon import Request, Response

from search.service.language import preferred
from search.service.parameters import Parameters
from search.service.rendering import Pages, encoded
from search.service.resources import SuggestResource
from search.settings import Serving
from search.suggesting.completing import Suggestion

DESCRIPTION = "application/opensearchdescription+xml"


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
        resp.data = encoded(self._pages.templates.render("opensearch.xml", language, root=root))


class BrowserSuggestions(SuggestResource):
    """``GET /saran?q=``: suggestions as browsers read them, a text and a list of what it may go on as."""

    media: ClassVar[str] = "application/x-suggestions+json"

    def given(self, parameters: Parameters) -> Parameters:
        """Return those of *parameters* that are known: browsers send others of their own."""
        return {name: parameters[name] for name in ("q", "limit") if name in parameters}

    def document(self, text: str, found: list[Suggestion]) -> Any:
        """Return what was *found* for *text* as it is answered."""
        return [text, [suggestion.marked.text for suggestion in found]]
