"""When a page's article was published: as the page states it, and no other date that stands on it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from indexer.sources.moments import has_clock, moment
from indexer.sources.pages.statements import Node, Statements, text_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = (
    "article:published_time og:article:published_time datepublished og:published_time publishdate publish-date"
    " publish_date pubdate content_publisheddate dtk:publishdate published_time publication_date dc.date.issued"
    " dcterms.issued parsely-pub-date sailthru.date article.published cxenseparse:recs:publishtime datecreated"
    " dc.date dc.date.created dcterms.created dcterms.date date"
).split()
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|$)")
_ELSEWHERE = re.compile(
    r"related|sidebar|terkait|popul|trending|recommend|rekomendasi|latest|terbaru|widget|footer|copyright|comment"
    r"|komentar|baca-|list-|caption",
    re.IGNORECASE,
)
_OTHER_ELEMENTS = frozenset("aside nav footer figcaption figure blockquote select option script style noscript".split())
_PUBLISHED = re.compile(r"publi|entry-date|post-date|date-created|terbit", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|diperbarui|perubahan", re.IGNORECASE)
_LONGEST = 120  # characters of a line under a headline
_PARAGRAPH = 240  # characters of a text with which the article has begun
_MOST_ELEMENTS = 80
_AROUND = 2  # elements around a headline in which what stands before it belongs to it


def published(
    tree: "HtmlElement", statements: Statements, node: Node, headline: "HtmlElement | None", url: str
) -> datetime | str:
    """
    Return when the article under *headline* was published, as exactly as the page says.

    That is what its *node* of JSON-LD says, else a ``<meta>``, a ``<time>``, a line near the headline, the address. The
    first of these decides on the day; the time of day may come from a later one. Where none can be read, the first
    that was stated comes as it is written; an empty text if there was none.
    """
    stated = [text_in(node.get("datePublished")) or text_in(node.get("dateCreated"))]
    stated += [content for name in _META for content in statements.meta.get(name, ())]
    stated += _times(tree, headline)
    best: datetime | None = None
    for when in _readings(stated, headline, url):
        if best is None or (when.date() == best.date() and not has_clock(best)):
            best = when
        if has_clock(best):
            break
    return best or next(filter(None, stated), "")


def _readings(stated: Sequence[str], headline: "HtmlElement | None", url: str) -> Iterator[datetime]:
    for text in stated:
        if when := moment(text):
            yield when
    if headline is not None:
        yield from _written(headline)
    if found := _IN_ADDRESS.search(url):
        yield from filter(None, [moment("-".join(found.groups()))])


def _times(tree: "HtmlElement", headline: "HtmlElement | None") -> list[str]:
    """Return what the ``<time>`` elements say that are the article's: marked so, near the headline, or the only one."""
    times = [time for time in tree.iter("time") if time.get("datetime") and not _is_elsewhere(time, headline)]
    kept = [time for time in times if not _CHANGED.search(_marks(time))] or times
    marked = [time for time in kept if time.get("pubdate") is not None or _PUBLISHED.search(_marks(time))]
    near = [] if headline is None else [element for element in _near(headline) if element in kept]
    alone = kept if len({time.get("datetime") for time in kept}) == 1 else []
    if len({time.get("datetime") for time in marked}) > 1:
        marked = [time for time in marked if time in near]
    return [time.get("datetime", "") for time in [*marked[:1], *near[:1], *alone[:1]]]


def _written(headline: "HtmlElement") -> Iterator[datetime]:
    """Yield the moments that short lines near *headline* say, those with a time of day first."""
    days = []
    for element, is_before in _lines(headline):
        text = " ".join(" ".join(element.itertext()).split())  # the time of day often has an element of its own
        if len(text) > _LONGEST or _CHANGED.search(text):
            continue
        when = moment(text)
        if when and has_clock(when):
            yield when
        elif when and not is_before and moment(text, words=0):
            days.append(when)
    yield from days[:1]


def _lines(headline: "HtmlElement") -> Iterator[tuple["HtmlElement", bool]]:
    """Yield the elements near *headline*, those of which others are made after them, and whether they stand before."""
    for element in _near(headline):
        yield element, False
    for element in _before(headline):
        yield element, True


def _near(headline: "HtmlElement") -> list["HtmlElement"]:
    """Return the elements after *headline* up to where the text has begun."""
    near: list[HtmlElement] = []
    for element in headline.xpath("following::*"):
        if len(near) == _MOST_ELEMENTS:
            break
        if _is_elsewhere(element, headline):
            continue
        if len(element.text or "") + len(element.tail or "") > _PARAGRAPH:
            break
        near.append(element)
    return near


def _before(headline: "HtmlElement") -> list["HtmlElement"]:
    """Return the elements before *headline* within the few that are around it."""
    around, before = headline, []
    for _ in range(_AROUND):
        for sibling in around.itersiblings(preceding=True):
            before += [element for element in sibling.iter() if isinstance(element.tag, str)][:_MOST_ELEMENTS]
        around = around.getparent()
        if around is None or around.tag in {"body", "html"}:
            break
    return [element for element in before if not _is_elsewhere(element, headline)]


def _is_elsewhere(element: "HtmlElement", headline: "HtmlElement | None") -> bool:
    """Return whether *element* is in a part of the page that is about others, in which *headline* is not."""
    if not isinstance(element.tag, str):
        return True
    shared = set() if headline is None else set(headline.iterancestors())
    for around in (element, *element.iterancestors()):
        if around in shared:
            return False
        if around.tag in _OTHER_ELEMENTS:
            return True
        if around.tag not in {"body", "html"} and _ELSEWHERE.search(f"{around.get('class')} {around.get('id')}"):
            return True
    return False


def _marks(element: "HtmlElement") -> str:
    return " ".join(filter(None, map(element.get, ("itemprop", "class", "property", "title"))))
