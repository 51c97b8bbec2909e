"""Compares what the cluster has of an article with what our analysis makes of its text."""

from collections.abc import Iterator
from typing import Any

from indexer.analysis import Analyzer
from indexer.engines.opensearch.documents import article_of, document_of


def contradictions_of(source: dict[str, Any], analyzer: Analyzer) -> Iterator[str]:
    """Yield in which fields the document *source* is not what its own article makes."""
    article = article_of(source)
    wanted = document_of(article, analyzer)
    fields = sorted(field for field in wanted.keys() | source.keys() if wanted.get(field) != source.get(field))
    if fields:
        yield f"the article {article.id!r} has other terms than its text in {', '.join(fields)}"
