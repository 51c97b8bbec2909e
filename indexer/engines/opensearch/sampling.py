"""Compares what the cluster has of an article with what our analysis makes of its text."""

from collections.abc import Iterator
from typing import Any

from indexer.engines.opensearch.documents import Documents, article_of
from indexer.engines.opensearch.mapping import GROUP, PLACE


def contradictions_of(source: dict[str, Any], made: Documents) -> Iterator[str]:
    """Yield in which fields the document *source* is not what is *made* of its own article."""
    article = article_of(source)
    wanted = made.of(article)
    fields = (wanted.keys() | source.keys()) - {GROUP, PLACE}  # which the other articles decide
    differing = sorted(field for field in fields if wanted.get(field) != source.get(field))
    if differing:
        yield f"the article {article.id!r} has other terms than its text in {', '.join(differing)}"
