"""HTML pages: the main text by trafilatura, and what the page says of itself (`pages`)."""

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.article import LONGEST
from indexer.errors import FetchFailed
from indexer.sources import extras, links, wordpress
from indexer.sources.decoding import decode
from indexer.sources.fetching import Answer, Fetcher
from indexer.sources.moments import moment
from indexer.sources.pages import authors, dates, headlines
from indexer.sources.pages.statements import Node, Statements, plain, text_in
from indexer.sources.records import Broken, Found

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

_LARGEST = 4 * LONGEST["body"]
_HEAD = 4_096
_CHARSET = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?([\w.:-]+)|<\?xml[^>]+?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_CLOSING = re.compile(r"\W*(?:copyright|hak cipta|©|\(c\)).{0,200}", re.IGNORECASE)
_HEAD_LINES = 4  # in which a headline may stand again
_LONGEST_LINE = 120  # characters of what may stand above it
_SHORTEST_NAME = 2  # letters; "co" and "id" name no portal
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


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
    tree, page = _extracted(decode(content, charset or _declared(content)), url)
    if tree is None or page is None or not page.text:
        return Broken(place, "the page has no text that could be an article's")
    url = _own_address(page.url or "", url)
    statements = Statements.of(tree)
    titles = [title for title in (page.title or "", statements.first("og:title"), _title(tree)) if title]
    node = statements.article(titles, url)
    shown, names = headlines.headings(tree)
    portal = [*names, *_names_of_portal(statements, node, page, url)]
    title = headlines.headline(titles, map(headlines.text_of, shown), portal)
    heading = next((each for each in shown if plain(headlines.text_of(each)) == plain(title)), None)
    record = {
        "url": url,
        "title": title,
        "body": _body(str(page.text), [title, *titles]),
        "author": authors.author(node, statements, page.author or "", portal),
        "source": wordpress.host(url) or page.sitename or "",
        "published": dates.published(tree, statements, node, heading, url),
        **wordpress.filed_under(page.categories or [], _listed(page.tags or [])),
    }
    return Found(place, record)


def _title(tree: "HtmlElement") -> str:
    return next((headlines.text_of(title) for title in tree.iter("title")), "")


def _names_of_portal(statements: Statements, node: Node, page: "Document", url: str) -> list[str]:
    """Return by what names the page's portal may be called in a title, or where an author should stand."""
    host = wordpress.host(url).split(".")
    stated = [statements.first("og:site_name"), statements.first("application-name"), text_in(node.get("publisher"))]
    hosts = ["".join(host[first:last]) for first in range(len(host)) for last in range(first + 1, len(host) + 1)]
    return [name for name in (*stated, page.sitename or "", *hosts) if len(name) > _SHORTEST_NAME]


def _listed(tags: list[str]) -> list[str]:
    """Return the *tags* one by one; those of ``<meta name="keywords">`` come as one text with commas."""
    return [tag.strip() for text in tags for tag in text.split(",")]


def _own_address(canonical: str, url: str) -> str:
    """Return the address that the page gives itself, unless it is its site's, as that of every page would be."""
    return canonical if links.split(canonical).path.strip("/") else url


def _declared(content: bytes) -> str:
    declared = _CHARSET.search(content[:_HEAD])
    return (declared[1] or declared[2]).decode() if declared else ""


def _extracted(html: str, url: str) -> "tuple[HtmlElement | None, Document | None]":
    """Return the tree of the page, and what trafilatura finds in it."""
    import trafilatura  # noqa: PLC0415 - an extra

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is in our ledger
    tree, own = trafilatura.load_html(html), trafilatura.load_html(html)  # it takes out of its tree what it passes over
    if tree is None:
        return None, None
    try:
        page = trafilatura.bare_extraction(own, url=url or None, with_metadata=True, include_comments=False)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None, None  # a library that a page brings down must not bring the run down
    return tree, None if isinstance(page, dict) else page


def _body(text: str, titles: Sequence[str]) -> str:
    """Return the paragraphs of *text*, without its headline and date above them and a notice of rights below."""
    lines = [" ".join(_UNSEEN.sub("", line).split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    known = {plain(title) for title in titles}
    head = [number for number, line in enumerate(lines[:_HEAD_LINES], 1) if plain(line) in known]
    if head and head[0] < len(lines) and all(len(line) < _LONGEST_LINE for line in lines[: head[0] - 1]):
        del lines[: head[0]]
    while len(lines) > 1 and len(lines[0]) < _LONGEST_LINE and moment(lines[0], words=1):
        del lines[0]
    while len(lines) > 1 and _CLOSING.fullmatch(lines[-1]):
        del lines[-1]
    return "\n".join(lines)
