"""
XML as it comes from strangers: read element by element, whatever its size, so that a broken one costs none but itself.

Where an element begins and ends is told by its tags alone. Each is then read by itself (`xml_trees`), mended where it
is plain what was meant (`broken_xml`), or given up. What stands before the document's own beginning, a blank line or
the warning of a program, is passed over. Control characters, which XML forbids and WordPress writes, are dropped, and
documents that declare entities are refused.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO
from xml.etree.ElementTree import Element

from indexer.errors import XmlBroken
from indexer.sources.broken_xml import HTML_NAMES, mended
from indexer.sources.decoding import decoded
from indexer.sources.links import based
from indexer.sources.xml_trees import Scope, tree

LARGEST = 16 << 20
"""Characters of an element at most; of a longer one only its place is yielded."""

_CHUNK = 1 << 16
_LONGEST_TAG = 256  # characters that may have to be seen together to know a tag
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_BEGINNING = re.compile(r"<\?xml\s[^<>]*\?>")
_KNOWN = re.compile(r"<(?:[\w.-]+:)?(?:rss|RDF|feed|urlset|sitemapindex)[\s>]")
_ROOT = re.compile(r"<([a-zA-Z_][\w.:-]*)[\s/>]")
_ENTITIES = re.compile(r"<!DOCTYPE\s[^<>]*\[.*?<!ENTITY", re.DOTALL)
_NAMESPACE = re.compile(r"""\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"'<>]*)["']""")
_BASE = re.compile(r"""<(?:[\w.-]+:)?(?:rss|RDF|feed|channel)\s[^<>]*?xml:base\s*=\s*["']([^"'<>]*)["']""")
_COMMENT = re.compile(r"<!--(?:(?!--).)*+-->", re.DOTALL)
_EMPTY = re.compile(r"<[\w.:-]+(?:\s[^<>]*)?/>")
_QUOTES = {"cdata": "]]>", "comment": "-->"}
_UNENDED = "the XML is broken: an element has no end"


@dataclass(frozen=True, slots=True)
class Branch:
    """
    An element that was asked for, its *name* without a namespace, and the line it starts in.

    *element* is None where it cannot be read, and *reason* says why. *scope* is what the document says around it.
    """

    line: int
    name: str
    element: Element | None
    reason: str = ""
    scope: Scope = field(default_factory=Scope)


def branches(file: BinaryIO, records: Iterable[str], also: Iterable[str] = ()) -> Iterator[Branch]:
    """
    Yield each element of *file* that is one of the *records*, or, outside of these, one of those that are *also* asked.

    Elements are named without their namespace. A record begins where its tag stands, even within one that has no end.

    Raises:
        XmlBroken: the document is cut off, or declares entities. What came before has been yielded.
    """
    start = file.read(_CHUNK)
    declared = _ENCODING.search(start)
    document = _Document(tuple(records), tuple(also))
    for text in decoded(_chunks(start, file), declared[1].decode() if declared else ""):
        document.text += _CONTROL.sub("", text)
        yield from document.branches()
    document.is_whole = True
    yield from document.branches()
    document.check_end()


def _chunks(start: bytes, file: BinaryIO) -> Iterator[bytes]:
    yield start
    while chunk := file.read(_CHUNK):
        yield chunk


class _Document:
    """The part of a document that is held: from the element that is open, where one is."""

    def __init__(self, records: tuple[str, ...], also: tuple[str, ...]) -> None:
        self.text = ""
        self.is_whole = False
        self._line = 1
        self._scope: Scope | None = None
        self._root = ""
        self._records = records
        self._any = (*records, *also)
        self._open: _Open | None = None

    def branches(self) -> Iterator[Branch]:
        """Yield what of the text that is held is complete, and let it go."""
        while opened := self._open or self._next():
            self._open = opened
            found = self._read(opened)
            if found is None:
                return
            self._open = None
            yield found

    def check_end(self) -> None:
        """Raise `XmlBroken` if the document has no end."""
        if not self._root:
            raise XmlBroken(self._line, "the XML is broken: there is no element")
        if self._root_end() < 0:
            raise XmlBroken(self._line + self.text.count("\n"), "the XML is cut off: the document has no end")

    def _next(self) -> "_Open | None":
        """Go on to the next element that is asked for; where there is none, keep only what may be its beginning."""
        found = _opening(self._any).search(self.text)
        while found and (comment := self._comment_around(found.start())):
            found = _opening(self._any).search(self.text, comment)
        if self._scope is None:
            if not found and not self.is_whole and len(self.text) < _CHUNK:
                return None
            self._scope = self._head(self.text[: found.start()] if found else self.text)
        if found:
            self._let_go(found.start())
            is_record = found["name"] in self._records
            return _Open(found["tag"], found["name"], self._records if is_record else self._any, self._scope)
        if not self.is_whole:
            self._let_go(len(self.text) - _CHUNK)
        return None

    def _comment_around(self, place: int) -> int:
        """Return where the comment ends that *place* is in, 0 if it is in none; a comment has no ``--`` in it."""
        begun = self.text.rfind("<!--", 0, place)
        comment = _COMMENT.match(self.text, begun) if begun >= 0 else None
        return comment.end() if comment and comment.end() > place else 0

    def _head(self, head: str) -> Scope:
        """Return what the document says before its first element that is asked for."""
        beginning, known = _BEGINNING.search(head), _KNOWN.search(head)
        is_after_junk = beginning and not (known and known.start() < beginning.start())
        head = _COMMENT.sub("", head[beginning.start() :] if beginning and is_after_junk else head)
        tags = list(_ROOT.finditer(head))
        root = next((tag for tag in tags if tag[1].lower() not in HTML_NAMES), tags[0] if tags else None)
        entities = _ENTITIES.search(head)
        if entities and (root is None or entities.start() < root.start()):
            raise XmlBroken(self._line, "the XML declares entities, which are refused")
        self._root = root[1] if root else ""
        base = ""
        for link in _BASE.findall(head):
            base = based(base, link)
        return Scope(dict(reversed(_NAMESPACE.findall(head))), base)

    def _read(self, opened: "_Open") -> Branch | None:
        """Return the element that is *opened*, or why it is none; None while its end can still come."""
        end = opened.end(self.text)
        if (end or len(self.text) if end != _NOT_ITS_OWN else 0) > LARGEST:
            self._any = self._records if end is None else self._any  # what follows may be a part of it
            return self._taken(opened, end or len(self.text), reason=f"it has more than {LARGEST:,} characters")
        if end is None and not self.is_whole:
            return None
        reason = _UNENDED
        if end:
            try:
                return self._taken(opened, end, tree(self.text[:end], opened.scope, self._line))
            except XmlBroken as exc:
                reason = str(exc)
        return self._mended(opened, reason)

    def _mended(self, opened: "_Open", reason: str) -> Branch | None:
        """Return what was meant up to the end of the element's name or the next one; None where all is cut off."""
        inner, end = opened.apparent_end(self.text)
        if inner < 0:
            inner = end = self._root_end()
        if inner < 0:
            return None
        element = mended(f"{self.text[:inner]}</{opened.tag}>", opened.scope, self._line) if inner <= LARGEST else None
        return self._taken(opened, end, element, "" if element is not None else reason)

    def _taken(self, opened: "_Open", end: int, element: Element | None = None, reason: str = "") -> Branch:
        branch = Branch(self._line, opened.name, element, reason, opened.scope)
        self._let_go(end)
        return branch

    def _root_end(self) -> int:
        """Return where the end of the whole document is, -1 if it is not among the text that is held."""
        ends = [found.start() for found in re.finditer(rf"</{re.escape(self._root)}\s*>", self.text)]
        return ends[-1] if self._root and ends else -1

    def _let_go(self, count: int) -> None:
        if count > 0:
            self._line += self.text.count("\n", 0, count)
            self.text = self.text[count:]


_NOT_ITS_OWN = 0  # where an element ends in which another one begins


@dataclass(slots=True)
class _Open:
    """The element that the text begins with: its *tag*, its *name* without a prefix, and which others end it."""

    tag: str
    name: str
    others: tuple[str, ...]
    scope: Scope
    _seen: int = 1

    def end(self, text: str) -> int | None:
        """Return where in *text* it ends, `_NOT_ITS_OWN` if another begins before, None if that is yet to come."""
        if self._seen == 1 and (empty := _EMPTY.match(text)):
            return empty.end()
        while token := _tokens(self.tag, self.others).search(text, self._seen):
            quote = str(token.lastgroup)
            if quote not in _QUOTES:
                return token.end() if quote == "end" else _NOT_ITS_OWN
            end = text.find(_QUOTES[quote], token.end())
            if end < 0:
                self._seen = token.start()
                return None
            if _opening(self.others).search(text, token.end(), end) and "<![CDATA[" in text[token.end() : end]:
                return _NOT_ITS_OWN  # two quotes, of which the first has no end
            self._seen = end
        self._seen = max(self._seen, len(text) - _LONGEST_TAG)
        return None

    def apparent_end(self, text: str) -> tuple[int, int]:
        """Return where in *text* its content and itself end to the eye, whatever is quoted; -1 where they do not."""
        end = re.compile(rf"</{re.escape(self.tag)}\s*>").search(text, 1)
        other = _opening(self.others).search(text, 1)
        if other and not (end and end.start() < other.start()):
            return other.start(), other.start()
        return (end.start(), end.end()) if end else (-1, -1)


@lru_cache
def _opening(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"<(?P<tag>(?:[\w.-]+:)?(?P<name>{'|'.join(names)}))(?=[\s/>])")


@lru_cache
def _tokens(tag: str, others: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of what tells where the element of this *tag* ends."""
    other = rf"<(?:[\w.-]+:)?(?:{'|'.join(others)})(?=[\s/>])"
    return re.compile(rf"(?P<cdata><!\[CDATA\[)|(?P<comment><!--)|(?P<end></{re.escape(tag)}\s*>)|(?P<other>{other})")
