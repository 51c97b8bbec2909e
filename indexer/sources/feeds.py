"""
RSS and Atom feeds: one article an entry, with as much text as the feed gives.

A feed is read by the same parser as a WordPress export, which is RSS too; a library for feeds would bring a second one.
"""

import io
from collections.abc import Iterator
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, tostring

from indexer.errors import SourceUnavailable, XmlBroken
from indexer.sources import wordpress
from indexer.sources.fetching import Answer, Fetcher
from indexer.sources.markup import text_of
from indexer.sources.moments import moment
from indexer.sources.records import Broken, Found
from indexer.sources.safe_xml import LARGEST, branches

_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS_1 = "{http://purl.org/rss/1.0/}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

# Where a feed says what, the best place first.
_TITLE = ("title", f"{_ATOM}title", f"{_RSS_1}title", f"{_DUBLIN_CORE}title")
_BODY = (
    "{http://purl.org/rss/1.0/modules/content/}encoded",
    f"{_ATOM}content",
    "description",
    f"{_ATOM}summary",
    f"{_RSS_1}description",
)
_AUTHOR = (f"{_DUBLIN_CORE}creator", f"{_ATOM}author/{_ATOM}name", "author")
_GUID = ("guid", f"{_ATOM}id")
_LINK = ("link", f"{_RSS_1}link")
_DATE = ("pubDate", f"{_ATOM}published", f"{_DUBLIN_CORE}date", f"{_ATOM}updated")


def read(address: str, fetcher: Fetcher) -> Iterator[Found | Broken]:
    """
    Yield the entries of the feed at *address*; where its XML breaks off, those before.

    Raises:
        SourceUnavailable: the feed cannot be fetched, or is none.
    """
    answer, number = fetcher.get(address), 0
    try:
        for branch in branches(io.BytesIO(answer.content), ("item", "entry")):
            number += 1
            place = f"{address}, entry {number}"
            if branch.element is None:
                yield Broken(place, f"the entry has more than {LARGEST:,} characters")
            else:
                yield _found(place, branch.element, answer)
    except XmlBroken as exc:
        if number == 0:
            raise SourceUnavailable(f"{address} is no feed that can be read: line {exc.line}: {exc}") from exc
        yield Broken(f"{address}, line {exc.line}", f"{exc}; the entries after it are not read")
    if number == 0:
        yield Broken(address, "the feed has no entry")


def _found(place: str, entry: Element, answer: Answer) -> Found:
    guid, date = _text(entry, _GUID), _text(entry, _DATE)
    link = _link(entry) or (guid if guid.startswith("http") else "")
    url = urljoin(answer.url, link) if link else ""
    published = moment(date)
    record = {
        "id": wordpress.article_id_of_guid(guid, url),
        "url": url,
        "title": text_of(_text(entry, _TITLE)),
        "body": text_of(_text(entry, _BODY)),
        "author": text_of(_text(entry, _AUTHOR)),
        "source": wordpress.host(url),
        "published": published,
        **wordpress.filed_under(_categories(entry), ()),
    }
    return Found(place, record, "" if published or not date else f"'published' is {date!r}, which is no date")


def _link(entry: Element) -> str:
    links = [link for link in entry.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    return _text(entry, _LINK) or (links[0].get("href", "") if links else "")


def _categories(entry: Element) -> list[str]:
    atom = [category.get("label") or category.get("term") or "" for category in entry.findall(f"{_ATOM}category")]
    return [text_of(category.text or "") for category in entry.findall("category")] + atom


def _text(entry: Element, names: tuple[str, ...]) -> str:
    """Return what the first of *names* holds that is there and not empty."""
    for name in names:
        if (element := entry.find(name)) is not None and (text := _content(element)):
            return text
    return ""


def _content(element: Element) -> str:
    """Return the text of *element*, as HTML where it has elements itself, as Atom's ``xhtml`` has."""
    return tostring(element, encoding="unicode").strip() if len(element) else (element.text or "").strip()
