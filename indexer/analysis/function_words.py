"""Function words: so frequent, or so much of a question, that they say nothing about what an article is about."""

from functools import cache

from indexer.analysis.data import rows


@cache
def function_words() -> frozenset[str]:
    """Return the function words and question words; *tidak*, *bukan*, *belum* and *tanpa* are none."""
    return frozenset(word for row in rows("function_words") for word in row[0].split())
