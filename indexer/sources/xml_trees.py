"""
One element of a document -> a tree, by the standard library's expat, which gets nothing else to read.

So no entity is ever declared, and a name such as ``&nbsp;``, which is HTML's and not XML's, is read as HTML does. A
prefix that nothing declares is taken for what it always means.
"""

from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

from indexer.errors import XmlBroken

_DEEPEST = 100
_XML = "http://www.w3.org/XML/1998/namespace"

USUAL_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "wp": "http://wordpress.org/export/1.2/",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xml": _XML,
}
"""What a prefix means where nothing declares it."""

_SAME = {
    "http://purl.org/atom/ns#": USUAL_PREFIXES["atom"],
    "http://search.yahoo.com/mrss": USUAL_PREFIXES["media"],
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    **{uri.lower(): uri for uri in USUAL_PREFIXES.values()},
}
"""Namespaces of versions of one form, read as one; that of the plain elements of RSS has no name."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the elements around declare: *namespaces* by their prefix, and the address that links are *base*d on."""

    namespaces: dict[str, str] = field(default_factory=dict)
    base: str = ""


def tree(fragment: str, scope: Scope, line: int = 0) -> Element:
    """
    Return the one element that *fragment* is; it begins in *line* of its document.

    Raises:
        XmlBroken: it is not well formed, or nested without end.
    """
    return _Builder(scope.namespaces, line).built(fragment)


def named(name: str, namespaces: dict[str, str]) -> str:
    """
    Return the *name* of an element with its namespace, as ElementTree writes it.

    >>> named("dc:creator", {}), named("item", {"": "http://purl.org/rss/1.0/"}), named("x:y", {})
    ('{http://purl.org/dc/elements/1.1/}creator', 'item', '{x}y')
    """
    prefix, _, local = name.rpartition(":")
    uri = namespaces.get(prefix, USUAL_PREFIXES.get(prefix, prefix)).strip()
    uri = _SAME.get(uri.lower(), uri)
    return f"{{{uri}}}{local}" if uri else local


def content_of(element: Element) -> str:
    """Return the text of *element*, as HTML where it has elements itself: XHTML, or tags that no one quoted."""
    if not len(element):
        return (element.text or "").strip()
    return ((element.text or "") + "".join(tostring(child, encoding="unicode") for child in element)).strip()


@dataclass(slots=True)
class _Builder:
    """Builds a tree from what expat tells."""

    namespaces: dict[str, str]
    line: int
    _scopes: list[dict[str, str]] = field(default_factory=list)
    _tree: TreeBuilder = field(default_factory=TreeBuilder)

    def built(self, fragment: str) -> Element:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.UseForeignDTD(True)  # noqa: FBT003 - expat's; without it, a name such as &nbsp; ends the document
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._tree.data
        parser.SkippedEntityHandler = self._name
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(fragment.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat's
        except expat.ExpatError as exc:
            raise XmlBroken(self.line + exc.lineno - 1, f"the XML is broken: {expat.ErrorString(exc.code)}") from exc
        return self._tree.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._scopes) == _DEEPEST:
            raise XmlBroken(self.line, f"elements are nested more than {_DEEPEST} deep")
        outer = self._scopes[-1] if self._scopes else self.namespaces
        declared = {key[6:]: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        scope = {**outer, **declared} if declared else outer
        self._scopes.append(scope)
        kept = {key: value for key, value in attributes.items() if not key.startswith("xmlns")}
        self._tree.start(named(name, scope), kept)

    def _end(self, name: str) -> None:
        self._tree.end(named(name, self._scopes.pop()))

    def _name(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's
        if not is_parameter:
            self._tree.data(unescape(f"&{name};"))

    def _refuse(self, *_declaration: object) -> None:
        raise XmlBroken(self.line, "the XML declares entities, which are refused")
