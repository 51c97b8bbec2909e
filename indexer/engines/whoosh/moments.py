"""The moment of publication as the index has it: a number, and the term of that number."""

from indexer.article import Article

MISSING_DATE = -(1 << 62)
"""What `published` holds for an article without a date: before all others, and within no range."""

SIGN = 1 << 63
"""What Whoosh adds to a number so that its bytes sort as it does."""


def moment(article: Article) -> int:
    """Return when *article* was published, in seconds since 1970, UTC."""
    return int(article.published.timestamp()) if article.published else MISSING_DATE


def moment_term(seconds: int) -> bytes:
    """Return the term that Whoosh's field of numbers has for *seconds*."""
    return b"\0" + (seconds + SIGN).to_bytes(8, "big")
