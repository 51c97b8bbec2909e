"""Addresses of the pages, and which addresses of articles may be linked to."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

Given = Mapping[str, str | list[str]]
"""The parameters of a page's address by name."""


def results(given: Given, **changed: str | int | list[str] | None) -> str:
    """
    Return the address of the results for the parameters *given* with some *changed*, those of None left out.

    >>> results({"q": "padi", "page": "2"}, page=None, sort="newest")
    '/cari?q=padi&sort=newest'
    """
    return f"/cari{parameters(given, **changed)}"


def parameters(given: Given, **changed: str | int | list[str] | None) -> str:
    """Return the parameters *given* with some *changed*, those of None left out, as they end an address."""
    merged = {name: value for name, value in {**given, **changed}.items() if value not in (None, [])}
    return f"?{urlencode(merged, doseq=True)}" if merged else ""


def article(article_id: str, query: str = "") -> str:
    """
    Return the address of the stored article of this id, with the words of *query* marked.

    >>> article("a/b", "padi apung")
    '/artikel/a%2Fb?q=padi+apung'
    """
    return f"/artikel/{quote(article_id, safe='')}{parameters({'q': query} if query else {})}"


def is_web_address(url: str) -> bool:
    """
    Say whether *url* may be linked to: an article's own address could be a script.

    >>> [is_web_address(url) for url in ("https://a.example/1", "javascript:alert(1)", "http://[", "//a.example")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
