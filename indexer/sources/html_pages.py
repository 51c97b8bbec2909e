"""HTML pages: the main text, and what the page says of itself, by trafilatura."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from indexer.article import LONGEST
from indexer.errors import FetchFailed
from indexer.sources import extras, wordpress
from indexer.sources.decoding import decode
from indexer.sources.fetching import Answer, Fetcher
from indexer.sources.moments import moment
from indexer.sources.records import Broken, Found

if TYPE_CHECKING:
    from trafilatura.settings import Document

_LARGEST = 4 * LONGEST["body"]
_HEAD = 4_096
_CHARSET = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?([\w.:-]+)|<\?xml[^>]+?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_JSON_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"<>]+)"')
_PUBLISHED = (
    "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='datePublished']/@content"
    " | //time[@itemprop='datePublished' or @pubdate or contains(@class, 'published')]/@datetime"
)


def require_library() -> None:
    """Raise `SourceUnavailable` if pages cannot be read, since trafilatura is not installed."""
    extras.require("trafilatura", "web", "HTML pages")


def read(path: Path) -> Iterator[Found | Broken]:
    """Yield the article that the page at *path* holds."""
    require_library()
    if path.stat().st_size > _LARGEST:
        yield Broken(str(path), f"the page has {path.stat().st_size:,} bytes; no article is that long")
    else:
        yield _article(str(path), path.read_bytes())


def read_address(address: str, fetcher: Fetcher) -> Iterator[Found | Broken]:
    """
    Yield the article of the page at *address*.

    Raises:
        FetchFailed: the page cannot be fetched.
    """
    require_library()
    yield found(fetcher.get(address))


def found(answer: Answer) -> Found | Broken:
    """Return the article that a page holds which was fetched."""
    if len(answer.content) > _LARGEST:
        return Broken(answer.url, f"the page has {len(answer.content):,} bytes; no article is that long")
    return _article(answer.url, answer.content, answer.url, answer.charset)


def found_at(address: str, fetcher: Fetcher) -> Found | Broken:
    """Return the article of the page at *address*, which is one among many: if it cannot be fetched, say so."""
    try:
        return found(fetcher.get(address))
    except FetchFailed as exc:
        return Broken(address, str(exc))


def _article(place: str, content: bytes, url: str = "", charset: str = "") -> Found | Broken:
    html = decode(content, charset or _declared(content))
    page, dates = _extracted(html, url)
    if page is None or not page.text:
        return Broken(place, "the page has no text that could be an article's")
    url = _own_address(page.url or "", url)
    published = next((when for when in map(moment, dates) if when), None)
    record = {
        "url": url,
        "title": page.title or "",
        "body": _body(page),
        "author": page.author or "",
        "source": wordpress.host(url) or page.sitename or "",
        "published": published,
        **wordpress.filed_under(page.categories or [], _listed(page.tags or [])),
    }
    return Found(place, record, f"'published' is {dates[0]!r}, which is no date" if dates and not published else "")


def _listed(tags: list[str]) -> list[str]:
    """Return the *tags* one by one; those of ``<meta name="keywords">`` come as one text with commas."""
    return [tag.strip() for text in tags for tag in text.split(",")]


def _own_address(canonical: str, url: str) -> str:
    """Return the address that the page gives itself, unless it is its site's, as that of every page would be."""
    return canonical if urlsplit(canonical).path.strip("/") else url


def _declared(content: bytes) -> str:
    declared = _CHARSET.search(content[:_HEAD])
    return (declared[1] or declared[2]).decode() if declared else ""


def _extracted(html: str, url: str) -> "tuple[Document | None, list[str]]":
    """Return the page, and what may be its moment of publication, the most exact first."""
    import trafilatura  # noqa: PLC0415 - an extra

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is in our ledger
    tree = trafilatura.load_html(html)
    if tree is None:
        return None, []
    dates = [*map(str, tree.xpath(_PUBLISHED)), *_JSON_PUBLISHED.findall(html)]
    page = trafilatura.bare_extraction(tree, url=url or None, with_metadata=True, include_comments=False)
    if page is None or isinstance(page, dict):
        return None, []
    return page, [*dates, page.date] if page.date else dates  # of trafilatura's, the day alone


def _body(page: "Document") -> str:
    """Return the paragraphs of *page*, without the title where it stands above them again."""
    first, _, rest = str(page.text).partition("\n")
    return rest if first == page.title and rest else str(page.text)
