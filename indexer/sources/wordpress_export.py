"""
WordPress exports (WXR): the published posts, read as a stream, whatever the size of the file.

Pages, attachments, drafts, posts in the trash and posts behind a password are passed over: they are no articles, or not
for everyone. A post has the number that WordPress gave it; where an export leaves that out, it is known by the number
in its guid or link, else by its link, else by its title and text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from indexer.article import Record, made_id
from indexer.errors import XmlBroken
from indexer.sources import wordpress
from indexer.sources.markup import text_of, text_of_post
from indexer.sources.moments import local_moment, moment
from indexer.sources.records import Broken, Found
from indexer.sources.safe_xml import Branch, branches
from indexer.sources.xml_trees import content_of

_NAMESPACE = b"wordpress.org/export/"
_START = 1 << 14
_BODY = ("{http://purl.org/rss/1.0/modules/content/}encoded", "{*}encoded", "description")
"""Where the text is, the best place first; of a post that shows but a picture, the excerpt says what it is."""

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
    site, is_empty = _Site(), True
    with path.open("rb") as file:
        for branch in branches(file, ("item",), ("author", "link", "base_blog_url")):
            place, element = f"{path}:{branch.line}", branch.element
            if branch.name != "item":
                site.take(branch)
            elif element is None:
                is_empty = False
                yield Broken(place, f"the post cannot be read: {branch.reason}")
            elif _is_published(element):
                is_empty = False
                yield Found(place, _record(element, site))
    if is_empty:
        yield Broken(str(path), "the export holds no published post")


@dataclass(slots=True)
class _Site:
    """What an export says of its site: its *address*, the *authors* by their logins, and the *links* of its posts."""

    address: str = ""
    is_stated: bool = False
    authors: dict[str, str] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)

    def take(self, branch: Branch) -> None:
        """Take in what *branch* says."""
        if branch.element is None:
            return
        if branch.name == "author":
            self.authors[_wp(branch.element, "author_login")] = _wp(branch.element, "author_display_name")
        elif (branch.name == "base_blog_url" and not self.is_stated) or not self.address:
            self.address = content_of(branch.element)
            self.is_stated = branch.name == "base_blog_url"

    def id_of(self, number: str, guid: str, record: Record) -> str:
        """Return the id of the post of this *number*; empty if that of its url will do, which no other post has."""
        if number:
            return wordpress.article_id(self.address, number)
        url = str(record["url"])
        known = wordpress.article_id_of_guid(guid, self.address) or wordpress.article_id_of_guid(url, self.address)
        is_known = url in self.links
        self.links.add(url)
        return known or (made_id(f"{record['title']}\n{record['body']}") if is_known else "")


def _is_published(item: Element) -> bool:
    is_public = (_wp(item, "status") or "publish") == "publish" and not _wp(item, "post_password")
    return is_public and (_wp(item, "post_type") or "post") == "post"


def _record(item: Element, site: _Site) -> Record:
    login = _text(item, _CREATOR)
    record: Record = {
        "url": _text(item, "link"),
        "title": text_of(_text(item, "title")),
        "body": next(filter(None, map(text_of_post, _texts(item, _BODY))), ""),
        "author": site.authors.get(login) or login,
        "source": wordpress.host(site.address),
        "published": _published(item),
        **wordpress.filed_under(_terms(item, "category"), _terms(item, "post_tag")),
    }
    return {"id": site.id_of(_wp(item, "post_id"), _text(item, "guid"), record), **record}


def _published(item: Element) -> datetime | str:
    """Return the moment of publication, or what is written for it where that cannot be read."""
    said = [_wp(item, "post_date"), _wp(item, "post_date_gmt"), _text(item, "pubDate")]
    others = (when for when in map(moment, (said[0], said[2])) if when)
    return local_moment(said[0], said[1]) or next(others, next(filter(None, said), ""))


def _terms(item: Element, domain: str) -> list[str]:
    return [text_of(content_of(term)) for term in item.findall("category") if term.get("domain") == domain]


def _wp(element: Element, name: str) -> str:
    """Return the text of WordPress's own element *name*, whose namespace has the number of a version."""
    return _text(element, f"{{*}}{name}")


def _text(element: Element, name: str) -> str:
    return next(_texts(element, (name,)), "")


def _texts(element: Element, names: tuple[str, ...]) -> Iterator[str]:
    return (content_of(found) for name in names for found in element.findall(name))
