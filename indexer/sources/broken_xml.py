"""
XML that is not well formed -> a tree, where it is plain what was meant.

Mended are the signs that someone forgot to quote: ``Suhu < 30``, ``?id=1&tipe=2``, ``&#X41;``. Where that is not
enough, each field of the element is read by itself: what stands between its tags is HTML that someone put there as it
is, or whose CDATA ended early. An element with a field that does not end is given up.
"""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

from indexer.errors import XmlBroken
from indexer.sources.xml_trees import Scope, named, tree

_CHARACTERS = re.compile(
    r"(?P<quoted><!\[CDATA\[.*?\]\]>|<!--.*?-->)"
    r"|&(?P<known>(?:amp|lt|gt|quot|apos);)"
    r"|&(?P<name>(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    r"|&|<(?![a-zA-Z_/!?])",
    re.DOTALL,
)
_TAG = re.compile(r"<(?P<name>[a-zA-Z_][\w.:-]*)(?P<attributes>(?:\s[^<>]*?)?)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_QUOTES = re.compile(r"<!\[CDATA\[|\]\]>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
HTML_NAMES = frozenset(
    "a abbr b big blockquote br center cite code dd div dl dt em embed figure font h1 h2 h3 h4 h5 h6 hr i iframe img li"
    " noscript ol p pre s script small span strike strong style sub sup table tbody td th thead tr u ul video".split()
)
"""Elements that no form of XML has which is read here."""


def mended(fragment: str, scope: Scope, line: int = 0) -> Element | None:
    """Return the one element that *fragment* was meant to be, or None where that is not plain."""
    fragment = _with_quoted_signs(fragment)
    try:
        return tree(fragment, scope, line)
    except XmlBroken:
        return _by_fields(fragment, scope)


def _with_quoted_signs(fragment: str) -> str:
    r"""
    Return *fragment* with the signs quoted that mean nothing as they stand.

    >>> _with_quoted_signs("<a>x & y < 3 &#X41; &nbsp; &amp; <![CDATA[a & b]]></a>")
    '<a>x &amp; y &lt; 3 A \xa0 &amp; <![CDATA[a & b]]></a>'
    """

    def replacement(found: re.Match[str]) -> str:
        if found["quoted"] or found["known"]:
            return found[0]
        return escape(_FORBIDDEN.sub("", unescape(found[0])), quote=True)

    return _CHARACTERS.sub(replacement, fragment)


def _by_fields(fragment: str, scope: Scope) -> Element | None:
    start = _TAG.match(fragment)
    if start is None or start["empty"]:
        return None
    element = Element(named(start["name"], scope.namespaces), _attributes(start["attributes"]))
    cursor, gone = start.end(), {start["name"]}
    while tag := _TAG.search(fragment, cursor):
        name, cursor = tag["name"], tag.end()
        if tag["empty"]:
            element.append(_field(tag, "", scope))
            continue
        end = -1 if name in gone else fragment.find(f"</{name}", cursor)
        if end >= 0:
            element.append(_field(tag, fragment[tag.start() : end], scope))
            cursor = end
        elif name.lower() in HTML_NAMES:
            gone.add(name)
        else:
            return None
    return element


def _field(tag: re.Match[str], content: str, scope: Scope) -> Element:
    """Return the field that begins with *tag* and, unless it is empty, is *content* without the tag of its end."""
    try:
        return tree(tag[0] if tag["empty"] else f"{content}</{tag['name']}>", scope)
    except XmlBroken:
        element = Element(named(tag["name"], scope.namespaces), _attributes(tag["attributes"]))
        element.text = _QUOTES.sub("", content[tag.end() - tag.start() :])
        return element


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}
