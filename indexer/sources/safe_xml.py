"""
XML as it comes from strangers: whatever its size, one element is held at a time, and entities are refused.

Control characters, which XML forbids and WordPress writes, are dropped; a name such as ``&nbsp;``, which is HTML's and
not XML's, is read as HTML does.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from indexer.errors import XmlBroken
from indexer.sources.decoding import decoded

LARGEST = 16 << 20
"""Characters of an element at most; of a longer one only its place is yielded."""

_DEEPEST = 100
_CHUNK = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")


@dataclass(frozen=True, slots=True)
class Branch:
    """An element that was asked for, and the line it starts in; *element* is None where it is too long."""

    line: int
    name: str
    element: Element | None


def branches(file: BinaryIO, wanted: Iterable[str]) -> Iterator[Branch]:
    """
    Yield each outermost element of *file* whose name is *wanted*, without its namespace.

    Raises:
        XmlBroken: the document is not well formed, declares entities, or is nested without end. What came before
            has been yielded.
    """
    builder = _Builder(frozenset(wanted))
    start = file.read(_CHUNK)
    declared = _DECLARATION.match(start)
    for text in decoded(_chunks(start, file), declared[1].decode() if declared else ""):
        try:
            builder.feed(_CONTROL.sub("", text))
        except XmlBroken:
            yield from builder.complete
            raise
        yield from builder.taken()
    builder.close()


def _chunks(start: bytes, file: BinaryIO) -> Iterator[bytes]:
    yield start
    while chunk := file.read(_CHUNK):
        yield chunk


@dataclass(slots=True)
class _Builder:
    """Builds the wanted elements from what expat tells."""

    wanted: frozenset[str]
    complete: deque[Branch] = field(default_factory=deque)
    _parser: expat.XMLParserType = field(init=False)
    _tree: TreeBuilder | None = None
    _line: int = 0
    _depth: int = 0
    _root: int = 0
    _size: int = 0
    _fed: int = 0

    def __post_init__(self) -> None:
        parser = self._parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.UseForeignDTD(True)  # noqa: FBT003 - expat's; without it, a name such as &nbsp; ends the document
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.SkippedEntityHandler = self._name
        parser.EntityDeclHandler = self._refuse

    def feed(self, text: str) -> None:
        content = text.encode()
        self._fed += len(content)
        try:
            self._parser.Parse(content, False)  # noqa: FBT003 - expat's
        except expat.ExpatError as exc:
            raise XmlBroken(exc.lineno, f"the XML is broken: {expat.ErrorString(exc.code)}") from exc
        if self._fed - self._parser.CurrentByteIndex > LARGEST:
            raise XmlBroken(self._parser.CurrentLineNumber, f"a tag or comment has more than {LARGEST:,} bytes")

    def close(self) -> None:
        try:
            self._parser.Parse(b"", True)  # noqa: FBT003 - expat's
        except expat.ExpatError as exc:
            raise XmlBroken(exc.lineno, f"the XML is cut off: {expat.ErrorString(exc.code)}") from exc

    def taken(self) -> Iterator[Branch]:
        while self.complete:
            yield self.complete.popleft()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise XmlBroken(self._parser.CurrentLineNumber, f"elements are nested more than {_DEEPEST} deep")
        if self._root == 0 and name.rpartition("}")[2] in self.wanted:
            self._tree, self._root, self._size = TreeBuilder(), self._depth, 0
            self._line = self._parser.CurrentLineNumber
        if self._tree is not None:
            self._count(sum(map(len, attributes.values())) + len(name))
        if self._tree is not None:
            self._tree.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self._tree is not None:
            self._tree.end(_named(name))
        if self._depth == self._root:
            element = self._tree.close() if self._tree is not None else None
            self.complete.append(Branch(self._line, name.rpartition("}")[2], element))
            self._tree, self._root = None, 0
        self._depth -= 1

    def _take(self, text: str) -> None:
        self._count(len(text))
        if self._tree is not None:
            self._tree.data(text)

    def _name(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's
        if not is_parameter:
            self._take(unescape(f"&{name};"))

    def _count(self, length: int) -> None:
        self._size += length
        if self._size > LARGEST:
            self._tree = None  # what was collected is let go; the element's end is still waited for

    def _refuse(self, *_declaration: object) -> None:
        raise XmlBroken(self._parser.CurrentLineNumber, "the XML declares entities, which are refused")


def _named(name: str) -> str:
    return "{" + name if "}" in name else name
