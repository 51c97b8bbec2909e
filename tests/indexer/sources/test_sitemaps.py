import gzip
from dataclasses import replace

import pytest

from indexer import sources
from indexer.errors import SourceUnavailable
from indexer.sources.fetching import Fetcher
from indexer.sources.records import Broken, Found
from tests.pages import page
from tests.serving import Reply, dies

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(*addresses: str) -> str:
    urls = "".join(f"<url>\n<loc> {address} </loc><lastmod>2025</lastmod></url>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE}>{urls}</urlset>'


def index_of(*addresses: str) -> str:
    maps = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {NAMESPACE}>{maps}</sitemapindex>"


def read(site, fetcher) -> list[Found | Broken]:
    return list(sources.read(f"sitemap+{site.address}/sitemap.xml", fetcher))


def places(site, items) -> list[str]:
    return [item.place.removeprefix(site.address) for item in items]


def test_every_page_of_a_sitemap_is_read_once(site, fetcher):
    site.says("/sitemap.xml", Reply(sitemap(f"{site.address}/a", "", "/b", f"{site.address}/a")))
    for path in ("/a", "/b"):
        site.says(path, Reply(page()))

    items = read(site, fetcher)
    assert places(site, items) == ["/a", "/b"]
    assert all(item.record["title"] == "Panen Padi Apung" for item in items)


def test_sitemaps_of_sitemaps_are_read_plain_and_compressed(site, fetcher):
    site.says("/sitemap.xml", Reply(index_of("/1.xml", "/2.xml.gz", "/sitemap.xml")))
    site.says("/1.xml", Reply(sitemap("/a")))
    site.says("/2.xml.gz", Reply(gzip.compress(sitemap("/b", "/a").encode())))
    for path in ("/a", "/b"):
        site.says(path, Reply(page()))

    assert places(site, read(site, fetcher)) == ["/a", "/b"]


def test_a_page_that_cannot_be_used_is_reported_and_the_rest_goes_on(site, fetcher):
    site.says("/sitemap.xml", Reply(sitemap("/gone", "/empty", "/dying", "/good")))
    site.says("/empty", Reply("<html></html>"))
    site.says("/dying", dies(b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nIsi"))
    site.says("/good", Reply(page()))

    *reports, good = read(site, fetcher)
    assert places(site, reports) == ["/gone", "/empty", "/dying"]
    assert [part in report.reason for report, part in zip(reports, ("404", "no text", "IncompleteRead"), strict=True)]
    assert isinstance(good, Found)


@pytest.mark.parametrize(
    ("path", "reply", "reason"),
    [
        ("/gone.xml", None, "answers 404"),
        ("/broken.xml", Reply("<urlset><url>"), "the XML is cut off"),
        ("/bomb.xml.gz", Reply(gzip.compress(b" " * 70_000_000)), "unpacked, it has more than"),
        ("/damaged.xml.gz", Reply(gzip.compress(b"x" * 99)[:10] + b"\xff" * 9), "the sitemap cannot be read"),
    ],
)
def test_a_sitemap_within_that_cannot_be_used_is_reported(site, fetcher, path, reply, reason):
    site.says("/sitemap.xml", Reply(index_of(path, "/good.xml")))
    site.says("/good.xml", Reply(sitemap("/a")))
    site.says("/a", Reply(page()))
    if reply:
        site.says(path, reply)

    report, good = read(site, fetcher)
    assert report.place.startswith(site.address + path)
    assert reason in report.reason
    assert isinstance(good, Found)


def test_sitemaps_nested_without_end_are_cut_short(site, fetcher):
    site.says("/sitemap.xml", Reply(index_of("/1.xml")))
    for depth in range(1, 9):
        site.says(f"/{depth}.xml", Reply(index_of(f"/{depth + 1}.xml")))

    (report,) = read(site, fetcher)
    assert (places(site, [report]), report.reason) == (["/3.xml"], "the sitemap is nested more than 3 deep")


def test_what_is_no_sitemap_stops_the_run(site, fetcher):
    site.says("/sitemap.xml", Reply("<html><body>bukan</body></html>"))

    with pytest.raises(SourceUnavailable, match="is no sitemap, or lists no page"):
        read(site, fetcher)


def test_a_page_within_this_network_is_not_fetched_for_a_sitemap(site, fetch, monkeypatch):
    monkeypatch.setattr("indexer.sources.fetching.addresses.is_public", lambda address: address != "127.0.0.2")
    site.says("/sitemap.xml", Reply(sitemap(f"http://127.0.0.2:{site.port}/rahasia")))

    (report,) = read(site, Fetcher(replace(fetch, allow_private=False)))
    assert "is 127.0.0.2, an address that is not public" in report.reason
    assert site.paths == ["/sitemap.xml"]


def test_a_sitemap_in_plain_text_is_read(site, fetcher):
    site.says("/sitemap.xml", Reply(f"\ufeff{site.address}/a\r\n\r\n{site.address}/b\nbukan\n"))
    for path in ("/a", "/b"):
        site.says(path, Reply(page()))

    *found, report = read(site, fetcher)
    assert places(site, found) == ["/a", "/b"]
    assert report.reason == "'bukan' is no address of a page"


def test_parts_of_a_page_are_that_page(site, fetcher):
    site.says("/sitemap.xml", Reply(sitemap("/a#komentar", "/a", "/a#atas")))
    site.says("/a", Reply(page()))

    assert places(site, read(site, fetcher)) == ["/a"]


@pytest.mark.parametrize("link", ["http://[kabar.example/jalan", "//[x]/y", "http://kabar.example]/x", "mailto:a@b"])
def test_an_address_that_is_none_costs_no_other(site, fetcher, link):
    site.says("/sitemap.xml", Reply(sitemap(link, "/a")))
    site.says("/a", Reply(page()))

    report, found = read(site, fetcher)
    assert report.reason == f"{link!r} is no address of a page"
    assert isinstance(found, Found)
