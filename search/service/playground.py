"""``/coba``: the search box as a portal would have it, with the snippet to paste and what can be set of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from falcon import Request, Response

from search.service.models import MOST_SUGGESTIONS, Tried
from search.service.parameters import tried
from search.service.rendering import Pages, View
from search.settings import Portal, Serving
from search.web import colours
from search.web.texts import TEXTS

_BOX = "telusur-search"
_STYLE = "/coba.css"


class PlaygroundPage:
    """``GET /coba``: no script but that of the box; a form sets it, and the address tells how."""

    def __init__(self, pages: Pages, serving: Serving) -> None:
        """Show the box of the service that *serving* sets, by *pages*."""
        self._pages, self._portal = pages, serving.page

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the page."""
        root = (self._portal.address or req.prefix).rstrip("/")
        self._pages.answer(req, resp, lambda language: View("playground.html", self._values(req, root, language)))

    def _values(self, req: Request, root: str, language: str) -> Mapping[str, Any]:
        chosen = tried(req.params)
        color = chosen.color or self._portal.color
        return {
            "root": root,
            "box": chosen.model_copy(update={"lang": chosen.lang or language}),
            "default": Tried(),
            "most": MOST_SUGGESTIONS,
            "languages": tuple(TEXTS),
            "texts": TEXTS[chosen.lang or language],
            "color": color,
            "rule": colours.theme(color, _BOX).strip(),
            "style": f"{_STYLE}?{urlencode({'color': color})}",
        }


class PlaygroundStyle:
    """``GET /coba.css?color=``: what no page may hold itself under a strict policy."""

    def __init__(self, portal: Portal) -> None:
        """Give the box the colour of *portal* where none is asked for."""
        self._portal = portal

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the style of the box in that colour."""
        resp.content_type = "text/css; charset=utf-8"
        resp.cache_control = ["public", "max-age=3600"]
        resp.text = colours.theme(tried(req.params).color or self._portal.color, _BOX)
