"""An article as the cluster gets it: the terms of our analysis at their places, and the article as it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any

import msgspec

from indexer import schema
from indexer.analysis import Analyzer, folded_words
from indexer.article import Article
from indexer.engines.moments import moment
from indexer.engines.opensearch.mapping import ARTICLE, EMPTY, ID, LEAD, OFFERED, OFFERED_WORDS, STACKED
from indexer.engines.opensearch.texts import Text, Texts
from indexer.engines.opensearch.traits import rows_of_texts, traits

LEAD_WORDS = 64
"""Places of the body of which `LEAD` has the stems; what comes later counts as late."""

LONGEST_ID = 512
"""Bytes that an id may have in the cluster; a longer one is known there by its checksum."""

_TIMES = round(schema.TITLE_WEIGHT)
"""How often a term of the title is sent, at the same place: what its frequency weighs, without making it longer."""

encode = msgspec.json.Encoder().encode
"""Returns a document as JSON."""


def key_of(article_id: str) -> str:
    """
    Return the name under which the cluster has the article of this id.

    >>> key_of("berita/1"), len(key_of("a" * 600))
    ('berita/1', 65)
    """
    written = article_id.encode()
    return article_id if len(written) <= LONGEST_ID else f"~{sha256(written).hexdigest()}"


class Documents:
    """Makes of articles what the cluster gets; for one thread, as it remembers what it reads."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read texts with *analyzer*."""
        self._texts = Texts(analyzer)

    def of(self, article: Article) -> dict[str, Any]:
        """Return *article* as the cluster gets it, but for the release that it is of."""
        (document,) = self.of_all([article])
        return document

    def of_all(self, articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
        """Yield *articles* so, in their order; several at once take less time each."""
        written = [dict(schema.written(article)) for article in articles]
        texts = [(one.title, one.body, *others.values()) for one, others in zip(articles, written, strict=True)]
        read = iter(self._texts.read([*chain.from_iterable(texts)]))
        found = [(next(read), next(read), dict(zip(others, read, strict=False))) for others in written]
        rows = rows_of_texts([body.words for _, body, _ in found])
        for article, (title, body, others), row in zip(articles, found, rows, strict=True):
            yield _document(article, title, body, others) | traits(article, row, title.tokens + body.tokens)


def _document(article: Article, title: Text, body: Text, others: Mapping[str, Text]) -> dict[str, Any]:
    """Return *article*, whose texts are read, but for what tells copies of it."""
    offered = folded_words(article.title)
    own, stems = title.stems(), body.stems()
    document: dict[str, Any] = {
        ID: article.id,
        schema.STEM: [_repeated(own), stems],
        schema.EXACT: [_repeated(title.exact()), body.exact()],
        schema.TITLE: own,
        LEAD: " ".join(stems.split(" ", LEAD_WORDS)[:LEAD_WORDS]),
        OFFERED: " ".join(offered),
        OFFERED_WORDS: sorted(set(offered)),
        ARTICLE: {name: value for name, value in article.to_record().items() if value not in (None, "", [])},
    }
    document |= {field: exact for field, text in others.items() if (exact := text.exact())}
    document |= {field: value for field, value in schema.keys(article).items() if value}
    if article.tags:
        document[schema.TAG_KEYS] = list(schema.tag_keys(article))
    if article.published:
        document[schema.PUBLISHED] = moment(article)
    return document


def _repeated(places: str) -> str:
    """Return *places* with the terms of each so often as one in a title counts."""
    return " ".join(place if place == EMPTY else STACKED.join([place] * _TIMES) for place in places.split())


def article_of(source: dict[str, Any]) -> Article:
    """Return the article of a document's *source*; it was checked when it came in, and is as it was."""
    fields = dict(source[ARTICLE])
    if "published" in fields:
        fields["published"] = datetime.fromisoformat(fields["published"])
    return Article(**{**fields, "tags": tuple(fields.get("tags", ()))})
