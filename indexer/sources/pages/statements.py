"""What a page states of itself for machines: its ``<meta>`` elements, and the nodes of JSON-LD."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.sources import links

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*\Z")
_SURPLUS_COMMA = re.compile(r",(?=\s*[}\]])")
_OF_OTHERS = frozenset(
    "itemListElement isRelatedTo hasPart mentions citation comment review relatedLink video image publisher isPartOf"
    " breadcrumb potentialAction significantLink associatedMedia about".split()
)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_PAGE = re.compile(r"Page$")
_DEEPEST = 20

Node = Mapping[str, object]
"""An object of JSON-LD."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The contents of the *meta* elements by their names in small letters, and the *nodes* of JSON-LD."""

    meta: Mapping[str, Sequence[str]]
    nodes: Sequence[Node]

    @classmethod
    def of(cls, tree: "HtmlElement") -> "Statements":
        """Return what the page *tree* states."""
        meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            content = (element.get("content") or "").strip()
            for kind in ("property", "name", "itemprop"):
                if content and (name := element.get(kind)):
                    meta.setdefault(name.strip().lower(), []).append(content)
        return cls(meta, [node for script in _scripts(tree) for node in _nodes(script)])

    def first(self, names: str) -> str:
        """Return what the first of the *names* says that is there."""
        return next((content for name in names.split() for content in self.meta.get(name, ())), "")

    def article(self, titles: Sequence[str], url: str) -> Node:
        """Return the node of the article that has one of these *titles* or this *url*; an empty one if none is."""
        of_articles = [node for node in self.nodes if _is_of(_ARTICLE, node)]
        own = [node for node in of_articles if _is_own(node, titles, url)]
        if own or (len(of_articles) == 1 and not _is_of_another(of_articles[0], url)):
            return (own or of_articles)[0]
        pages = [node for node in self.nodes if _is_of(_PAGE, node) and "datePublished" in node]
        return pages[0] if len(pages) == 1 and not of_articles else {}


def text_in(value: object) -> str:
    """Return the text that a *value* of JSON-LD is, or the first of several; empty for what is no text."""
    value = value[0] if isinstance(value, list) and value else value
    value = value.get("@value", value.get("name")) if isinstance(value, dict) else value
    return value.strip() if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Return *text* as two texts are compared that should say the same: its letters and figures alone."""
    return "".join(filter(str.isalnum, text)).lower()


def _scripts(tree: "HtmlElement") -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and (text := script.text or ""):
            text = _WRAPPING.sub("", text)
            for each in (text, _SURPLUS_COMMA.sub("", text)):
                try:
                    yield json.loads(each, strict=False)
                    break
                except (ValueError, RecursionError):
                    continue


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    """Yield *value* and the nodes within, but not those of other articles, if it is a node or a list of such."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name, each in value.items():
            if name not in _OF_OTHERS:
                yield from _nodes(each, depth + 1)


def _is_of(kind: re.Pattern[str], node: Node) -> bool:
    types = node.get("@type", "Article" if "datePublished" in node else None)
    return any(isinstance(each, str) and kind.search(each) for each in (types if isinstance(types, list) else [types]))


def _is_own(node: Node, titles: Sequence[str], url: str) -> bool:
    headline = plain(text_in(node.get("headline")) or text_in(node.get("name")))
    if headline and any(headline in (title := plain(each)) or (title and title in headline) for each in titles):
        return True
    return any(_is_same_page(each, url) for each in _addresses(node))


def _is_of_another(node: Node, url: str) -> bool:
    """Return whether *node*, which is not known by its title, says that it is of another page than that at *url*."""
    return bool(url and _addresses(node) and text_in(node.get("headline")))


def _addresses(node: Node) -> list[str]:
    page = node.get("mainEntityOfPage")
    stated = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    return [each for each in stated if isinstance(each, str) and links.split(each).path.strip("/")]


def _is_same_page(one: str, other: str) -> bool:
    path = links.split(one).path.strip("/")
    return bool(path) and path == links.split(other).path.strip("/")
