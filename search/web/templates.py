"""The templates of the pages, with what all of them show; an operator's own stand in their place."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, TemplateError

from search.settings import Portal, Serving
from search.web import addresses, colours, wording
from search.web.texts import LANGUAGE_NAMES, TEXTS

OURS = "telusur"
"""Under this name an operator's template finds ours: ``{% extends "telusur/page.html" %}``."""


_READ_FIRST = ("page.html", "hits.html", "filters.html", "results.html", "article.html", "problem.html")
"""What is compiled before anybody asks: the first reader would wait for it a tenth of a second."""


class Templates:
    """Makes pages and other documents of templates; everything is escaped that is not marked as safe."""

    def __init__(self, serving: Serving) -> None:
        """Show the pages of the service that *serving* sets."""
        portal = serving.page
        ours = PackageLoader("search", "web")
        own = [FileSystemLoader(portal.templates)] if portal.templates else []
        loader = ChoiceLoader([*own, ours, PrefixLoader({OURS: ours})])
        self._environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        self._environment.globals.update(
            portal=portal,
            longest=serving.service.max_query_length,
            are_clicks_logged=serving.query_log.enabled,
            file=lambda name: file_address(name, portal),
            link=addresses.is_web_address,
            article_address=addresses.article,
        )
        for name in _READ_FIRST:
            with suppress(TemplateError):  # an operator's own, of which who asks for the page will hear
                self._environment.get_template(name)

    def render(self, name: str, language: str, **values: object) -> str:
        """Return what the template *name* makes of *values* in *language*."""
        return self._environment.get_template(name).render({**_words(language), **values})


@cache
def content(name: str, portal: Portal) -> bytes:
    """Return the file *name* of this package, with the colour of *portal* where it is the style of a page."""
    own = files("search.web").joinpath(name).read_bytes()
    return colours.theme(portal.color).encode() + own if name == "page.css" else own


def file_address(name: str, portal: Portal) -> str:
    """Return the address of the file *name* of this package, which is another one when the file is."""
    return f"/{name}?v={hashlib.sha256(content(name, portal)).hexdigest()[:8]}"


def _words(language: str) -> Mapping[str, Any]:
    """Return the texts of *language*, and what says numbers and days in it."""
    now = datetime.now(UTC)
    return {
        "language": language,
        "t": TEXTS[language],
        "query": "",
        "day": lambda moment: wording.day(moment, language),
        "ago": lambda moment: wording.ago(moment, now, language),
        "number": lambda value: wording.number(value, language),
        "articles": lambda count: wording.articles(count, language),
        "minutes": lambda article: wording.minutes_to_read(article, language),
        "language_name": lambda code: LANGUAGE_NAMES[language].get(code, code),
    }
