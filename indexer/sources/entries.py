"""What an entry of a feed says, in whichever form of RSS or Atom: of several places for one thing, the best first."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from indexer.sources import links
from indexer.sources.decoding import decode
from indexer.sources.markup import is_html, text_of
from indexer.sources.moments import moment
from indexer.sources.people import name_in
from indexer.sources.xml_trees import USUAL_PREFIXES, content_of, named


def _paths(names: str) -> tuple[str, ...]:
    return tuple("/".join(named(part, {}) for part in name.split("/")) for name in names.split())


_TITLE = _paths("title atom:title dc:title media:title media:group/media:title")
_BODY = _paths(
    "content:encoded atom:content content xhtml:body description atom:summary summary dc:description media:description"
    " media:group/media:description itunes:summary"
)
_AUTHOR = _paths("dc:creator dc:author atom:author/atom:name author/name author itunes:author")
_GUID = _paths("guid atom:id id")
_LINK = _paths("link atom:link")
_CATEGORY = _paths("category dc:subject atom:category media:category media:group/media:category itunes:category")
_DATE = _paths(
    "pubDate atom:published published atom:issued dc:date dcterms:issued dcterms:created atom:created dcterms:date"
    " atom:updated updated atom:modified dcterms:modified"
)
_ATOM = f"{{{USUAL_PREFIXES['atom']}}}"
_BASE = "xml:base"
_PLAIN = frozenset({"text", "text/plain"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed; its links lead from *base*."""

    element: Element
    base: str

    @property
    def title(self) -> str:
        """The title, in one line."""
        return " ".join(next(self._texts(_TITLE), "").split())

    @property
    def body(self) -> str:
        """As much text as there is, one paragraph a line."""
        return next(self._texts(_BODY), "")

    @property
    def author(self) -> str:
        """The name of the author, never an address of mail."""
        return next(filter(None, (name_in(content_of(element)) for element in self._found(_AUTHOR))), "")

    @property
    def guid(self) -> str:
        """What the entry is known by, whatever it means."""
        return next(filter(None, (content_of(element) for element in self._found(_GUID))), "")

    @property
    def url(self) -> str:
        """Where the article is; empty if the entry does not say."""
        base = links.based(self.base, self.element.get(_BASE, ""))
        for link in self._found(_LINK):
            target = content_of(link) or (link.get("href", "") if link.get("rel", "alternate") == "alternate" else "")
            if target:
                return links.joined(links.based(base, link.get(_BASE, "")), target)
        return self.guid if self.guid.startswith(("http://", "https://")) else ""

    @property
    def published(self) -> str:
        """When it was published, as it is written: the first that can be read, else the first."""
        dates = [date for date in (content_of(element) for element in self._found(_DATE)) if date]
        return next((date for date in dates if moment(date)), dates[0] if dates else "")

    @property
    def categories(self) -> list[str]:
        """What it is filed under."""
        return [text_of(_category(element)) for element in self._found(_CATEGORY)]

    def _found(self, paths: tuple[str, ...]) -> Iterator[Element]:
        for path in paths:
            yield from self.element.findall(path)

    def _texts(self, paths: tuple[str, ...]) -> Iterator[str]:
        return filter(None, map(_readable, self._found(paths)))


def _category(element: Element) -> str:
    return element.get("label") or content_of(element) or element.get("term") or element.get("text") or ""


def _readable(element: Element) -> str:
    """Return the text of *element*, which says, if it is Atom's, whether it is HTML."""
    content, kind = content_of(element), element.get("type", "").lower()
    if element.get("mode") == "base64":
        content = _unpacked(content)
    is_plain = kind in _PLAIN or (not kind and element.tag.startswith(_ATOM) and not is_html(content))
    if len(element) or not is_plain:
        return text_of(content)
    return "\n".join(line for line in (" ".join(line.split()) for line in content.split("\n")) if line)


def _unpacked(content: str) -> str:
    try:
        return decode(base64.b64decode(content, validate=False))
    except (binascii.Error, ValueError):
        return ""
