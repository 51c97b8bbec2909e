"""An article as the cluster gets it: the terms of our analysis at their places, and the article as it is."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from indexer import schema
from indexer.analysis import Analyzer, Token, folded_words
from indexer.article import Article
from indexer.engines.opensearch.mapping import ARTICLE, EMPTY, ID, LEAD, OFFERED, OFFERED_WORDS, STACKED

LEAD_WORDS = 64
"""Places of the body of which `LEAD` has the stems; what comes later counts as late."""

LONGEST_ID = 512
"""Bytes that an id may have in the cluster; a longer one is known there by its checksum."""

_TIMES = round(schema.TITLE_WEIGHT)
"""How often a term of the title is sent, at the same place: what its frequency weighs, without making it longer."""

_UNFIT = re.compile(rf"[\s{re.escape(STACKED)}]|^{EMPTY}$")

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


def fit(term: str) -> str:
    """
    Return *term* without what has a meaning of its own between terms; both who writes and who asks must do so.

    >>> fit("kawin"), fit("a|b"), fit("_")
    ('kawin', 'a%7cb', '%5f')
    """
    return _UNFIT.sub(lambda found: f"%{ord(found.group()):02x}", term)


def document_of(article: Article, analyzer: Analyzer) -> dict[str, Any]:
    """Return *article* as the cluster gets it."""
    title, body = analyzer.analyze(article.title), analyzer.analyze(article.body)
    offered = folded_words(article.title)
    document: dict[str, Any] = {
        ID: article.id,
        schema.STEM: [_line(title, _stems, _TIMES), _line(body, _stems)],
        schema.EXACT: [_line(title, _exact, _TIMES), _line(body, _exact)],
        schema.TITLE: _line(title, _stems),
        LEAD: _line([token for token in body if token.position < LEAD_WORDS], _stems),
        OFFERED: " ".join(offered),
        OFFERED_WORDS: sorted(set(offered)),
        ARTICLE: {name: value for name, value in article.to_record().items() if value not in (None, "", [])},
    }
    for field, text in schema.written(article):
        if text:
            document[field] = _line(analyzer.analyze(text), _exact)
    document |= {field: value for field, value in schema.keys(article).items() if value}
    if article.tags:
        document[schema.TAG_KEYS] = list(schema.tag_keys(article))
    if article.published:
        document[schema.PUBLISHED] = int(article.published.timestamp())
    return document


def article_of(source: dict[str, Any]) -> Article:
    """Return the article of a document's *source*; it was checked when it came in, and is as it was."""
    fields = dict(source[ARTICLE])
    if "published" in fields:
        fields["published"] = datetime.fromisoformat(fields["published"])
    return Article(**{**fields, "tags": tuple(fields.get("tags", ()))})


def _line(tokens: Iterable[Token], texts: Callable[[Token], Sequence[str]], times: int = 1) -> str:
    places: list[list[str]] = []
    for token in tokens:
        while len(places) <= token.position:
            places.append([])
        places[token.position] += [fit(text) for text in texts(token) if text] * times
    return " ".join(STACKED.join(place) or EMPTY for place in places)


def _stems(token: Token) -> Sequence[str]:
    return token.stems


def _exact(token: Token) -> Sequence[str]:
    return (token.exact,)
