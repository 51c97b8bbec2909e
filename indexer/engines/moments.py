"""The moment of publication as an index has it: a number."""

from indexer.article import Article

MISSING_DATE = -(1 << 62)
"""What `published` holds for an article without a date: before all others, and within no range."""


def moment(article: Article) -> int:
    """Return when *article* was published, in seconds since 1970, UTC."""
    return int(article.published.timestamp()) if article.published else MISSING_DATE
