"""
Sitemaps of article pages, and indexes of sitemaps, as XML or plain text, compressed or not.

Each page is fetched and read as HTML. Parts of one page, ``#komentar``, are that page.
"""

import io
import zlib
from collections.abc import Iterator

from indexer.errors import FetchFailed, SourceUnavailable, XmlBroken
from indexer.sources import html_pages, links
from indexer.sources.decoding import decode
from indexer.sources.fetching import Answer, Fetcher
from indexer.sources.records import Broken, Found
from indexer.sources.safe_xml import branches
from indexer.sources.xml_trees import content_of

_DEEPEST = 3
_LARGEST = 64 << 20  # a sitemap has 50 MiB at most, says its protocol
_GZIP = b"\x1f\x8b"
_GZIP_FORM = 31


def read(address: str, fetcher: Fetcher) -> Iterator[Found | Broken]:
    """
    Yield the article of every page that the sitemap at *address* lists, itself or through others; each page once.

    Raises:
        SourceUnavailable: the sitemap cannot be fetched, or lists nothing.
    """
    html_pages.require_library()
    answer = fetcher.get(address)
    is_empty = True
    for item in _pages(answer, fetcher, {address}, _DEEPEST):
        is_empty = False
        yield item if isinstance(item, Broken) else html_pages.found_at(item, fetcher)
    if is_empty:
        raise SourceUnavailable(f"{address} is no sitemap, or lists no page")


def _pages(sitemap: Answer, fetcher: Fetcher, seen: set[str], depth: int) -> Iterator[str | Broken]:
    """Yield the addresses of the pages in *sitemap* and, down to *depth*, in those that it lists; none twice."""
    for kind, address in _entries(sitemap):
        if isinstance(address, Broken):
            yield address
        elif address in seen:
            continue
        elif kind == "url":
            seen.add(address)
            yield address
        elif depth == 1:
            yield Broken(address, f"the sitemap is nested more than {_DEEPEST} deep")
        else:
            seen.add(address)
            try:
                yield from _pages(fetcher.get(address), fetcher, seen, depth - 1)
            except FetchFailed as exc:
                yield Broken(address, str(exc))


def _entries(sitemap: Answer) -> Iterator[tuple[str, str | Broken]]:
    """Yield what *sitemap* lists: ``url`` or ``sitemap``, and its address; where its XML is cut off, what is before."""
    try:
        content = _unpacked(sitemap)
        is_text = b"<" not in content.replace(b"\0", b"")
        yield from _lines(content, sitemap.url) if is_text else _elements(content, sitemap.url)
    except XmlBroken as exc:
        yield "", Broken(f"{sitemap.url}, line {exc.line}", f"{exc}; the pages after it are not read")
    except (zlib.error, ValueError) as exc:
        yield "", Broken(sitemap.url, f"the sitemap cannot be read: {exc}")


def _lines(content: bytes, name: str) -> Iterator[tuple[str, str | Broken]]:
    for number, line in enumerate(decode(content).splitlines(), 1):
        if line.strip():
            yield "url", _address(line.strip(), f"{name}, line {number}")


def _elements(content: bytes, name: str) -> Iterator[tuple[str, str | Broken]]:
    for branch in branches(io.BytesIO(content), ("url", "sitemap")):
        place = f"{name}, line {branch.line}"
        if branch.element is None:
            yield branch.name, Broken(place, branch.reason)
        elif (location := branch.element.find("{*}loc")) is not None and (link := content_of(location)):
            yield branch.name, _address(links.joined(name, link), place)


def _address(link: str, place: str) -> str | Broken:
    """Return the address of the page that *link* names, or say that it is none."""
    parts = links.split(link)
    is_good = parts.scheme in {"http", "https"} and parts.hostname
    return links.page_of(link) if is_good else Broken(place, f"{link!r} is no address of a page")


def _unpacked(sitemap: Answer) -> bytes:
    if not sitemap.content.startswith(_GZIP):
        return sitemap.content
    unpacker = zlib.decompressobj(_GZIP_FORM)
    content = unpacker.decompress(sitemap.content, _LARGEST)
    if unpacker.unconsumed_tail:
        raise ValueError(f"unpacked, it has more than {_LARGEST:,} bytes")
    return content
