"""An article as the cluster gets it: the terms of our analysis at their places, and the article as it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from indexer import schema
from indexer.analysis import Analyzer, folded_words, surfaces
from indexer.article import Article
from indexer.engines.moments import moment
from indexer.engines.opensearch.mapping import ARTICLE, EMPTY, ID, LEAD, OFFERED, OFFERED_WORDS, STACKED
from indexer.engines.opensearch.traits import rows_of_texts, traits
from indexer.engines.releases.signatures import Array, stem_hash

LEAD_WORDS = 64
"""Places of the body of which `LEAD` has the stems; what comes later counts as late."""

LONGEST_ID = 512
"""Bytes that an id may have in the cluster; a longer one is known there by its checksum."""

_TIMES = round(schema.TITLE_WEIGHT)
"""How often a term of the title is sent, at the same place: what its frequency weighs, without making it longer."""

_CACHED = 1 << 15  # chunks of text whose terms are remembered
_ALL = (1 << 64) - 1

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


class Documents:
    """Makes of articles what the cluster gets; for one thread, as it remembers what it reads."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read texts with *analyzer*."""
        self._analyzer = analyzer
        self._read = lru_cache(_CACHED)(self._chunk)

    def of(self, article: Article) -> dict[str, Any]:
        """Return *article* as the cluster gets it, but for the release that it is of."""
        (document,) = self.of_all([article])
        return document

    def of_all(self, articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
        """Yield *articles* so, in their order; several at once take less time each."""
        bodies = [self._text(article.body) for article in articles]
        return map(self._document, articles, bodies, rows_of_texts([body.hashes for body in bodies]))

    def _document(self, article: Article, body: "_Text", row: Array) -> dict[str, Any]:
        title = self._text(article.title)
        offered = folded_words(article.title)
        stems, exact = body.line("stems"), body.line("exact")
        document: dict[str, Any] = {
            ID: article.id,
            schema.STEM: [title.line("stems", _TIMES), stems],
            schema.EXACT: [title.line("exact", _TIMES), exact],
            schema.TITLE: title.line("stems"),
            LEAD: " ".join(stems.split(" ", LEAD_WORDS)[:LEAD_WORDS]),
            OFFERED: " ".join(offered),
            OFFERED_WORDS: sorted(set(offered)),
            ARTICLE: {name: value for name, value in article.to_record().items() if value not in (None, "", [])},
            **traits(article, row, len(title) + len(body)),
        }
        for field, text in schema.written(article):
            if text:
                document[field] = self._text(text).line("exact")
        document |= {field: value for field, value in schema.keys(article).items() if value}
        if article.tags:
            document[schema.TAG_KEYS] = list(schema.tag_keys(article))
        if article.published:
            document[schema.PUBLISHED] = moment(article)
        return document

    def _text(self, text: str) -> "_Text":
        return _Text(list(map(self._read, surfaces(text))))

    def _chunk(self, chunk: str) -> "_Chunk":
        tokens = self._analyzer.read_once(chunk)
        stems: list[list[str]] = [[] for _ in range(max((token.position for token in tokens), default=-1) + 1)]
        exact: list[list[str]] = [[] for _ in stems]
        for token in tokens:
            stems[token.position] += token.stems
            exact[token.position] += [token.exact] if token.exact else []
        words = tuple(sum(map(stem_hash, own)) & _ALL for own in stems if own)
        return _Chunk(len(tokens), _line(stems), _line(exact), words)


class _Chunk(NamedTuple):
    """What one chunk of a text is sent as: so many *tokens*, their places in both forms, and a hash of each word."""

    tokens: int
    stems: str
    exact: str
    words: tuple[int, ...]


class _Text:
    """A text, chunk by chunk."""

    def __init__(self, chunks: Sequence[_Chunk]) -> None:
        self._chunks = chunks

    def __len__(self) -> int:
        return sum(chunk.tokens for chunk in self._chunks)

    def line(self, form: str, times: int = 1) -> str:
        """Return the places of the text, each so many *times* at once."""
        places = " ".join(filter(None, map(attrgetter(form), self._chunks)))
        if times == 1:
            return places
        return " ".join(place if place == EMPTY else STACKED.join([place] * times) for place in places.split())

    @property
    def hashes(self) -> list[int]:
        """A number for each word, the same for the same stems."""
        return list(chain.from_iterable(map(attrgetter("words"), self._chunks)))


def article_of(source: dict[str, Any]) -> Article:
    """Return the article of a document's *source*; it was checked when it came in, and is as it was."""
    fields = dict(source[ARTICLE])
    if "published" in fields:
        fields["published"] = datetime.fromisoformat(fields["published"])
    return Article(**{**fields, "tags": tuple(fields.get("tags", ()))})


def _line(places: Iterable[Sequence[str]]) -> str:
    """Return *places* as they are written."""
    return " ".join(STACKED.join(map(fit, place)) or EMPTY for place in places)
