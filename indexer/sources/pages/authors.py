"""Who wrote a page's article: people alone, not the portal, a firm or a role."""

from collections.abc import Iterator, Sequence

from indexer.sources.pages.statements import Node, Statements
from indexer.sources.people import person_in

_META = "author article:author content_author dtk:author parsely-author dc.creator sailthru.author byl".split()
_NO_PEOPLE = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "WebSite"})


def author(node: Node, statements: Statements, shown: str, portal: Sequence[str]) -> str:
    """Return who is named as the author: in the *node* of JSON-LD, in a ``<meta>``, or *shown* on the page."""
    stated = [*_named(node.get("author")), *(content for name in _META for content in statements.meta.get(name, ()))]
    texts = [text for text in (*stated, shown) if "://" not in text]
    return next(filter(None, (person_in(text, portal) for text in texts)), "")


def _named(value: object) -> Iterator[str]:
    """Yield the names of the people that *value* is, all of a list as one text."""
    names = [_name(each) for each in (value if isinstance(value, list) else [value])]
    yield "; ".join(filter(None, names))


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = None if value.get("@type") in _NO_PEOPLE else value.get("name")
    return value if isinstance(value, str) else ""
