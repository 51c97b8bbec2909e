"""What WordPress's exports, API and feeds have in common, so that a post is one article whichever tells of it."""

import re
from collections.abc import Sequence

from indexer.article import Record
from indexer.sources import links

_POST = re.compile(r"[?&]p=(\d+)$")


def host(address: str) -> str:
    """
    Return the host of a site's or page's *address*, without ``www.``: what an article names as its source.

    >>> host("https://www.kabar.example/2025/panen/"), host("http://[kabar.example/")
    ('kabar.example', '')
    """
    return (links.split(address).hostname or "").removeprefix("www.")


def article_id(site: str, post: str) -> str:
    """
    Return the id of the article that is the *post* of this number on the *site* of this address.

    The number alone would be another article's on the next site.

    >>> article_id("https://kabar.example/niaga/", "4711")
    'kabar.example-niaga-4711'
    """
    path = links.split(site).path.strip("/").replace("/", "-")
    return "-".join(part for part in (host(site), path, post) if part)


def article_id_of_guid(guid: str, url: str) -> str:
    """
    Return the id of the article at *url* if WordPress gave it this *guid*, else an empty text.

    A site that has moved keeps its old guids, so that only the path is taken from there.

    >>> article_id_of_guid("http://lama.example/?p=4711", "https://kabar.example/2025/panen/")
    'kabar.example-4711'
    >>> article_id_of_guid("tag:blog.example,1999:7", "https://blog.example/panen")
    ''
    """
    found = _POST.search(guid)
    return article_id(links.joined(url, links.split(guid).path), found[1]) if found else ""


def filed_under(categories: Sequence[str], tags: Sequence[str]) -> Record:
    """
    Return the fields ``category`` and ``tags`` of an article: the first category, then the other ones before the tags.

    >>> filed_under(["Daerah", "Niaga"], ["padi", "Niaga"])
    {'category': 'Daerah', 'tags': ['Niaga', 'padi']}
    """
    names = list(dict.fromkeys(name for name in (*categories[1:], *tags) if name))
    return {"category": categories[0] if categories else "", "tags": names}
