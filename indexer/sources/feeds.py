"""
RSS and Atom feeds, at an address or in a file: one article an entry, with as much text as the feed gives.

A feed is read by the same parser as a WordPress export, which is RSS too, and keeps to its manners: a library for feeds
would bring a second one that reads whole documents and loses more of the broken ones.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from indexer.article import Record, made_id
from indexer.errors import SourceUnavailable, XmlBroken
from indexer.sources import links, wordpress
from indexer.sources.entries import Entry
from indexer.sources.fetching import Fetcher
from indexer.sources.people import name_in
from indexer.sources.records import Broken, Found
from indexer.sources.safe_xml import Branch, branches
from indexer.sources.xml_trees import content_of

_ENTRIES = ("item", "entry")
_OF_THE_FEED = ("author", "creator", "managingEditor", "link")
_HEAD = 1 << 14
_SIGNS = (b"<rss", b"<feed", b"<rdf:RDF", b":feed", b"<RDF")


def is_feed(path: Path) -> bool:
    """Return whether the file at *path* looks like a feed."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return False
    return any(sign in head for sign in _SIGNS)


def read(address: str, fetcher: Fetcher) -> Iterator[Found | Broken]:
    """
    Yield the entries of the feed at *address*; where its XML is cut off, those before.

    Raises:
        SourceUnavailable: the feed cannot be fetched, or is none.
    """
    answer = fetcher.get(address)
    feed = _Feed.of(io.BytesIO(answer.content), answer.url)
    if feed.broken and not feed.entries:
        raise SourceUnavailable(f"{address} is no feed that can be read: line {feed.broken.line}: {feed.broken}")
    yield from _found(feed, address, [f"{address}, entry {number}" for number in range(1, len(feed.entries) + 1)])


def read_file(path: Path) -> Iterator[Found | Broken]:
    """Yield the entries of the feed in the file at *path*; where its XML is cut off, those before."""
    with path.open("rb") as file:
        feed = _Feed.of(file, "")
    yield from _found(feed, str(path), [f"{path}:{branch.line}" for branch in feed.entries])


@dataclass(slots=True)
class _Feed:
    """What a feed holds: its *entries*, its own *author* and address, and where it is *broken* off, if it is."""

    entries: list[Branch]
    author: str = ""
    base: str = ""
    broken: XmlBroken | None = None

    @classmethod
    def of(cls, file: BinaryIO, address: str) -> "_Feed":
        """Return the feed in *file*, which was found at *address*."""
        feed = cls([], base=address)
        try:
            for branch in branches(file, _ENTRIES, _OF_THE_FEED):
                feed._take(branch)
        except XmlBroken as exc:
            feed.broken = exc
        return feed

    def _take(self, branch: Branch) -> None:
        if branch.name in _ENTRIES:
            self.entries.append(branch)
        elif self.entries or branch.element is None:
            return
        elif branch.name == "link":
            self.base = self.base or branch.element.get("href", "") or content_of(branch.element)
        else:
            self.author = self.author or name_in("".join(_name_of(branch.element).itertext()))


def _name_of(author: Element) -> Element:
    """Return the element with the name of an *author*, which Atom puts beside an address of mail."""
    return next((part for part in author if part.tag.endswith("}name") or part.tag == "name"), author)


def _found(feed: _Feed, name: str, places: list[str]) -> Iterator[Found | Broken]:
    read: list[Record | str] = [
        f"the entry cannot be read: {branch.reason}"
        if branch.element is None
        else _record(branch, branch.element, feed)
        for branch in feed.entries
    ]
    shared = Counter(str(record["url"]) for record in read if not isinstance(record, str))
    for place, record in zip(places, read, strict=True):
        if isinstance(record, str):
            yield Broken(place, record)
        else:
            yield Found(place, _of_its_own(record, is_shared=shared[str(record["url"])] > 1))
    if feed.broken:
        yield Broken(f"{name}, line {feed.broken.line}", f"{feed.broken}; the entries after it are not read")
    elif not read:
        yield Broken(name, "the feed has no entry")


def _record(branch: Branch, element: Element, feed: _Feed) -> Record:
    entry = Entry(element, links.based(feed.base, branch.scope.base))
    guid, url = entry.guid, entry.url
    return {
        "id": wordpress.article_id_of_guid(guid, url),
        "url": url,
        "title": entry.title,
        "body": entry.body,
        "author": entry.author or feed.author,
        "source": wordpress.host(url),
        "published": entry.published,
        **wordpress.filed_under(entry.categories, ()),
        "guid": guid,
    }


def _of_its_own(record: Record, *, is_shared: bool) -> Record:
    """Return *record* with an id of its own where its address is no page's: shared with others, or that of a site."""
    kept = {name: value for name, value in record.items() if name != "guid"}
    url, guid = str(record["url"]), str(record["guid"])
    is_site = bool(url) and not links.split(url).path.strip("/") and not links.split(url).query
    if kept["id"] or not (is_shared or is_site):
        return kept
    return {**kept, "id": made_id(guid if guid != url and guid else f"{record['title']}\n{record['body']}")}
