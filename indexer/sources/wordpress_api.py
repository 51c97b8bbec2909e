"""The REST API of WordPress: all published posts of a site, a hundred at a time."""

import json
from collections.abc import Iterator
from typing import Any

from indexer.errors import FetchFailed, SourceUnavailable
from indexer.sources import wordpress
from indexer.sources.fetching import Answer, Fetcher
from indexer.sources.markup import text_of
from indexer.sources.moments import local_moment
from indexer.sources.records import Broken, Found

_ROUTES = ("/wp-json/wp/v2/posts?", "/?rest_route=/wp/v2/posts&")  # the other one answers without pretty links
_QUERY = "per_page=100&orderby=id&order=asc&_embed=author,wp:term"  # a new post comes last, and shifts no page

_MOST_FAILURES = 3
_MOST_DIGITS = 7


def read(address: str, fetcher: Fetcher) -> Iterator[Found | Broken]:
    """
    Yield the posts of the site at *address*; a page of a hundred that cannot be fetched is reported and passed over.

    Raises:
        SourceUnavailable: the site cannot be fetched, or has no such API.
    """
    site = address.rstrip("/")
    posts, first = _opened(site, fetcher)
    yield from _found(first, site)
    failures = 0
    for number in range(2, _page_count(first) + 1):
        page = f"{posts}&page={number}"
        try:
            yield from _found(fetcher.get(page), site)
            failures = 0
        except FetchFailed as exc:
            failures += 1
            yield Broken(page, str(exc))
        if failures == _MOST_FAILURES:
            yield Broken(page, "so many pages failed in a row that those after it are not asked for")
            return


def _page_count(answer: Answer) -> int:
    said = answer.headers.get("x-wp-totalpages", "")
    return int(said) if said.isdecimal() and len(said) < _MOST_DIGITS else 1


def _opened(site: str, fetcher: Fetcher) -> tuple[str, Answer]:
    """Return the address of the posts of *site*, and its first page."""
    failure = FetchFailed(site)
    for route in _ROUTES:
        posts = f"{site}{route}{_QUERY}"
        try:
            answer = fetcher.get(posts)
        except FetchFailed as exc:
            failure = exc
            continue
        if answer.content.lstrip().startswith(b"["):
            return posts, answer
        failure = FetchFailed(f"{posts} gives no list of posts")
    raise SourceUnavailable(f"{site} has no API of WordPress that can be read: {failure}") from failure


def _found(answer: Answer, site: str) -> Iterator[Found | Broken]:
    try:
        posts = json.loads(answer.content)
    except (ValueError, RecursionError) as exc:
        yield Broken(answer.url, f"the page is no JSON: {exc}")
        return
    for number, post in enumerate(posts if isinstance(posts, list) else [posts], 1):
        place = f"{answer.url}, post {number}"
        try:
            if post.get("status", "publish") == "publish" and not post["content"].get("protected"):
                yield _post(place, post, site)
        except (AttributeError, KeyError, TypeError) as exc:
            yield Broken(place, f"the post has not the form that WordPress gives it ({type(exc).__name__}: {exc})")


def _post(place: str, post: dict[str, Any], site: str) -> Found:
    terms = [term for taxonomy in _embedded(post, "wp:term") for term in taxonomy]
    local, universal = post.get("date") or "", post.get("date_gmt") or ""
    record = {
        "id": wordpress.article_id(site, str(post["id"])),
        "url": post["link"],
        "title": text_of(post["title"]["rendered"]),
        "body": text_of(post["content"]["rendered"]),
        "author": next((author.get("name") for author in _embedded(post, "author")), ""),
        "source": wordpress.host(site),
        "published": local_moment(local, universal) or local or universal,
        **wordpress.filed_under(_names(terms, "category"), _names(terms, "post_tag")),
    }
    return Found(place, record)


def _embedded(post: dict[str, Any], name: str) -> list[Any]:
    embedded: list[Any] = post.get("_embedded", {}).get(name, [])
    return embedded


def _names(terms: list[Any], taxonomy: str) -> list[str]:
    return [text_of(term["name"]) for term in terms if term.get("taxonomy") == taxonomy]
