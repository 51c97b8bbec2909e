"""Sitemaps of article pages, and indexes of sitemaps, plain or compressed; each page is fetched and read as HTML."""

import io
import zlib
from collections.abc import Iterator
from urllib.parse import urljoin

from indexer.errors import FetchFailed, SourceUnavailable, XmlBroken
from indexer.sources import html_pages
from indexer.sources.fetching import Answer, Fetcher
from indexer.sources.records import Broken, Found
from indexer.sources.safe_xml import branches

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
    """Yield what *sitemap* lists: ``url`` or ``sitemap``, and its address; where its XML breaks off, what is before."""
    try:
        for branch in branches(io.BytesIO(_unpacked(sitemap)), ("url", "sitemap")):
            location = branch.element.findtext("{*}loc") if branch.element is not None else None
            if location and location.strip():
                yield branch.name, urljoin(sitemap.url, location.strip())
    except XmlBroken as exc:
        yield "", Broken(f"{sitemap.url}, line {exc.line}", f"{exc}; the pages after it are not read")
    except (zlib.error, ValueError) as exc:
        yield "", Broken(sitemap.url, f"the sitemap cannot be read: {exc}")


def _unpacked(sitemap: Answer) -> bytes:
    if not sitemap.content.startswith(_GZIP):
        return sitemap.content
    unpacker = zlib.decompressobj(_GZIP_FORM)
    content = unpacker.decompress(sitemap.content, _LARGEST)
    if unpacker.unconsumed_tail:
        raise ValueError(f"unpacked, it has more than {_LARGEST:,} bytes")
    return content
