"""
WordPress exports (WXR): the published posts, read as a stream, whatever the size of the file.

Pages, attachments, drafts, posts in the trash and posts behind a password are passed over: they are no articles, or not
for everyone.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from indexer.article import Record
from indexer.errors import XmlBroken
from indexer.sources import wordpress
from indexer.sources.markup import text_of, text_of_post
from indexer.sources.moments import local_moment, moment
from indexer.sources.records import Broken, Found
from indexer.sources.safe_xml import LARGEST, branches

_NAMESPACE = b"wordpress.org/export/"
_START = 1 << 14
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def is_export(path: Path) -> bool:
    """Return whether the file at *path* says in its head that it is a WordPress export; `read` says if it cannot be."""
    try:
        with path.open("rb") as file:
            return _NAMESPACE in file.read(_START)
    except OSError:
        return True


def read(path: Path) -> Iterator[Found | Broken]:
    """Yield the published posts of the export at *path*; where its XML breaks off, those before."""
    if not is_export(path):
        yield Broken(str(path), "the file is no WordPress export: write one with Tools, Export")
        return
    try:
        yield from _posts(path)
    except XmlBroken as exc:
        yield Broken(f"{path}:{exc.line}", f"{exc}; the posts after it are not read")


def _posts(path: Path) -> Iterator[Found | Broken]:
    site, authors, is_empty = "", {}, True
    with path.open("rb") as file:
        for branch in branches(file, ("item", "author", "link", "base_blog_url")):
            place, element = f"{path}:{branch.line}", branch.element
            if element is None:
                is_empty = False
                yield Broken(place, f"the post has more than {LARGEST:,} characters")
            elif branch.name == "author":
                authors[_wp(element, "author_login")] = _wp(element, "author_display_name")
            elif branch.name == "item":
                if _is_published(element):
                    is_empty = False
                    yield _found(place, element, site, authors)
            else:
                site = (element.text or "").strip() or site
    if is_empty:
        yield Broken(str(path), "the export holds no published post")


def _is_published(item: Element) -> bool:
    is_public = _wp(item, "status") == "publish" and not _wp(item, "post_password")
    return is_public and _wp(item, "post_type") == "post"


def _found(place: str, item: Element, site: str, authors: Mapping[str, str]) -> Found:
    published = local_moment(_wp(item, "post_date"), _wp(item, "post_date_gmt")) or moment(_text(item, "pubDate"))
    login = _text(item, _CREATOR)
    record: Record = {
        "id": wordpress.article_id(site, _wp(item, "post_id")),
        "url": _text(item, "link"),
        "title": text_of(_text(item, "title")),
        "body": text_of_post(_text(item, _CONTENT)),
        "author": authors.get(login) or login,
        "source": wordpress.host(site),
        "published": published,
        **wordpress.filed_under(_terms(item, "category"), _terms(item, "post_tag")),
    }
    return Found(place, record, "" if published else f"'published' is {_wp(item, 'post_date')!r}, which is no date")


def _terms(item: Element, domain: str) -> list[str]:
    return [text_of(term.text or "") for term in item.findall("category") if term.get("domain") == domain]


def _wp(element: Element, name: str) -> str:
    """Return the text of WordPress's own element *name*, whose namespace has the number of a version."""
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
